import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Module, ModuleParts } from '../kernel/module.ts';
import { createCaretaker } from './caretaker.ts';
import type { DerivedFiles } from './derived-files.ts';
import { createSoundFacts } from './facts.ts';
import { catalogueEvents, soundsFeed, waveformEvents } from './feed.ts';
import { findRoutes } from './find-routes.ts';
import type { WatchFolder } from './folder-watch.ts';
import { createLibrary } from './library.ts';
import { createLibraryKeeper } from './library-keeper.ts';
import type { LoudnessTools } from './loudness.ts';
import { createMediaFacts } from './media-facts.ts';
import type { MediaTools } from './media.ts';
import { metadataRoutes } from './metadata-routes.ts';
import { normalisationProjection } from './normalisation-projection.ts';
import { createNormalisationQueries } from './normalisation-queries.ts';
import { normaliseRoutes } from './normalise-routes.ts';
import type { Normaliser } from './normaliser.ts';
import { createPictures } from './pictures.ts';
import { previewRoutes } from './preview-routes.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundRoutes } from './routes.ts';
import { lastScanProjection } from './scan-projection.ts';
import { scanRoutes } from './scan-routes.ts';
import type { SoundSearch } from './search.ts';
import { soundsSideTables } from './side-tables.ts';
import type { SoundIntake } from './sound-intake.ts';
import { createTrash } from './trash.ts';
import { createTrashFiles } from './trash-files.ts';
import { createTrashQueries } from './trash-queries.ts';
import { trimReactor } from './trims.ts';
import type { Thumbnails } from './thumbnails.ts';
import type { TrimmedCopies } from './trimmed-copies.ts';
import { uploadRoutes } from './upload-routes.ts';

export { createCovers, type Cover, type CoverPorts } from './covers.ts';
export { createDerivedFiles, type DerivedFiles } from './derived-files.ts';
export { limitMedia } from './media-limit.ts';
export { libraryFiles } from './library-files.ts';
export { typeFolders } from './library-walk.ts';
export type { WatchFolder } from './folder-watch.ts';
export type { MediaTools } from './media.ts';
export type { LoudnessTools } from './loudness.ts';
export { createSoundQueries, type PlayableSound, type SoundQueries } from './queries.ts';
export { soundUnknown } from './problems.ts';
export { createSoundSearch, type SoundSearch } from './search.ts';
export { createTrimmedCopies, type TrimmedCopies } from './trimmed-copies.ts';
export { openNormaliser, type Normaliser } from './normaliser.ts';
export { openSoundIntake, type SoundIntake } from './sound-intake.ts';
export { createThumbnails, type Thumbnails } from './thumbnails.ts';
export { soundBytesMax } from './scanner.ts';
export { tagOf } from './tags.ts';

export type SoundsPorts = {
  readonly media: MediaTools & LoudnessTools;
  readonly derived: DerivedFiles;
  readonly soundsDir: string;
  /** Whatever is in it can be made again. */
  readonly cacheDir: string;
  readonly copies: TrimmedCopies;
  readonly search: SoundSearch;
  readonly normaliser: Normaliser;
  readonly thumbnails: Thumbnails;
  /** Folders inside the library's that are not its own, absolute. */
  readonly passedOver: ReadonlySet<string>;
  readonly intake: SoundIntake;
  /** Files probed at the same time: one per core. */
  readonly mediaJobsMax: number;
  readonly watchFolder: WatchFolder;
};

/** Media tools end at once when told to; what else is under work is not waited for longer. */
const stopWaitMs = 2000;

/** The library: what is in the folders, as sounds that can be found and played. */
export const sounds: Module<SoundsPorts> = {
  name: 'sounds',
  projections: [soundsProjection, normalisationProjection, lastScanProjection],
  sideTables: soundsSideTables,
  setup(kernel, ports): ModuleParts {
    const queries = createSoundQueries(kernel.storage, ports.soundsDir);
    const stopping = new AbortController();
    const { media, derived, soundsDir } = ports;
    const originals = join(soundsDir, 'originals');
    const keeper = createLibraryKeeper({
      originals,
      watchFolder: ports.watchFolder,
      logger: kernel.logger,
    });
    const { normaliser, thumbnails } = ports;
    const facts = createMediaFacts(kernel.storage, thumbnails);
    const shared = {
      facts,
      scanPorts: { media, derived },
      originals,
      jobsMax: ports.mediaJobsMax,
      signal: stopping.signal,
      passedOver: ports.passedOver,
    };
    const caretaker = createCaretaker(kernel, {
      ...shared,
      queries,
      copies: ports.copies,
      derived,
    });
    const { uploads, files } = ports.intake;
    const pictures = createPictures(ports.cacheDir, media, stopping.signal);
    const normalised = createNormalisationQueries(kernel.storage, soundsDir);
    /** What is derived from content that somebody may want again stays. */
    const prune = async (now_ms: number): Promise<void> => {
      // Asked file by file: meanwhile an upload may have become a sound, or one been normalised.
      const has = (hash: string) =>
        normalised.holds(hash) || ports.intake.holds(hash) || queries.hashNeeded(hash);
      await derived.prune({ has }, now_ms);
      await pictures.prune({ has }, now_ms);
      await thumbnails.prune({ has });
    };
    const library = createLibrary(kernel, {
      ...shared,
      queries,
      prune,
      onFolder: keeper.onFolder,
      onWalked: keeper.onWalked,
      async onScanned() {
        await ports.copies.prune(queries.trimmed, kernel.clock.now());
        void caretaker.tendAll();
        await normaliser.tidy({ actor: 'system', origin: 'system' });
      },
    });
    const removed = createTrashQueries(kernel.storage);
    const trash = createTrash(kernel, {
      queries: removed,
      files: createTrashFiles(ports.soundsDir),
    });
    const soundFacts = createSoundFacts(kernel, { files: removed, trash });
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
        if (type === 'PlayStarted' || type === 'SoundFound') {
          void caretaker.tendOne(String(data['sound_id']));
        }
      }
    });

    return {
      routes: [
        ...scanRoutes(library),
        ...findRoutes({ queries, search: ports.search }),
        // Before those with an id in the same place.
        ...metadataRoutes({ facts: soundFacts, queries, files: removed }),
        ...normaliseRoutes({ normaliser, queries: normalised }),
        ...soundRoutes({ queries, versions }),
        ...uploadRoutes({ queries, intake: files, uploads }),
        ...previewRoutes({ kernel, queries, facts, caretaker, pictures, thumbnails, soundsDir }),
      ],
      reactors: [
        trash.reactor,
        trimReactor(kernel, { queries, copies: ports.copies, signal: stopping.signal }),
      ],
      feed: soundsFeed,
      health() {
        const health = keeper.health(library, queries);
        const detail = trash.trouble();
        if (health.state !== 'ok' || detail === undefined) return { library: health };
        return { library: { state: 'degraded', detail } };
      },
      async start() {
        await normaliser.recover();
        void files.clean(kernel.clock.now()).catch((error: unknown) => {
          kernel.logger.warn({ err: error }, 'left-over uploads could not be removed');
        });
        keeper.start(library, queries);
        trash.start();
      },
      async stop() {
        trash.stop();
        stopping.abort(new Error('Encore is stopping'));
        const ended = Promise.all([
          keeper.stop(library),
          normaliser.stop(),
          ports.intake.stop(),
          caretaker.settled(),
        ]);
        await Promise.race([ended, sleep(stopWaitMs, undefined, { ref: false })]);
      },
    };
  },
};
