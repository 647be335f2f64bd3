import { join } from 'node:path';
import type { AudioExtractor, MediaSource, SourceFailure } from '../extractions/media-source.ts';
import { done, refuse } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { soundDecider, type SoundCommand } from '../sounds/decider.ts';
import { soundStream, type SoundFile } from '../sounds/events.ts';
import type { Normaliser, SoundIntake, Thumbnails } from '../sounds/index.ts';
import { createSoundQueries } from '../sounds/index.ts';
import type { Random } from './random.ts';
import type { Owner, Timeline } from './timeline.ts';

export const soundFile = (filename: string, hash: string, type: SoundFile['type']): SoundFile => ({
  type,
  filename,
  hash,
  size: 1000,
  duration_ms: 1000,
  format: 'wav',
  codec: 'pcm_s16le',
  channels: 2,
  sample_rate: 48_000,
  demuxer: 'wav',
});

const failure: SourceFailure = {
  ok: false,
  code: 'not_found',
  message: 'It is not there.',
  advice: 'Try another.',
  last_words: 'ERROR: no luck',
};

/** Media behind links, the tools that convert it, and the library it ends in: slow, and not always there. */
export const createMedia = (
  timeline: Timeline,
  random: Random,
  trouble: { share: number },
  owner: Owner,
) => {
  /** @throws the signal's reason */
  const takes = (fromMs: number, toMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const task = timeline.after(random.between(fromMs, toMs), () => resolve(), owner);
      const stop = () => {
        task.cancelled = true;
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });

  const source = {
    async resolve(url: string, { signal }: { signal: AbortSignal }) {
      await takes(20, 400, signal);
      if (random.chance(trouble.share)) return failure;
      const id = new URL(url).pathname.slice(1);
      return {
        ok: true,
        service: 'simulated',
        service_id: id,
        webpage_url: url,
        title: `Title of ${id}`,
        uploader: null,
        duration_ms: 60_000,
        chapters: [],
        sponsored: [],
        playlist: null,
      };
    },
    async download(
      media: { service_id: string },
      { folder, signal }: { folder: string; signal: AbortSignal },
    ) {
      await takes(50, 1500, signal);
      if (random.chance(trouble.share)) return failure;
      return { ok: true, path: join(folder, media.service_id), size: 1000, thumbnail_path: null };
    },
    isThere: () => Promise.resolve(true),
    status: () => Promise.resolve({ yt_dlp: { state: 'ok', detail: '' } }),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  } as unknown as MediaSource;

  /** Path → of what. */
  const made = new Map<string, string>();
  const audio: AudioExtractor = {
    async extractAudio(path, outPath, _wanted, signal) {
      await takes(20, 300, signal);
      if (random.chance(trouble.share)) return failure;
      made.set(outPath, path.split('/').at(-1) ?? '');
      return { ok: true, duration_ms: 1000, size: 1000 };
    },
  };

  const normaliser = {
    async one(_request: unknown, _of: unknown, signal: AbortSignal) {
      await takes(20, 500, signal);
      return random.chance(trouble.share) ? 'It cannot be levelled.' : null;
    },
  } as unknown as Normaliser;

  const thumbnails = {
    pathOf: (hash: string) => `/simulated/${hash}.jpg`,
    has: () => false,
  } as unknown as Thumbnails;

  const intakeOf = (kernel: Kernel): SoundIntake => {
    const queries = createSoundQueries(kernel.storage, '/simulated');
    return {
      files: { needRoom: () => takes(0, 2) },
      async admit(path: string, signal?: AbortSignal) {
        await takes(1, 40, signal);
        const hash = `ext-${made.get(path) ?? ''}`.padEnd(64, '0');
        return { path, size: 1000, hash, [Symbol.dispose]: () => undefined };
      },
      keepPicture: () => undefined,
      async depositFile(
        ...[request, { name, filename, file }, also]: Parameters<SoundIntake['depositFile']>
      ): ReturnType<SoundIntake['depositFile']> {
        const outcome = await kernel.bus.execute<
          { status: 'added' | 'existing'; sound_id: string },
          'withdrawn'
        >(request, (tx) => {
          const owner = queries.ofHash(file.hash);
          const sound_id = owner?.id ?? tx.newId();
          const there = owner !== undefined && !owner.removed;
          if (!there) {
            const placed = `${filename}-${sound_id}`;
            const command: SoundCommand = owner
              ? { type: 'RestoreSound', place: { type: 'EXT', filename: placed }, lies_there: true }
              : {
                  type: 'AddSound',
                  sound_id,
                  name,
                  tags: [],
                  known: false,
                  file: soundFile(placed, file.hash, 'EXT'),
                };
            const decision = tx.decide(soundDecider, soundStream(sound_id), command);
            if (!decision.accepted) return refuse('withdrawn');
          }
          const kept = { sound_id, was_there: there, added: owner === undefined };
          if (also(tx, kept) === 'withdrawn') return refuse('withdrawn');
          return done({ status: there ? 'existing' : 'added', sound_id });
        });
        if (!outcome.ok) {
          const problem = { status: 409, code: 'withdrawn', title: '', detail: '' } as const;
          return { status: 'refused', problem };
        }
        return { ...outcome.result, position: outcome.position };
      },
    } as unknown as SoundIntake;
  };

  return { source, audio, normaliser, thumbnails, intakeOf };
};
