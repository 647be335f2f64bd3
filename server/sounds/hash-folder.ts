import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What makes a derived file takes a minute at most, so an older left-over belongs to nobody. */
const leftoverAgeMsMin = 60 * 60_000;

const hashPattern = /^[0-9a-f]{64}$/;

/** Which content still has a sound. */
export type KnownHashes = Pick<ReadonlySet<string>, 'has'>;

/** Derived files of one kind, each named by the content that it was made from. */
export const createHashFolder = (root: string, extension: string) => ({
  path(hash: string): string {
    if (!hashPattern.test(hash)) throw new Error(`not a SHA-256 in hex: ${hash}`);
    return join(root, hash.slice(0, 2), hash.slice(2, 4), hash + extension);
  },
  /** Removes what no known content needs, and left-overs of killed tools; returns how many. */
  async prune(known: KnownHashes, now_ms: number): Promise<number> {
    if (!existsSync(root)) return 0;
    let removed = 0;
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const hash = entry.name.endsWith(extension) ? entry.name.slice(0, -extension.length) : '';
      if (hashPattern.test(hash)) {
        if (known.has(hash)) continue;
      } else if (now_ms - (await stat(path)).mtimeMs < leftoverAgeMsMin) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  },
});
