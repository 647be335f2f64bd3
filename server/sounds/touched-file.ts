import { lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isSoundName, typeFolders, type LibraryFile } from './library-walk.ts';
import type { SoundType } from './contract.ts';

/** Type and name of a path below the folder of originals; undefined for the folders themselves. */
const placeIn = (originals: string, path: string) => {
  const [folder = '', ...rest] = relative(originals, path).split(sep);
  const type = (Object.keys(typeFolders) as SoundType[]).find((one) => typeFolders[one] === folder);
  return type && rest.length > 0 ? { type, filename: rest.join('/') } : undefined;
};

/**
 * Whether a path that changed is worth a scan: not when it is no sound, nor when the library has
 * the file on record as it is now, because it was put there by an upload or only had its rights changed.
 */
export const createIsNews =
  (originals: string, knows: (file: Omit<LibraryFile, 'path'>) => boolean) =>
  async (path: string): Promise<boolean> => {
    const place = placeIn(originals, path);
    if (!place) return true;
    try {
      const stat = await lstat(join(originals, typeFolders[place.type], place.filename));
      if (stat.isDirectory()) return true;
      if (!stat.isFile() || !isSoundName(place.filename)) return false;
      return !knows({ ...place, size: stat.size, mtime_ms: Math.floor(stat.mtimeMs) });
    } catch {
      // Gone, and with it perhaps a folder full of sounds.
      return true;
    }
  };
