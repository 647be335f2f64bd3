import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { cachedDurationMsMax, type DerivedFiles } from './derived-files.ts';
import { describe } from './describe-file.ts';
import type { ScanPorts } from './describe-file.ts';
import { hashFile } from './file-hash.ts';
import { mapInOrder } from './job-limit.ts';
import { typeFolders, type LibraryFile } from './library-walk.ts';
import type { MediaFacts, PresentSound } from './media-facts.ts';
import type { SoundQueries } from './queries.ts';
import type { TrimmedCopies } from './trimmed-copies.ts';

type Sound = Omit<PresentSound, 'id' | 'facts_known'>;
export type Mended = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const looksMax = 16;
/** A full disk may have room by then, a tool work again. */
const retryAfterMs = 60 * 60_000;
/** Of the latest files that cannot be read; of an older one it is found out anew. */
const failuresKeptMax = 500;

/** What nothing could be made of: not to be tried after each scan, but again after a while. */
const createHopeless = (now_ms: () => number) => {
  const until = new Map<string, number>();
  return {
    add: (what: string): void => void until.set(what, now_ms() + retryAfterMs),
    has: (what: string): boolean => (until.get(what) ?? -Infinity) > now_ms(),
    forgetPast(): void {
      for (const [what, end] of until) if (end <= now_ms()) until.delete(what);
    },
  };
};

/** Makes again what was derived from the originals and is gone, such as a deleted cache. */
export const createCaretaker = (
  kernel: Kernel,
  ports: {
    facts: MediaFacts;
    scanPorts: ScanPorts;
    queries: Pick<SoundQueries, 'playable'>;
    copies: Pick<TrimmedCopies, 'ensure'>;
    derived: Pick<DerivedFiles, 'wavPath' | 'ensureWav'>;
    originals: string;
    jobsMax: number;
    signal: AbortSignal;
  },
) => {
  const { facts, queries, copies, scanPorts, derived, originals, jobsMax, signal } = ports;
  const hopeless = createHopeless(kernel.clock.monotonic);
  const underWay = new Map<string, Promise<Mended>>();
  /** By content: why the file as it is cannot be read, so that it is not asked again. */
  const failures = new Map<string, { size: number; mtime_ms: number; reason: string }>();

  const lacksWav = async ({
    hash,
    duration_ms,
  }: Pick<Sound, 'hash' | 'duration_ms'>): Promise<boolean> => {
    if (duration_ms > cachedDurationMsMax) return false;
    return (await lstat(derived.wavPath(hash)).catch(() => undefined)) === undefined;
  };

  const fileOf = async ({ type, filename }: Sound): Promise<LibraryFile | undefined> => {
    const path = join(originals, typeFolders[type], filename);
    const stat = await lstat(path).catch(() => undefined);
    if (!stat?.isFile()) return undefined;
    return { type, filename, path, size: stat.size, mtime_ms: Math.floor(stat.mtimeMs) };
  };

  const mendOnce = async (sound: Sound): Promise<Mended> => {
    const file = await fileOf(sound);
    if (!file) return { ok: false, reason: 'the file is not there' };
    // A file that has changed since the last scan must not be kept as the content it was.
    const { size, mtime_ms } = file;
    const known = failures.get(sound.hash);
    if (known?.size === size && known.mtime_ms === mtime_ms) {
      return { ok: false, reason: known.reason };
    }
    const failing = (reason: string): Mended => {
      failures.delete(sound.hash);
      failures.set(sound.hash, { size, mtime_ms, reason });
      const [oldest] = failures.keys();
      if (oldest !== undefined && failures.size > failuresKeptMax) failures.delete(oldest);
      return { ok: false, reason };
    };
    const hashed = await hashFile(file, signal);
    if ('reason' in hashed) return { ok: false, reason: hashed.reason };
    if (hashed.hash !== sound.hash) return failing('the file has changed');
    const described = await describe({ ...file, hash: sound.hash }, scanPorts, signal);
    if ('kind' in described) {
      const { reason, refused } = described;
      return refused ? failing(reason) : { ok: false, reason };
    }
    failures.delete(sound.hash);
    await kernel.bus.execute({ actor: 'system', origin: 'system' }, () => {
      facts.keep(described);
      return done(null);
    });
    return { ok: true };
  };

  const mend = (sound: Sound): Promise<Mended> => {
    const { hash } = sound;
    const mending = underWay.get(hash) ?? mendOnce(sound).finally(() => underWay.delete(hash));
    underWay.set(hash, mending);
    return mending;
  };

  const tend = async (sounds: readonly PresentSound[]) => {
    hopeless.forgetPast();
    const hopeful = sounds.filter(({ hash }) => !hopeless.has(hash));
    const looks = mapInOrder(hopeful, looksMax, async (sound) => ({
      sound,
      lacking: sound.facts_known === 0 || (await lacksWav(sound)),
    }));
    const lacking: PresentSound[] = [];
    for await (const look of looks) if (look.lacking) lacking.push(look.sound);
    const mended = mapInOrder(lacking, jobsMax, async (sound) => ({
      sound,
      result: await mend(sound),
      lacking: await lacksWav(sound),
    }));
    for await (const { sound, result, lacking } of mended) {
      signal.throwIfAborted();
      if (!result.ok || lacking) hopeless.add(sound.hash);
      if (!result.ok) {
        kernel.logger.warn({ file: sound.filename }, `not derived again: ${result.reason}`);
      }
    }
    // From the original's copy where that is what is cut.
    for await (const _ of mapInOrder(sounds, jobsMax, tendCopies)) signal.throwIfAborted();
  };

  /** What the board plays instead of the original: the normalised file decoded, and the cut part. */
  const tendCopies = async ({ id, duration_ms }: PresentSound): Promise<void> => {
    const sound = queries.playable(id);
    if (!sound) return;
    const { normalized, channels } = sound;
    if (normalized && !hopeless.has(normalized.hash)) {
      const isThere = await lstat(normalized.path).catch(() => undefined);
      const lacking = isThere && (await lacksWav({ hash: normalized.hash, duration_ms }));
      const made = lacking ? await derived.ensureWav({ ...normalized, channels }, signal) : null;
      if (made?.ok === false) complain(sound.name, normalized.hash, made.reason);
    }
    const cut = sound.trim && `${sound.hash} ${sound.trim.start_ms} ${sound.trim.end_ms}`;
    if (!cut || hopeless.has(cut)) return;
    const failure = await copies.ensure(sound, signal);
    if (failure) complain(sound.name, cut, failure.reason);
  };
  const complain = (name: string, what: string, reason: string) => {
    hopeless.add(what);
    kernel.logger.warn({ sound: name }, `not derived again: ${reason}`);
  };

  let tending = Promise.resolve();
  /** One after the other; what goes wrong is for the log. */
  const queue = (sounds: () => readonly PresentSound[]): Promise<void> => {
    tending = tending.then(async () => {
      if (signal.aborted) return;
      await tend(sounds()).catch((error: unknown) => {
        if (!signal.aborted) kernel.logger.error({ err: error }, 'derived files were not made');
      });
    });
    return tending;
  };

  return {
    /** What this one sound lacks, now, because somebody asked for it. */
    mend,
    /** Looks after all sounds that are there. */
    tendAll: () => queue(facts.present),
    /** A sound was played or found: what it lacks is made for the next time. */
    tendOne: (soundId: string) => queue(() => facts.presentOne(soundId)),
    settled: () => tending,
  };
};
export type Caretaker = ReturnType<typeof createCaretaker>;
