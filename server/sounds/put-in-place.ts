import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashFile } from './file-hash.ts';
import { typeFolders } from './library-walk.ts';
import type { SoundType } from './contract.ts';
import { numbered } from './upload-name.ts';

const numberMax = 1000;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Whether the folder is one of our own all the way down: a link could lead anywhere. */
const makeFolder = async (root: string, folder: string): Promise<boolean> => {
  await mkdir(root, { recursive: true });
  let path = root;
  for (const name of folder.split('/').filter(Boolean)) {
    path = join(path, name);
    await mkdir(path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!(await lstat(path)).isDirectory()) return false;
  }
  return true;
};

type Content = { readonly path: string; readonly size: number; readonly hash: string };

const holds = async (type: SoundType, path: string, content: Content): Promise<boolean> => {
  const stat = await lstat(path).catch(() => undefined);
  if (!stat?.isFile() || stat.size !== content.size) return false;
  const mtime_ms = Math.floor(stat.mtimeMs);
  const hashed = await hashFile({ type, filename: path, path, size: stat.size, mtime_ms });
  return 'hash' in hashed && hashed.hash === content.hash;
};

/** Takes the name so that nobody else can, even where the file system has no hard links. */
export const reserve = async (path: string): Promise<boolean> => {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const sync = async (path: string) => {
  await using handle = await open(path, 'r');
  await handle.sync();
};

/**
 * Durably, whole or not at all, also where the type's folder is another disk than the one beside
 * it: then the first file stays. Takes the place of what lies there.
 */
export const move = async (from: string, to: string) => {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    // The scan passes over hidden files.
    const near = join(dirname(to), `.upload-${randomUUID()}`);
    try {
      await copyFile(from, near, constants.COPYFILE_EXCL);
      await sync(near);
      await rename(near, to);
    } finally {
      await rm(near, { force: true });
    }
  }
  await sync(dirname(to));
};

export type Placed = {
  /** Below the type's folder. */
  readonly filename: string;
  readonly path: string;
  /** The content lay there already, and nothing was moved. */
  readonly lay_there: boolean;
};

/**
 * Moves a file into the library, under the wanted name or one with a number, durably. Nothing is
 * ever written over. @throws the system's error
 */
export const putInPlace = async (
  originals: string,
  type: SoundType,
  wanted: string,
  content: Content,
): Promise<Placed> => {
  const root = join(originals, typeFolders[type]);
  const slash = wanted.lastIndexOf('/');
  const wantedFolder = wanted.slice(0, slash + 1);
  const folder = (await makeFolder(root, wantedFolder)) ? wantedFolder : '';
  for (let number = 1; number <= numberMax; number++) {
    const filename = folder + numbered(wanted.slice(slash + 1), number);
    const path = join(root, filename);
    if (await reserve(path)) {
      try {
        await move(content.path, path);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      return { filename, path, lay_there: false };
    }
    if (await holds(type, path, content)) return { filename, path, lay_there: true };
  }
  throw new Error(`there are ${numberMax} files named like ${wanted}`);
};
