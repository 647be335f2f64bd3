import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthPart, Module, ModuleParts } from '../kernel/module.ts';
import type { DerivedFiles } from './derived-files.ts';
import { createSoundFacts } from './facts.ts';
import { soundsFeed, catalogueEvents, waveformEvents } from './feed.ts';
import { findRoutes } from './find-routes.ts';
import { createLibrary } from './library.ts';
import type { MediaTools } from './media.ts';
import { metadataRoutes } from './metadata-routes.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundRoutes } from './routes.ts';
import type { SoundSearch } from './search.ts';
import { soundsSideTables } from './side-tables.ts';
import { createTrash } from './trash.ts';
import { createTrashFiles } from './trash-files.ts';
import { createTrashQueries } from './trash-queries.ts';
import { trimReactor } from './trims.ts';
import type { TrimmedCopies } from './trimmed-copies.ts';

export { createDerivedFiles, type DerivedFiles } from './derived-files.ts';
export type { MediaTools } from './media.ts';
export { createSoundQueries, type PlayableSound, type SoundQueries } from './queries.ts';
export { soundUnknown } from './problems.ts';
export { createSoundSearch, type SoundSearch } from './search.ts';

export { createTrimmedCopies, type TrimmedCopies } from './trimmed-copies.ts';

export type SoundsPorts = {
  readonly media: MediaTools;
  readonly derived: DerivedFiles;
  readonly soundsDir: string;
  readonly copies: TrimmedCopies;
  readonly search: SoundSearch;
  /** Files probed at the same time: one per core. */
  readonly mediaJobsMax: number;
};

/** The library: what is in the folders, as sounds that can be found and played. */
export const sounds: Module<SoundsPorts> = {
  name: 'sounds',
  projections: [soundsProjection],
  sideTables: soundsSideTables,
  setup(kernel, ports): ModuleParts {
    const queries = createSoundQueries(kernel.storage, ports.soundsDir);
    const library = createLibrary(kernel, {
      queries,
      scanPorts: { media: ports.media, derived: ports.derived },
      derived: ports.derived,
      originals: join(ports.soundsDir, 'originals'),
      jobsMax: ports.mediaJobsMax,
    });
    const files = createTrashQueries(kernel.storage);
    const trash = createTrash(kernel, {
      queries: files,
      files: createTrashFiles(ports.soundsDir),
    });
    const facts = createSoundFacts(kernel, { files, trash });
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
        ...findRoutes({ queries, search: ports.search }),
        // Before those with an id in the same place.
        ...metadataRoutes({ facts, queries, files }),
        ...soundRoutes({ queries, library, versions }),
      ],
      reactors: [trash.reactor, trimReactor(kernel, { queries, copies: ports.copies })],
      feed: soundsFeed,
      health: () => ({ library: firstScan }),
      start() {
        scanning = scanFirst();
        trash.start();
      },
      async stop() {
        trash.stop();
        stopping.abort(new Error('Encore is stopping'));
        await Promise.race([scanning, sleep(2000, undefined, { ref: false })]);
      },
    };
  },
};
