import { basename, join } from 'node:path';
import type { WatchFolder } from './folder-watch.ts';

export type FolderWatches = {
  /** To be called before the folder is read, so that nothing falls between the two. */
  see(path: string): void;
  /** All folders have been seen: those that were not are gone. */
  sweep(): void;
  /** Folders that cannot be watched, and the system's code for why; null when all are. */
  trouble(): { readonly folders: number; readonly code: string } | null;
  close(): void;
};

/**
 * One watch per folder rather than one for the tree: a limit of the system then costs the folders
 * beyond it and no others, and which ones is known.
 */
export const createFolderWatches = (
  watchFolder: WatchFolder,
  heard: (path: string) => void,
): FolderWatches => {
  const watches = new Map<string, { close(): void }>();
  const unwatched = new Map<string, string>();
  let seen = new Set<string>();

  const drop = (path: string) => {
    watches.get(path)?.close();
    watches.delete(path);
  };

  const failed = (path: string, error: Error) => {
    drop(path);
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    // A folder that went away needs no watch.
    if (code !== 'ENOENT') unwatched.set(path, code);
  };

  const hear = (path: string, name: string | null) => {
    if (name !== null && name !== basename(path)) return heard(join(path, name));
    // A watch follows a folder that is moved away, and outlives one that is deleted; Linux gives
    // the folder's own name then. The next scan watches whatever lies there.
    drop(path);
    heard(path);
  };

  return {
    see(path) {
      seen.add(path);
      unwatched.delete(path);
      if (watches.has(path)) return;
      try {
        const watch = watchFolder(
          path,
          (name) => hear(path, name),
          (error) => failed(path, error),
        );
        watches.set(path, watch);
      } catch (error) {
        failed(path, error as Error);
      }
    },
    sweep() {
      for (const path of watches.keys()) if (!seen.has(path)) drop(path);
      for (const path of unwatched.keys()) if (!seen.has(path)) unwatched.delete(path);
      seen = new Set();
    },
    trouble() {
      const [code] = unwatched.values();
      return code === undefined ? null : { folders: unwatched.size, code };
    },
    close() {
      for (const path of watches.keys()) drop(path);
    },
  };
};
