import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { identify, isAlive } from '../system/process-identity.ts';
import {
  backupFacts,
  backupFiles,
  backupFormat,
  backupName,
  isBackupName,
  markerFile,
  partialPrefix,
  storedFile,
  type BackupFacts,
  type StoredFile,
} from './backup-format.ts';
import { BackupFault } from './backup-fault.ts';
import { makePrivate, syncFolder } from './whole-files.ts';

const lockFile = '.lock';
const holder = z.object({ pid: z.number().int(), startTicks: z.number(), bootId: z.string() });

export type ListedBackup = BackupFacts & { readonly name: string };

/** What a backup says of itself. @throws BackupFault where it cannot be used */
export const readFacts = (backup: string): BackupFacts => {
  const file = join(backup, backupFiles.facts);
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BackupFault(`${file} cannot be read: this is no whole backup`, { cause: error });
  }
  const { format } = z.looseObject({ format: z.number() }).catch({ format: 0 }).parse(said);
  if (format > backupFormat) {
    throw new BackupFault(
      `${backup} was written by a newer Encore: use that version, or a later one`,
    );
  }
  const facts = backupFacts.safeParse(said);
  if (facts.success) return facts.data;
  throw new BackupFault(`${file} is not what Encore writes: this backup was damaged`);
};

/** The files that go with a backup. @throws BackupFault where one line is not what it should be */
export const readStoredFiles = (backup: string): StoredFile[] => {
  const file = join(backup, backupFiles.files);
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter(Boolean).map((line) => storedFile.parse(JSON.parse(line)));
  } catch (error) {
    throw new BackupFault(`${file} is not what Encore writes: this backup was damaged`, {
      cause: error,
    });
  }
};

/** The backups of a folder that say of themselves that they are whole, the newest first. */
export const listBackups = (folder: string): ListedBackup[] => {
  if (!existsSync(folder)) return [];
  const read = (name: string): ListedBackup[] => {
    try {
      return [{ name, ...readFacts(join(folder, name)) }];
    } catch {
      return [];
    }
  };
  return readdirSync(folder)
    .filter(isBackupName)
    .flatMap(read)
    .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
};

/** Only its last part is made: where a share should be, an empty place must not take its backups. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (!existsSync(parent)) {
    throw new BackupFault(
      `${parent} is not there: mount it, make it, or set BACKUP_DIR to another folder`,
      { code: 'folder_missing' },
    );
  }
  mkdirSync(folder, { mode: 0o700 });
};

const busy = (folder: string): BackupFault =>
  new BackupFault(`another backup into ${folder} is running: wait for its end`, {
    code: 'already_running',
  });

const lock = (folder: string): (() => void) => {
  const file = join(folder, lockFile);
  const self = identify(process.pid);
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const held = holder.safeParse(JSON.parse(readFileSync(file, 'utf8') || 'null'));
      if (held.success && held.data.pid !== process.pid && isAlive(held.data)) {
        throw busy(folder);
      }
      rmSync(file, { force: true });
    }
  }
  throw busy(folder);
};

/**
 * Opens a folder of backups for writing, for one at a time, and clears what an earlier one left
 * half done. `isKnown`: there were backups in it, so that an empty place is not it.
 * @throws BackupFault, or what the system says
 */
export const openBackupFolder = (folder: string, isKnown: boolean) => {
  makeFolder(folder);
  const marker = join(folder, markerFile);
  if (!existsSync(marker)) {
    if (isKnown) {
      throw new BackupFault(
        `${folder} is not the folder that has the earlier backups: see that its disk or share is mounted. If it was emptied on purpose, make an empty file ${markerFile} in it`,
        { code: 'folder_not_known' },
      );
    }
    writeFileSync(marker, '', { mode: 0o600 });
  }
  makePrivate(folder, 0o700);
  const release = lock(folder);
  const partials = () => readdirSync(folder).filter((name) => name.startsWith(partialPrefix));
  const clear = () => {
    for (const name of partials()) rmSync(join(folder, name), { recursive: true, force: true });
  };
  try {
    clear();
  } catch (error) {
    release();
    throw error;
  }
  const partial = join(folder, `${partialPrefix}${process.pid}`);

  return {
    /** Where the next one is written, unseen until it is whole. */
    begin(): string {
      mkdirSync(partial, { mode: 0o700 });
      return partial;
    },
    /** Gives the written one its name, for good. */
    publish(facts: BackupFacts): string {
      const name = backupName(facts);
      if (existsSync(join(folder, name))) {
        throw new BackupFault(`${name} is there already: nothing has happened since`, {
          code: 'there_already',
        });
      }
      syncFolder(partial);
      renameSync(partial, join(folder, name));
      syncFolder(folder);
      return name;
    },
    remove(name: string): void {
      // Unseen first: what is half removed is no backup.
      const going = join(folder, `${partialPrefix}${name}`);
      renameSync(join(folder, name), going);
      rmSync(going, { recursive: true, force: true });
    },
    close(): void {
      try {
        clear();
        release();
      } catch {
        // The folder is gone: the next one to come clears it.
      }
    },
  };
};
