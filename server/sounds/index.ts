import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthPart, Module, ModuleParts } from '../kernel/module.ts';
import type { Recorded } from '../kernel/event.ts';
import { createCaretaker } from './caretaker.ts';
import type { DerivedFiles } from './derived-files.ts';
import { createLibrary } from './library.ts';
import { createMediaFacts } from './media-facts.ts';
import type { MediaTools } from './media.ts';
import { createPictures } from './pictures.ts';
import { previewRoutes } from './preview-routes.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundRoutes } from './routes.ts';
import { soundsSideTables } from './side-tables.ts';
import type { SoundIntake } from './sound-intake.ts';
import { uploadRoutes } from './upload-routes.ts';

export { createDerivedFiles, type DerivedFiles } from './derived-files.ts';
export { limitMedia } from './media-limit.ts';
export type { MediaTools } from './media.ts';
export { createSoundQueries, type PlayableSound, type SoundQueries } from './queries.ts';
export { soundUnknown } from './problems.ts';
export { openSoundIntake, type SoundIntake } from './sound-intake.ts';

export type SoundsPorts = {
  readonly media: MediaTools;
  readonly derived: DerivedFiles;
  readonly soundsDir: string;
  /** Whatever is in it can be made again. */
  readonly cacheDir: string;
  readonly intake: SoundIntake;
  /** Files probed at the same time: one per core. */
  readonly mediaJobsMax: number;
};

const catalogueEvents = new Set([
  'SoundAdded',
  'SoundFileReplaced',
  'SoundFileMoved',
  'SoundMissing',
  'SoundFound',
  'PlayStarted',
]);

/** A play changes a count, not a waveform. */
const waveformEvents = new Set([...catalogueEvents].filter((type) => type !== 'PlayStarted'));

const changed = (event: Recorded) => ({
  type: 'sound_changed',
  data: { sound_id: event.data['sound_id'] },
});

/** The library: what is in the folders, as sounds that can be found and played. */
export const sounds: Module<SoundsPorts> = {
  name: 'sounds',
  projections: [soundsProjection],
  sideTables: soundsSideTables,
  setup(kernel, ports): ModuleParts {
    const queries = createSoundQueries(kernel.storage, ports.soundsDir);
    const stopping = new AbortController();
    const { media, derived, soundsDir } = ports;
    const facts = createMediaFacts(kernel.storage);
    const shared = {
      facts,
      scanPorts: { media, derived },
      originals: join(soundsDir, 'originals'),
      jobsMax: ports.mediaJobsMax,
      signal: stopping.signal,
    };
    const caretaker = createCaretaker(kernel, { ...shared, derived });
    const { uploads, files } = ports.intake;
    const pictures = createPictures(ports.cacheDir, media, stopping.signal);
    /** Asked file by file: meanwhile an upload may have become a sound. */
    const inUse = { has: (hash: string) => uploads.holds(hash) || queries.hashKnown(hash) };
    const library = createLibrary(kernel, {
      ...shared,
      queries,
      derived: {
        prune: async (_known, now_ms) =>
          (await derived.prune(inUse, now_ms)) + (await pictures.prune(inUse, now_ms)),
      },
    });
    const { position } = kernel.log.head();
    const versions = { catalogue: position, waveforms: position };
    kernel.bus.onCommitted((events) => {
      const last = (types: ReadonlySet<string>) =>
        events.findLast(({ type }) => types.has(type))?.globalPosition;
      versions.catalogue = last(catalogueEvents) ?? versions.catalogue;
      versions.waveforms = last(waveformEvents) ?? versions.waveforms;
    });
    kernel.bus.onCommitted((events) => {
      for (const { type, data } of events) {
        if (type === 'ScanFinished') void caretaker.tendAll();
        else if (type === 'PlayStarted' || type === 'SoundFound') {
          void caretaker.tendOne(String(data['sound_id']));
        }
      }
    });

    let firstScan: HealthPart = { state: 'starting', detail: 'the first scan is running' };
    let scanning: Promise<void> = Promise.resolve();
    const scanFirst = async () => {
      try {
        await library.scan({ actor: 'system', origin: 'system' }, stopping.signal);
        firstScan = { state: 'ok', detail: `${queries.total()} sounds` };
      } catch (error) {
        if (stopping.signal.aborted) return;
        kernel.logger.error({ err: error }, 'the sounds could not be scanned');
        const detail = error instanceof Error ? error.message : String(error);
        firstScan = { state: 'degraded', detail: `the sounds could not be scanned: ${detail}` };
      }
    };

    return {
      routes: [
        ...soundRoutes({ queries, library, versions }),
        ...uploadRoutes({ queries, intake: files, uploads }),
        ...previewRoutes({ kernel, queries, facts, caretaker, pictures, soundsDir }),
      ],
      feed: {
        SoundAdded: changed,
        SoundFileReplaced: changed,
        SoundFileMoved: changed,
        SoundMissing: changed,
        SoundFound: changed,
      },
      health: () => ({ library: firstScan }),
      start() {
        void files.clean(kernel.clock.now()).catch((error: unknown) => {
          kernel.logger.warn({ err: error }, 'left-over uploads could not be removed');
        });
        scanning = scanFirst();
      },
      async stop() {
        stopping.abort(new Error('Encore is stopping'));
        const ended = Promise.all([scanning, ports.intake.stop(), caretaker.settled()]);
        await Promise.race([ended, sleep(2000, undefined, { ref: false })]);
      },
    };
  },
};
