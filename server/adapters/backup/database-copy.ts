import Database from 'better-sqlite3';
import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { flushEveryBytes, makePrivate } from './whole-files.ts';

const pagesPerStep = 256;
/** After each flush, so that what the house writes goes first. */
const breathMs = 5;
const neverTold = new Int32Array(new SharedArrayBuffer(4));

/**
 * Copies a database that others go on writing, as it stood at one moment: the transaction that reads
 * it holds that moment, so that no write makes the copy begin anew. One file, without a journal
 * beside it. Not for the thread that serves. @throws what SQLite or the system says
 */
export const copyDatabase = async (
  from: string,
  to: string,
  progress: (done: number, total: number) => void,
): Promise<void> => {
  const live = new Database(from, { readonly: true, fileMustExist: true });
  let descriptor: number | undefined;
  let unflushed = 0;
  try {
    live.exec('BEGIN');
    live.prepare('SELECT count(*) FROM sqlite_schema').get();
    const stepBytes = pagesPerStep * Number(live.pragma('page_size', { simple: true }));
    await live.backup(to, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        unflushed += stepBytes;
        if (unflushed >= flushEveryBytes) {
          // A little at a time: one flush of all of it would hold up the log's own.
          descriptor ??= openSync(to, 'r');
          fdatasyncSync(descriptor);
          unflushed = 0;
          Atomics.wait(neverTold, 0, 0, breathMs);
        }
        return pagesPerStep;
      },
    });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
    live.close();
  }
  makePrivate(to, 0o600);
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
};
