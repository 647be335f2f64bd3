import { watch } from 'node:fs';
import type { WatchFolder } from '../../sounds/folder-watch.ts';

/** By inotify: what others change on a network share is not heard. */
export const watchFolder: WatchFolder = (path, heard, failed) => {
  const watcher = watch(path, { persistent: false }, (_, name) => heard(name));
  watcher.on('error', failed);
  return { close: () => watcher.close() };
};
