import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, readFileSync } from 'node:fs';
import { mkdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const writeDurably = (file: string, content: string): void => {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** 256 random bits as text. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

/**
 * The secret in `file`, made at first use. The file appears whole or not at all, only its owner may
 * read it, and of two processes that make it at once both get the same one.
 * @throws Error when the folder cannot be written or the file holds nothing
 */
export const readOrMakeSecret = (file: string, make: () => string = randomSecret): string => {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    statSync(file);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    writeDurably(fresh, `${make()}\n`);
    try {
      linkSync(fresh, file);
    } catch (linkError) {
      if (!isCode(linkError, 'EEXIST')) throw linkError;
    } finally {
      unlinkSync(fresh);
    }
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8').trim();
  if (secret === '') throw new Error(`${file} is empty: delete it, and a new secret is made`);
  return secret;
};
