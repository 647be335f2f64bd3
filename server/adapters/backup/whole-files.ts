/** Files that appear whole or not at all, and reading with a hash. For threads that may wait. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

const chunkBytes = 1024 * 1024;
/** Flushed as it goes: one flush of all of it would hold up the log's own. */
export const flushEveryBytes = chunkBytes;

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** The file to be copied is at fault, and not the place it goes to. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some shares know no flush of a folder.
    if (codeOf(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(descriptor);
  }
};

/** Some shares know no modes: then they are private by how they are mounted, or not at all. */
export const makePrivate = (path: string, mode: number): void => {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error))) throw error;
  }
};

const ofSource = <T>(path: string, body: () => T): T => {
  try {
    return body();
  } catch (error) {
    throw new SourceUnreadable(`${path} cannot be read (${codeOf(error)})`, { cause: error });
  }
};

const eachChunk = (path: string, see: (chunk: Buffer) => void): void => {
  const descriptor = ofSource(path, () => openSync(path, 'r'));
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const read = ofSource(path, () => readSync(descriptor, chunk, 0, chunkBytes, null));
      if (read === 0) return;
      see(chunk.subarray(0, read));
    }
  } finally {
    closeSync(descriptor);
  }
};

/** SHA-256 in lower-case hex. @throws SourceUnreadable */
export const hashOf = (path: string): string => {
  const hash = createHash('sha256');
  eachChunk(path, (chunk) => hash.update(chunk));
  return hash.digest('hex');
};

export const writeWhole = (path: string, content: string | Uint8Array): void => {
  const descriptor = openSync(path, 'w', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Copies to the temporary name `aside`, which the caller renames by `keep` once it likes the hash,
 * or takes away by `drop`. @throws SourceUnreadable, or what the system says of the target
 */
export const copyAside = (from: string, aside: string, mode = 0o600) => {
  const drop = () => rmSync(aside, { force: true });
  const hash = createHash('sha256');
  let size = 0;
  let unflushed = 0;
  try {
    const descriptor = openSync(aside, 'w', mode);
    try {
      eachChunk(from, (chunk) => {
        hash.update(chunk);
        writeFileSync(descriptor, chunk);
        size += chunk.length;
        unflushed += chunk.length;
        if (unflushed < flushEveryBytes) return;
        fdatasyncSync(descriptor);
        unflushed = 0;
      });
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    drop();
    throw error;
  }
  /** Durable once the folder of `to` is flushed too. */
  const keep = (to: string) => renameSync(aside, to);
  return { hash: hash.digest('hex'), size, drop, keep };
};
