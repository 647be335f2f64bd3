import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../kernel/logger.ts';
import type { HealthPart } from '../kernel/module.ts';
import type { WatchFolder } from './folder-watch.ts';
import { createFolderWatches } from './folder-watches.ts';
import type { Library } from './library.ts';
import { typeFolders } from './library-walk.ts';
import type { SoundQueries } from './queries.ts';
import { createIsNews } from './touched-file.ts';
import { createWatcher, watcherLimits } from './watcher.ts';

const house = { actor: 'system', origin: 'system' } as const;

const troubleWords = ({ folders, code }: { folders: number; code: string }): string => {
  const which = folders === 1 ? 'one folder is' : `${folders} folders are`;
  const minutes = watcherLimits.periodMs / 60_000;
  const limit =
    code === 'ENOSPC' ? 'max_user_watches' : code === 'EMFILE' ? 'max_user_instances' : undefined;
  const why = limit
    ? `the system's limit is reached: raise fs.inotify.${limit}`
    : `the system says ${code}`;
  return `${which} not watched, so that changes there are seen every ${minutes} minutes only (${why})`;
};

/** Scans at the start, then whenever the folders change. */
export const createLibraryKeeper = (ports: {
  originals: string;
  watchFolder: WatchFolder;
  logger: Logger;
}) => {
  const { originals, logger } = ports;
  const watches = createFolderWatches(ports.watchFolder, (path) => watcher?.hear(path));
  let watcher: ReturnType<typeof createWatcher> | undefined;
  let scannedFirst = false;
  let stopped = false;
  let warned: string | undefined;

  /** Only for a library without sounds: else a disk that is not there would look like an empty one. */
  const makeFolders = async () => {
    try {
      for (const folder of Object.values(typeFolders)) {
        await mkdir(join(originals, folder), { recursive: true });
      }
    } catch (error) {
      logger.warn({ err: error }, `the folders for sounds could not be made in ${originals}`);
    }
  };

  return {
    onFolder: watches.see,
    onWalked() {
      watches.sweep();
      const trouble = watches.trouble();
      const words = trouble ? troubleWords(trouble) : undefined;
      if (words && words !== warned) logger.warn({}, `sounds: ${words}`);
      warned = words;
    },
    health(library: Library, queries: SoundQueries): HealthPart {
      if (!scannedFirst) return { state: 'starting', detail: 'the first scan is running' };
      const last = library.current();
      if (last?.state === 'failed') {
        return { state: 'degraded', detail: `the sounds could not be scanned: ${last.reason}` };
      }
      const trouble = watches.trouble();
      if (trouble) return { state: 'degraded', detail: troubleWords(trouble) };
      return { state: 'ok', detail: `${queries.total()} sounds` };
    },
    start(library: Library, queries: SoundQueries) {
      const scan = async () => void (await library.scan(house));
      const isNews = createIsNews(originals, library.knows);
      watcher = createWatcher({ idle: library.idle, scan, isNews, logger });
      const first = async () => {
        if (queries.known().length === 0) await makeFolders();
        // Its failure is told by the health, and the next scan tries again.
        if (!stopped) await scan().catch(() => undefined);
        scannedFirst = true;
        if (!stopped) watcher?.start();
      };
      void first();
    },
    async stop(library: Library) {
      stopped = true;
      await Promise.all([watcher?.stop(), library.stop()]);
      watches.close();
    },
  };
};
