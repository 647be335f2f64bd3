import { chownSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const giveAll = (folder: string, uid: number, gid: number): void => {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
  }
};

/**
 * What root writes into somebody's folder shall be theirs, or their server cannot. Looks whose it
 * is now; the answer gives folders to them.
 */
export const ownerOf = (folder: string): ((folders: readonly string[]) => void) => {
  const before = statSync(folder, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0 || !before || before.uid === 0) return () => undefined;
  return (folders) => {
    for (const one of folders) giveAll(one, before.uid, before.gid);
  };
};
