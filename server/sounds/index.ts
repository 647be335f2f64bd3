import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthPart, Module, ModuleParts } from '../kernel/module.ts';
import type { Recorded } from '../kernel/event.ts';
import type { DerivedFiles } from './derived-files.ts';
import { createLibrary } from './library.ts';
import type { LoudnessTools } from './loudness.ts';
import type { MediaTools } from './media.ts';
import { normalisationProjection } from './normalisation-projection.ts';
import { createNormalisationQueries } from './normalisation-queries.ts';
import type { NormaliseSettings } from './normalise-plan.ts';
import { normaliseRoutes } from './normalise-routes.ts';
import { createNormalisedFiles } from './normalised-files.ts';
import { createNormaliser } from './normaliser.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundRoutes } from './routes.ts';
import { soundsSideTables } from './side-tables.ts';

export { createDerivedFiles, type DerivedFiles } from './derived-files.ts';
export type { MediaTools } from './media.ts';
export type { LoudnessTools } from './loudness.ts';
export { createSoundQueries, type PlayableSound, type SoundQueries } from './queries.ts';
export { soundUnknown } from './problems.ts';

export type SoundsPorts = {
  readonly media: MediaTools & LoudnessTools;
  readonly derived: DerivedFiles;
  readonly soundsDir: string;
  readonly normalisation: NormaliseSettings;
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
  projections: [soundsProjection, normalisationProjection],
  sideTables: soundsSideTables,
  setup(kernel, ports): ModuleParts {
    const queries = createSoundQueries(kernel.storage, ports.soundsDir);
    const normalised = createNormalisationQueries(kernel.storage, ports.soundsDir);
    const normaliser = createNormaliser(kernel, {
      sounds: queries,
      queries: normalised,
      files: createNormalisedFiles(ports.soundsDir),
      tools: ports.media,
      wavPath: ports.derived.wavPath,
      settings: ports.normalisation,
    });
    /** With each scan: what is derived from known content stays, and normalised files are looked after. */
    const prune: DerivedFiles['prune'] = async (originals, now_ms) => {
      await normaliser.tidy({ actor: 'system', origin: 'system' });
      const hashes = normalised.recorded().map(({ hash }) => hash);
      return ports.derived.prune(new Set([...originals, ...hashes]), now_ms);
    };
    const library = createLibrary(kernel, {
      queries,
      scanPorts: { media: ports.media, derived: ports.derived },
      derived: { prune },
      originals: join(ports.soundsDir, 'originals'),
      jobsMax: ports.mediaJobsMax,
    });
    const { position } = kernel.log.head();
    const versions = { catalogue: position, waveforms: position };
    kernel.bus.onCommitted((events) => {
      const last = (types: ReadonlySet<string>) =>
        events.findLast(({ type }) => types.has(type))?.globalPosition;
      versions.catalogue = last(catalogueEvents) ?? versions.catalogue;
      versions.waveforms = last(waveformEvents) ?? versions.waveforms;
    });

    const stopping = new AbortController();
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
        ...normaliseRoutes({ normaliser, queries: normalised }),
      ],
      feed: {
        SoundAdded: changed,
        SoundFileReplaced: changed,
        SoundFileMoved: changed,
        SoundMissing: changed,
        SoundFound: changed,
        SoundNormalized: changed,
        NormalizedFileLost: changed,
      },
      health: () => ({ library: firstScan }),
      async start() {
        await normaliser.recover();
        scanning = scanFirst();
      },
      async stop() {
        stopping.abort(new Error('Encore is stopping'));
        await Promise.race([
          Promise.all([scanning, normaliser.stop()]),
          sleep(2000, undefined, { ref: false }),
        ]);
      },
    };
  },
};
