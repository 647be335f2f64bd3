import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentFolder, contentPath, type StoredFile } from './backup-format.ts';
import { isOwnFile, type FoundFile } from './sound-files.ts';
import { codeOf, copyAside, hashOf, SourceUnreadable, syncFolder } from './whole-files.ts';

const isThere = (path: string, size: number): boolean =>
  statSync(path, { throwIfNoEntry: false })?.size === size;

/**
 * The files of all backups of a folder, each content once. What Encore never writes again is linked
 * where the disk is the same and takes no room; originals are copied, because people edit them in place.
 */
export const openContentStore = (folder: string) => {
  const incoming = join(folder, contentFolder, '.incoming');
  const touched = new Set<string>();
  mkdirSync(join(folder, contentFolder), { recursive: true, mode: 0o700 });

  const linked = (from: string, to: string): boolean => {
    try {
      rmSync(to, { force: true });
      linkSync(from, to);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT')
        throw new SourceUnreadable(`${from} is gone`, { cause: error });
      // Another disk, or one without links.
      return false;
    }
  };

  const target = (hash: string): string => {
    const path = contentPath(folder, hash);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    touched.add(dirname(path));
    return path;
  };

  const put = (from: string): { hash: string; size: number; fresh: boolean } => {
    const copy = copyAside(from, incoming);
    const { hash, size } = copy;
    if (isThere(contentPath(folder, hash), size)) {
      copy.drop();
      return { hash, size, fresh: false };
    }
    copy.keep(target(hash));
    return { hash, size, fresh: true };
  };

  return {
    /** `known` is what the backup before says of the path. `fresh`: it takes room now. @throws SourceUnreadable */
    add(file: FoundFile, known: StoredFile | undefined): { stored: StoredFile; fresh: boolean } {
      const { path, place, mtime_ms } = file;
      const isAsBefore = known?.size === file.size && known.mtime_ms === mtime_ms;
      if (isAsBefore && isThere(contentPath(folder, known.sha256), known.size)) {
        return { stored: known, fresh: false };
      }
      if (isOwnFile(path)) {
        const hash = hashOf(place);
        const stored = { path, size: file.size, mtime_ms, sha256: hash };
        if (isThere(contentPath(folder, hash), file.size)) return { stored, fresh: false };
        if (linked(place, target(hash))) return { stored, fresh: false };
      }
      const { hash, size, fresh } = put(place);
      return { stored: { path, size, mtime_ms, sha256: hash }, fresh };
    },

    holds: ({ sha256, size }: StoredFile): boolean => isThere(contentPath(folder, sha256), size),

    flush(): void {
      for (const path of touched) syncFolder(path);
      touched.clear();
      syncFolder(join(folder, contentFolder));
    },

    /** Takes away what no backup names any more; gives how many. */
    sweep(named: { has(hash: string): boolean }): number {
      let swept = 0;
      for (const prefix of readdirSync(join(folder, contentFolder))) {
        if (prefix.startsWith('.')) continue;
        for (const hash of readdirSync(join(folder, contentFolder, prefix))) {
          if (named.has(hash)) continue;
          rmSync(join(folder, contentFolder, prefix, hash), { force: true });
          swept += 1;
        }
      }
      if (existsSync(incoming)) rmSync(incoming);
      return swept;
    },
  };
};
