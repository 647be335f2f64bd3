import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage, openStorageToRead, storageError, StorageUnavailable } from './storage.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const thrownBy = (body: () => unknown): unknown => {
  try {
    return body();
  } catch (error) {
    return error;
  }
};

describe('openStorage', () => {
  test('a file is in WAL mode and flushed at every commit', () => {
    const storage = openStorage(join(temporaryFolder(), 'a.db'));
    expect(storage.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(storage.pragma('synchronous', { simple: true })).toBe(2);
    expect(storage.pragma('foreign_keys', { simple: true })).toBe(1);
    storage.close();
  });

  test('opening again finds both again', () => {
    const path = join(temporaryFolder(), 'a.db');
    openStorage(path).close();
    const storage = openStorage(path);
    expect(storage.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(storage.pragma('synchronous', { simple: true })).toBe(2);
    storage.close();
  });

  test('memory will do for tests', () => {
    expect(openStorage(':memory:').pragma('synchronous', { simple: true })).toBe(2);
  });

  test('a file that is no database is said so', () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(
      path,
      'a shopping list, long enough to have a header, but a list all the same\n'.repeat(20),
    );
    expect(() => openStorage(path)).toThrow(StorageUnavailable);
    expect(() => openStorage(path)).toThrow(/SQLITE_NOTADB/);
  });

  test('a folder in place of the file is said so', () => {
    expect(() => openStorage(temporaryFolder())).toThrow(StorageUnavailable);
  });
});

describe('storageError', () => {
  test('the fault of the disk becomes StorageUnavailable, with its cause', () => {
    const storage = openStorage(':memory:');
    storage.pragma('max_page_count = 4');
    const fault = thrownBy(() =>
      storage.exec('CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000))'),
    );
    const translated = storageError(fault);
    expect(translated).toBeInstanceOf(StorageUnavailable);
    expect(translated).toHaveProperty('cause', fault);
    expect(translated).toHaveProperty('message', expect.stringContaining('SQLITE_FULL'));
  });

  test("the program's own fault stays what it is", () => {
    const storage = openStorage(':memory:');
    storage.exec('CREATE TABLE t (x INTEGER PRIMARY KEY)');
    const fault = thrownBy(() => storage.exec('INSERT INTO t VALUES (1), (1)'));
    expect(storageError(fault)).toBe(fault);
    const other = new Error('mistake');
    expect(storageError(other)).toBe(other);
  });
});

test('a connection to read sees what is committed, writes nothing, and makes no file', () => {
  const file = join(temporaryFolder(), 'encore.db');
  expect(() => openStorageToRead(file)).toThrow(StorageUnavailable);
  expect(existsSync(file)).toBe(false);
  const storage = openStorage(file);
  storage.exec('CREATE TABLE things (a); INSERT INTO things VALUES (1)');
  const reading = openStorageToRead(file);
  expect(reading.prepare('SELECT a FROM things').pluck().get()).toBe(1);
  expect(() => reading.exec('DELETE FROM things')).toThrow('readonly');
  reading.close();
  storage.close();
});
