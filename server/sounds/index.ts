import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Module, ModuleParts } from '../kernel/module.ts';
import type { Recorded } from '../kernel/event.ts';
import type { DerivedFiles } from './derived-files.ts';
import type { WatchFolder } from './folder-watch.ts';
import { createLibrary } from './library.ts';
import { createLibraryKeeper } from './library-keeper.ts';
import type { MediaTools } from './media.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundRoutes } from './routes.ts';
import { lastScanProjection } from './scan-projection.ts';
import { scanRoutes } from './scan-routes.ts';
import { soundsSideTables } from './side-tables.ts';

export { createDerivedFiles, type DerivedFiles } from './derived-files.ts';
export type { WatchFolder } from './folder-watch.ts';
export type { MediaTools } from './media.ts';
export { createSoundQueries, type PlayableSound, type SoundQueries } from './queries.ts';
export { soundUnknown } from './problems.ts';

export type SoundsPorts = {
  readonly media: MediaTools;
  readonly derived: DerivedFiles;
  readonly soundsDir: string;
  /** Files probed at the same time: one per core. */
  readonly mediaJobsMax: number;
  readonly watchFolder: WatchFolder;
};

/** Media tools end at once when told to; what else is under work is not waited for longer. */
const stopWaitMs = 2000;

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
  projections: [soundsProjection, lastScanProjection],
  sideTables: soundsSideTables,
  setup(kernel, ports): ModuleParts {
    const queries = createSoundQueries(kernel.storage, ports.soundsDir);
    const originals = join(ports.soundsDir, 'originals');
    const keeper = createLibraryKeeper({
      originals,
      watchFolder: ports.watchFolder,
      logger: kernel.logger,
    });
    const library = createLibrary(kernel, {
      queries,
      scanPorts: { media: ports.media, derived: ports.derived },
      derived: ports.derived,
      originals,
      jobsMax: ports.mediaJobsMax,
      onFolder: keeper.onFolder,
      onWalked: keeper.onWalked,
    });
    const { position } = kernel.log.head();
    const versions = { catalogue: position, waveforms: position };
    kernel.bus.onCommitted((events) => {
      const last = (types: ReadonlySet<string>) =>
        events.findLast(({ type }) => types.has(type))?.globalPosition;
      versions.catalogue = last(catalogueEvents) ?? versions.catalogue;
      versions.waveforms = last(waveformEvents) ?? versions.waveforms;
    });

    return {
      routes: [...scanRoutes(library), ...soundRoutes({ queries, versions })],
      feed: {
        SoundAdded: changed,
        SoundFileReplaced: changed,
        SoundFileMoved: changed,
        SoundMissing: changed,
        SoundFound: changed,
      },
      health: () => ({ library: keeper.health(library, queries) }),
      start: () => keeper.start(library, queries),
      async stop() {
        await Promise.race([keeper.stop(library), sleep(stopWaitMs, undefined, { ref: false })]);
      },
    };
  },
};
