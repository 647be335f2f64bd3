import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoundType } from './contract.ts';
import { mapInOrder } from './job-limit.ts';
import { typeFolders } from './library-walk.ts';

export type NormalisedPlace = { readonly type: SoundType; readonly filename: string };

const statsMax = 32;

const sha256 = async (path: string, signal?: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, signal ? { signal } : {})) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
};

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    // Only what is known to be gone is gone: a disk that does not answer may come back.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : -1;
  }
};

/**
 * The folder `normalized`: files named by the hash of their own content, so that a new one never
 * takes the place of one that is still played or recorded.
 */
export const createNormalisedFiles = (soundsDir: string) => {
  const root = join(soundsDir, 'normalized');
  const folderOf = (type: SoundType) => join(root, typeFolders[type]);
  const pathOf = ({ type, filename }: NormalisedPlace) => join(folderOf(type), filename);
  /** Written, but not in the log yet. */
  const underWay = new Set<string>();

  return {
    pathOf,
    /** A name for writing, removed at the latest by the next `sweep`. */
    async begin(type: SoundType, id: string): Promise<string> {
      const path = join(folderOf(type), `.${id}.part`);
      underWay.add(path);
      await mkdir(folderOf(type), { recursive: true });
      return path;
    },
    hashOf: sha256,
    /** Gives a written and flushed file its name, for good. */
    async publish(part: string, place: NormalisedPlace): Promise<void> {
      underWay.add(pathOf(place));
      await rename(part, pathOf(place));
      await using folder = await open(folderOf(place.type), 'r');
      await folder.sync();
    },
    /** What was begun and, where it came so far, published is now recorded or given up. */
    async end(part: string, place?: NormalisedPlace): Promise<void> {
      await rm(part, { force: true });
      underWay.delete(part);
      if (place) underWay.delete(pathOf(place));
    },
    /** Those of the recorded files that are not there as they were written. */
    async lost<File extends NormalisedPlace & { readonly size: number }>(
      files: readonly File[],
    ): Promise<File[]> {
      const lost: File[] = [];
      const seen = mapInOrder(files, statsMax, async (file) => {
        const size = await sizeOf(pathOf(file));
        return { file, gone: size === undefined || (size >= 0 && size !== file.size) };
      });
      for await (const { file, gone } of seen) if (gone) lost.push(file);
      return lost;
    },
    /** Removes what no sound has; returns how many. `recorded` is asked once the folders are read. */
    async sweep(recorded: () => readonly NormalisedPlace[]): Promise<number> {
      const found: string[] = [];
      for (const type of Object.keys(typeFolders) as SoundType[]) {
        const entries = await readdir(folderOf(type), { withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
          if (entry.isFile()) found.push(join(folderOf(type), entry.name));
        }
      }
      const kept = new Set(recorded().map(pathOf));
      const orphans = found.filter((path) => !kept.has(path) && !underWay.has(path));
      for (const path of orphans) await rm(path, { force: true });
      return orphans.length;
    },
  };
};
export type NormalisedFiles = ReturnType<typeof createNormalisedFiles>;
