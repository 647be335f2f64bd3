import { existsSync } from 'node:fs';
import { copyFile, link, lstat, mkdir, rename, rm, unlink } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { hashFile } from './file-hash.ts';
import { typeFolders } from './library-walk.ts';
import type { SoundFileRow } from './trash-queries.ts';

type Place = Pick<SoundFileRow, 'type' | 'filename'>;

/** `Air horn.wav` → `Air horn (2).wav`. */
const numbered = (filename: string, number: number): string => {
  const extension = extname(filename);
  const stem = filename.slice(0, filename.length - extension.length);
  return `${stem} (${number})${extension}`;
};

const errorCode = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Never over another file: false when there is one. A crash leaves the file at one place or at both. */
const moveWithoutOverwriting = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (errorCode(error) === 'ENOENT') throw error;
    // Another disk, or one without links: through a copy that appears whole.
    const whole = `${to}.part`;
    await copyFile(from, whole);
    if (existsSync(to)) {
      await rm(whole, { force: true });
      return false;
    }
    await rename(whole, to);
  }
  await unlink(from);
  return true;
};

/** The files of removed sounds, `<SOUNDS_DIR>/trash/<hash>.<ext>`. The scanner does not look there. */
export const createTrashFiles = (soundsDir: string) => {
  const placePath = ({ type, filename }: Place): string =>
    join(soundsDir, 'originals', typeFolders[type], filename);
  const trashPath = ({ hash, filename }: Pick<SoundFileRow, 'hash' | 'filename'>): string =>
    join(soundsDir, 'trash', `${hash}${extname(filename).toLowerCase()}`);

  /** Whether the file there has this content: another one that took the place is somebody else's. */
  const holds = async (path: string, { type, filename, hash }: SoundFileRow): Promise<boolean> => {
    const stat = await lstat(path).catch(() => undefined);
    if (!stat?.isFile()) return false;
    const { size } = stat;
    const file = { type, filename, path, size, mtime_ms: Math.floor(stat.mtimeMs) };
    const hashed = await hashFile(file);
    return 'hash' in hashed && hashed.hash === hash;
  };

  return {
    isThere: (place: Place): boolean => existsSync(placePath(place)),

    /** The place itself, or beside it under the next free number. */
    freePlace(place: Place, isTaken: (filename: string) => boolean): Place {
      const isFree = (filename: string) =>
        !isTaken(filename) && !existsSync(placePath({ ...place, filename }));
      let { filename } = place;
      for (let number = 2; !isFree(filename); number++) filename = numbered(place.filename, number);
      return { type: place.type, filename };
    },

    /** Into the trash; false: there was nothing to keep. */
    async take(row: SoundFileRow): Promise<boolean> {
      const [from, to] = [placePath(row), trashPath(row)];
      if (!(await holds(from, row))) return existsSync(to);
      if (!(await moveWithoutOverwriting(from, to))) await unlink(from);
      return true;
    },

    /** Back to its place. `taken`: another file lies there by now. */
    async giveBack(row: SoundFileRow): Promise<'back' | 'taken' | 'gone'> {
      const [from, to] = [trashPath(row), placePath(row)];
      if (await holds(to, row)) {
        await rm(from, { force: true });
        return 'back';
      }
      if (!existsSync(from)) return 'gone';
      return (await moveWithoutOverwriting(from, to)) ? 'back' : 'taken';
    },

    purge: (row: SoundFileRow): Promise<void> => rm(trashPath(row), { force: true }),
  };
};
export type TrashFiles = ReturnType<typeof createTrashFiles>;
