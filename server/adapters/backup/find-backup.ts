import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BackupFault } from './backup-fault.ts';
import { backupFiles, isBackupName } from './backup-format.ts';
import { listBackups } from './backup-folder.ts';

export type FoundBackup = {
  /** Its own folder. */
  readonly path: string;
  readonly name: string;
  /** The folder with all backups, and the files of all of them. */
  readonly folder: string;
};

/**
 * The backup that somebody means by its folder, a file in it, or the folder of all, whose newest it
 * then is. @throws BackupFault
 */
export const findBackup = (text: string): FoundBackup => {
  const given = resolve(text);
  if (!existsSync(given)) throw new BackupFault(`there is nothing at ${given}`);
  const path = statSync(given).isDirectory() ? given : dirname(given);
  if (existsSync(join(path, backupFiles.facts))) {
    if (!isBackupName(basename(path))) {
      throw new BackupFault(
        `${path} is not called as Encore called it (encore-TIME-POSITION-HEAD): give it its name back`,
      );
    }
    return { path, name: basename(path), folder: dirname(path) };
  }
  const [newest] = path === given ? listBackups(path) : [];
  if (newest) return { path: join(path, newest.name), name: newest.name, folder: path };
  throw new BackupFault(
    `there is no backup in ${given}: give the folder that \`encore backup\` printed`,
  );
};
