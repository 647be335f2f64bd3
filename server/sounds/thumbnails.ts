import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownHashes } from './hash-folder.ts';

const filePattern = /^(?<hash>[0-9a-f]{64})\.jpg$/;

/**
 * Pictures that came beside sounds, each named by the content it belongs to. They cannot be made
 * again, so that they are kept as long as anybody may want the sound.
 */
export const createThumbnails = (folder: string) => {
  const pathOf = (hash: string) => join(folder, `${hash}.jpg`);
  return {
    pathOf,
    has: (hash: string): boolean => existsSync(pathOf(hash)),
    /** Removes those of unknown content, and nothing else that may lie there; returns how many. */
    async prune(known: KnownHashes): Promise<number> {
      let removed = 0;
      for (const name of await readdir(folder).catch(() => [])) {
        const hash = filePattern.exec(name)?.groups?.['hash'];
        if (hash === undefined || known.has(hash)) continue;
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      return removed;
    },
  };
};
export type Thumbnails = ReturnType<typeof createThumbnails>;
