import Database from 'better-sqlite3';
import { existsSync, lstatSync, mkdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChainVerdict } from '../../kernel/chain-check.ts';
import { openStorageToRead, type Storage } from '../../kernel/storage.ts';
import {
  backupFiles,
  backupFormat,
  secretFiles,
  type BackupFacts,
  type StoredFile,
} from './backup-format.ts';
import { BackupFault, inWords } from './backup-fault.ts';
import {
  listBackups,
  openBackupFolder,
  readStoredFiles,
  type ListedBackup,
} from './backup-folder.ts';
import { bytesWord } from './bytes-word.ts';
import { openContentStore } from './content-store.ts';
import { copyDatabase } from './database-copy.ts';
import { outlived, type Retention } from './retention.ts';
import { soundFiles, type FoundFile, type Root } from './sound-files.ts';
import { hashOf, SourceUnreadable, writeWhole } from './whole-files.ts';

/** Left free on the disk that the house itself lives on: a backup must not be what fills it. */
const houseFreeBytesMin = 256 * 1024 * 1024;

export type BackupStage = 'database' | 'proof' | 'sounds';
export type BackupProgress = (stage: BackupStage, done: number, total: number) => void;

/** A file that the read models say is there. */
export type ExpectedFile = { readonly path: string; readonly sha256: string };

export type Proof = (options: {
  readonly path: string;
  readonly reached: number;
  readonly progress: (checked: number, of: number) => void;
}) => ChainVerdict;

export type BackupSource = {
  readonly dataDir: string;
  readonly roots: readonly Root[];
  readonly encoreVersion: string;
  /** Chain, read models and ledgers of a copy. */
  readonly prove: Proof;
  readonly expectedFiles: (storage: Storage) => readonly ExpectedFile[];
};

export type BackupTarget = {
  readonly folder: string;
  /** There were backups in this folder. */
  readonly isKnown: boolean;
  readonly keep: Retention;
};

export type TakenBackup = ListedBackup & {
  /** Bytes that the folder has more than before, the database included. */
  readonly new_bytes: number;
  /** Names of older ones that went. */
  readonly pruned: readonly string[];
  /** What did not go as it should, in words; the first few. */
  readonly warnings: readonly string[];
};

const warningsMax = 20;

const requireRoom = (source: BackupSource, folder: string, needed: number): void => {
  const { bavail, bsize } = statfsSync(folder);
  const isHouse = statSync(folder).dev === statSync(source.dataDir).dev;
  const free = Math.max(0, bavail * bsize - (isHouse ? houseFreeBytesMin : 0));
  if (free >= needed) return;
  throw new BackupFault(
    `${folder} has room for ${bytesWord(free)}, and this backup needs ${bytesWord(needed)}: make room, or set BACKUP_DIR to a larger disk`,
    { code: 'no_room' },
  );
};

/** Integrity of the file, and what it says of its own head. @throws BackupFault */
export const proveDatabase = (
  path: string,
  prove: Proof,
  progress: (checked: number, of: number) => void = () => undefined,
): { position: number; head: string } => {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  let reached: number;
  try {
    const said = String(db.pragma('integrity_check(1)', { simple: true }));
    if (said !== 'ok') {
      throw new BackupFault(`the database in it is damaged: ${said}`, {
        code: 'database_damaged',
      });
    }
    reached = Number(db.prepare('SELECT max(global_position) FROM events').pluck().get());
  } finally {
    db.close();
  }
  const verdict = prove({ path, reached, progress });
  if (verdict.verdict === 'valid') return { position: verdict.position, head: verdict.head };
  throw new BackupFault(
    `the log in it does not hold at position ${verdict.position}: ${verdict.fault}`,
    { code: 'log_damaged' },
  );
};

/** Copies what is new and lists all. What the house has moved meanwhile is listed at both places. */
const takeSounds = (
  found: readonly FoundFile[],
  known: ReadonlyMap<string, StoredFile>,
  expected: readonly ExpectedFile[],
  store: ReturnType<typeof openContentStore>,
  progress: (done: number, total: number) => void,
) => {
  const files = new Map<string, StoredFile>();
  const byHash = new Map<string, StoredFile>();
  const left_out: string[] = [];
  let new_bytes = 0;
  for (const [index, file] of found.entries()) {
    try {
      const { stored, fresh } = store.add(file, known.get(file.path));
      files.set(stored.path, stored);
      byHash.set(stored.sha256, stored);
      if (fresh) new_bytes += stored.size;
    } catch (error) {
      if (!(error instanceof SourceUnreadable)) throw error;
      left_out.push(error.message);
    }
    progress(index + 1, found.length);
  }
  let missing = 0;
  for (const { path, sha256 } of expected) {
    if (files.get(path)?.sha256 === sha256) continue;
    const elsewhere = byHash.get(sha256);
    if (elsewhere && !files.has(path)) files.set(path, { ...elsewhere, path });
    else if (!elsewhere) missing += 1;
  }
  return { files: [...files.values()], left_out, new_bytes, missing };
};

const takeSecrets = (dataDir: string, to: string): string[] =>
  secretFiles
    .filter((name) => existsSync(join(dataDir, name)) && lstatSync(join(dataDir, name)).isFile())
    .map((name) => {
      const path = join(to, backupFiles.secrets, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeWhole(path, readFileSync(join(dataDir, name)));
      return join(backupFiles.secrets, name);
    });

const writeSums = (backup: string, names: readonly string[]): void => {
  const lines = names.map((name) => `${hashOf(join(backup, name))}  ${name}\n`);
  writeWhole(join(backup, backupFiles.sums), lines.join(''));
};

/** The new one is safe whatever happens here. */
const prune = (
  { folder, keep }: BackupTarget,
  remove: (name: string) => void,
  store: ReturnType<typeof openContentStore>,
): { pruned: string[]; trouble: string[] } => {
  const pruned: string[] = [];
  try {
    for (const name of outlived(listBackups(folder), keep)) {
      remove(name);
      pruned.push(name);
    }
    if (pruned.length > 0) {
      const named = new Set<string>();
      for (const { name } of listBackups(folder)) {
        for (const { sha256 } of readStoredFiles(join(folder, name))) named.add(sha256);
      }
      store.sweep(named);
    }
    return { pruned, trouble: [] };
  } catch (error) {
    return { pruned, trouble: [`older backups could not be cleared away: ${String(error)}`] };
  }
};

const take = async (
  source: BackupSource,
  target: BackupTarget,
  now: Date,
  progress: BackupProgress,
): Promise<TakenBackup> => {
  const live = join(source.dataDir, backupFiles.database);
  const folder = openBackupFolder(target.folder, target.isKnown);
  try {
    const before = listBackups(target.folder)[0];
    const known = new Map(
      (before ? readStoredFiles(join(target.folder, before.name)) : []).map((one) => [
        one.path,
        one,
      ]),
    );
    const found = [...soundFiles(source.roots)];
    const isNew = ({ path, size, mtime_ms }: FoundFile) =>
      known.get(path)?.size !== size || known.get(path)?.mtime_ms !== mtime_ms;
    const databaseBytes = statSync(live).size;
    const soundBytes = found.filter(isNew).reduce((sum, { size }) => sum + size, 0);
    requireRoom(source, target.folder, databaseBytes + soundBytes);

    const partial = folder.begin();
    const database = join(partial, backupFiles.database);
    await copyDatabase(live, database, (done, total) => progress('database', done, total));
    const { position, head } = proveDatabase(database, source.prove, (done, total) =>
      progress('proof', done, total),
    );

    const store = openContentStore(target.folder);
    const storage = openStorageToRead(database);
    const expected = source.expectedFiles(storage);
    storage.close();
    const sounds = takeSounds(found, known, expected, store, (done, total) =>
      progress('sounds', done, total),
    );
    store.flush();
    const secrets = takeSecrets(source.dataDir, partial);
    const facts: BackupFacts = {
      format: backupFormat,
      encore_version: source.encoreVersion,
      created_at: now.toISOString(),
      position,
      head,
      database_bytes: statSync(database).size,
      files: sounds.files.length,
      files_bytes: sounds.files.reduce((sum, { size }) => sum + size, 0),
      missing: sounds.missing,
      left_out: sounds.left_out.length,
    };
    const lines = sounds.files.map((file) => `${JSON.stringify(file)}\n`);
    writeWhole(join(partial, backupFiles.files), lines.join(''));
    writeWhole(join(partial, backupFiles.facts), `${JSON.stringify(facts, null, 2)}\n`);
    const { database: db, facts: about, files } = backupFiles;
    writeSums(partial, [db, about, files, ...secrets]);
    const absent = sounds.files.find((file) => !store.holds(file));
    if (absent) {
      throw new BackupFault(`${absent.path} is not in the backup: try again`, {
        code: 'sound_changed',
      });
    }
    const name = folder.publish(facts);
    const { pruned, trouble } = prune(target, folder.remove, store);
    return {
      name,
      ...facts,
      new_bytes: sounds.new_bytes + facts.database_bytes,
      pruned,
      warnings: [...sounds.left_out, ...trouble].slice(0, warningsMax),
    };
  } finally {
    folder.close();
  }
};

/**
 * One whole backup of a house that goes on: the database as it stood at one moment, proved, with
 * all its files; then the outlived ones go. Keeps its thread busy: not for the one that serves.
 * @throws BackupFault in words
 */
export const takeBackup = async (
  source: BackupSource,
  target: BackupTarget,
  now: Date,
  progress: BackupProgress,
): Promise<TakenBackup> => {
  try {
    return await take(source, target, now, progress);
  } catch (error) {
    throw inWords(target.folder, error);
  }
};
