import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Storage } from '../../kernel/storage.ts';
import { openStorageToRead } from '../../kernel/storage.ts';
import { BackupFault } from './backup-fault.ts';
import { backupFiles, backupName, contentPath, type StoredFile } from './backup-format.ts';
import { readFacts, readStoredFiles, type ListedBackup } from './backup-folder.ts';
import type { FoundBackup } from './find-backup.ts';
import { proveDatabase, type BackupProgress, type Proof } from './take-backup.ts';
import { hashOf } from './whole-files.ts';

export type BackupProof = {
  readonly prove: Proof;
  /** Why this Encore is too old for a log; undefined: it is not. */
  readonly tooNew: (storage: Storage, encoreVersion: string) => string | undefined;
};

export type VerifiedBackup = {
  readonly facts: ListedBackup;
  readonly files: readonly StoredFile[];
  /** Below its folder; all as their sums say. */
  readonly names: readonly string[];
};

const damaged = (path: string): BackupFault =>
  new BackupFault(`${path} was damaged: its content is not what was written. Use another backup`);

/** Every file of the backup's own folder against its sum; none too many, none too few. */
const checkSums = (path: string): string[] => {
  const sums = join(path, backupFiles.sums);
  if (!existsSync(sums)) throw new BackupFault(`${sums} is missing: this is no whole backup`);
  const lines = readFileSync(sums, 'utf8').split('\n').filter(Boolean);
  const names = lines.map((line) => {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined || name.split('/').includes('..')) {
      throw damaged(sums);
    }
    const file = join(path, name);
    if (!existsSync(file)) throw new BackupFault(`${file} is missing: this is no whole backup`);
    if (hashOf(file) !== hash) throw damaged(file);
    return name;
  });
  const summed = new Set([...names, backupFiles.sums]);
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    const name = relative(path, join(entry.parentPath, entry.name));
    if (entry.isFile() && !summed.has(name)) {
      throw new BackupFault(`${join(path, name)} is not of this backup: take it away`);
    }
  }
  for (const needed of [backupFiles.database, backupFiles.facts, backupFiles.files]) {
    if (!summed.has(needed)) throw damaged(sums);
  }
  return names;
};

const checkFiles = (
  folder: string,
  files: readonly StoredFile[],
  progress: (done: number, total: number) => void,
): void => {
  const seen = new Set<string>();
  for (const [index, { path, size, sha256 }] of files.entries()) {
    const stored = contentPath(folder, sha256);
    const stat = statSync(stored, { throwIfNoEntry: false });
    if (!stat) throw new BackupFault(`${stored} (${path}) is missing: the backup is not whole`);
    if (stat.size !== size || (!seen.has(sha256) && hashOf(stored) !== sha256)) {
      throw new BackupFault(
        `${stored} (${path}) was damaged: its content is not what was written. Use another backup, or put the file there anew`,
      );
    }
    seen.add(sha256);
    progress(index + 1, files.length);
  }
};

/**
 * Proves that a backup is whole and that its log holds. Reads all of it. @throws BackupFault with
 * the first thing that does not hold
 */
export const verifyBackup = (
  { path, name, folder }: FoundBackup,
  { prove, tooNew }: BackupProof,
  progress: BackupProgress,
): VerifiedBackup => {
  const facts = readFacts(path);
  const names = checkSums(path);
  const database = join(path, backupFiles.database);
  const storage = openStorageToRead(database);
  let refusal: string | undefined;
  try {
    refusal = tooNew(storage, facts.encore_version);
  } finally {
    storage.close();
  }
  if (refusal !== undefined) throw new BackupFault(refusal);
  const { position, head } = proveDatabase(database, prove, (done, total) =>
    progress('proof', done, total),
  );
  if (position !== facts.position || head !== facts.head || backupName(facts) !== name) {
    throw new BackupFault(`${path} does not hold the log that its name says`);
  }
  const files = readStoredFiles(path);
  checkFiles(folder, files, (done, total) => progress('sounds', done, total));
  return { facts: { name, ...facts }, files, names };
};
