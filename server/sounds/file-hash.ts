import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { LibraryFile } from './library-walk.ts';

/** Small enough that hashing a chunk holds up the event loop for a millisecond on a Pi. */
const chunkBytes = 128 * 1024;

export const stillBeingWritten = 'the file is still being written';

type Stat = { size: number; mtimeMs: number };

const agrees = (file: LibraryFile, stat: Stat): boolean =>
  stat.size === file.size && Math.floor(stat.mtimeMs) === file.mtime_ms;

/** Whether the file is still the one that the walk saw. */
export const isSettled = async (file: LibraryFile): Promise<boolean> => {
  try {
    return agrees(file, await lstat(file.path));
  } catch {
    return false;
  }
};

export type HashResult = { readonly hash: string } | { readonly reason: string };

/** SHA-256 of the content, unless the file changes meanwhile or has become a link. */
export const hashFile = async (file: LibraryFile, signal?: AbortSignal): Promise<HashResult> => {
  try {
    await using handle = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
    }
    if (!agrees(file, await handle.stat())) return { reason: stillBeingWritten };
    return { hash: hash.digest('hex') };
  } catch (error) {
    signal?.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === 'ENOENT') return { reason: 'the file went away while it was read' };
    if (code === 'EACCES' || code === 'EPERM') {
      return { reason: 'the file may not be read: allow it to the user that Encore runs as' };
    }
    return { reason: `the file cannot be read (${code})` };
  }
};
