import { existsSync } from 'node:fs';
import { link, lstat, mkdir, rm, unlink } from 'node:fs/promises';
import { basename, dirname, extname, join, posix } from 'node:path';
import { hashFile } from './file-hash.ts';
import { typeFolders } from './library-walk.ts';
import { move, reserve } from './put-in-place.ts';
import type { SoundFileRow } from './trash-queries.ts';
import { numbered } from './upload-name.ts';

type Place = Pick<SoundFileRow, 'type' | 'filename'>;

const errorCode = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Never over another file: false when there is one. A crash leaves the file at one place or at both. */
const moveWithoutOverwriting = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (errorCode(error) === 'ENOENT') throw error;
    // Another disk, or one without links.
    if (!(await reserve(to))) return false;
    try {
      await move(from, to);
    } catch (failure) {
      await rm(to, { force: true });
      throw failure;
    }
  }
  await rm(from, { force: true });
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
    /** The place itself, or beside it under the next free number. */
    freePlace(place: Place, isTaken: (filename: string) => boolean): Place {
      const isFree = (filename: string) =>
        !isTaken(filename) && !existsSync(placePath({ ...place, filename }));
      let { filename } = place;
      const [folder, name] = [dirname(filename), basename(filename)];
      for (let number = 2; !isFree(filename); number++) {
        filename = posix.join(folder, numbered(name, number));
      }
      return { type: place.type, filename };
    },

    /** Into the trash; false: there was nothing to keep. */
    async take(row: SoundFileRow): Promise<boolean> {
      const [from, to] = [placePath(row), trashPath(row)];
      if (!(await holds(from, row))) return existsSync(to);
      if (await moveWithoutOverwriting(from, to)) return true;
      // A crash may have left a name without its content there.
      if (await holds(to, row)) await unlink(from);
      else {
        await move(from, to);
        await rm(from, { force: true });
      }
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
