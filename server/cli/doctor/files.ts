import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { secretFiles } from '../../adapters/backup/backup-format.ts';
import { nearestFolder } from '../../adapters/system/nearest-folder.ts';
import { openStorageToRead } from '../../kernel/storage.ts';
import { sizeWord } from '../tables.ts';
import { broken, look, ok, type Check } from './check.ts';

/** Less, and the next uploads or backups fill it. */
const lookBytes = 1e9;
const brokenBytes = 100e6;
/** Of another clock's event before it counts: commands and clocks are a little apart. */
const aheadMsMax = 60_000;

const mayWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const folders: Check = {
  name: 'folders',
  look({ config: { paths } }) {
    const missing = [paths.dataDir, paths.soundsDir].find((folder) => !existsSync(folder));
    if (missing !== undefined) {
      return mayWrite(nearestFolder(missing))
        ? look(`${missing} is not there yet.`, 'Encore makes it at its first start.')
        : broken(
            `${missing} is not there, and cannot be made.`,
            `Make it, and give it to the user that Encore runs as.`,
          );
    }
    const closed = [paths.dataDir, paths.soundsDir].find((folder) => !mayWrite(folder));
    if (closed === undefined) return ok(`${paths.dataDir} and ${paths.soundsDir} can be written.`);
    return broken(
      `${closed} cannot be written by this user.`,
      'Give it to the user that Encore runs as: chown -R. Run this as that user, or as root.',
    );
  },
};

export const secrets: Check = {
  name: 'secrets',
  look({ config: { paths } }) {
    const open = ['encore.db', ...secretFiles]
      .map((name) => join(paths.dataDir, name))
      .filter((file) => {
        const stat = statSync(file, { throwIfNoEntry: false });
        const folder = statSync(dirname(file), { throwIfNoEntry: false });
        if (!stat || !folder) return false;
        return (stat.mode & 0o004) !== 0 && (folder.mode & 0o001) !== 0;
      });
    if (open.length === 0) return ok('Nobody else on this machine can read the keys.');
    return look(
      `Everybody on this machine can read ${open.join(', ')}.`,
      `chmod o-rwx ${paths.dataDir}`,
    );
  },
};

export const disk: Check = {
  name: 'disk',
  look({ config: { paths, backups } }) {
    const free = [paths.dataDir, paths.soundsDir, backups.folder].map((folder) => {
      const { bavail, bsize } = statfsSync(nearestFolder(folder));
      return { folder, bytes: bavail * bsize };
    });
    const [least] = free.toSorted((a, b) => a.bytes - b.bytes);
    if (!least) throw new Error('no folder');
    const said = `${sizeWord(least.bytes)} are free for ${least.folder}.`;
    if (least.bytes >= lookBytes) return ok(said);
    const fix =
      'Remove what is not needed, empty the trash of sounds, or set SOUNDS_DIR or BACKUP_DIR to a larger disk.';
    return least.bytes < brokenBytes ? broken(said, fix) : look(said, fix);
  },
};

/** Whether the clock has gone back behind what was recorded already. */
export const clock: Check = {
  name: 'clock',
  look({ config: { paths }, nowMs }) {
    const now = new Date(nowMs);
    const fix = 'Switch time synchronisation on: timedatectl set-ntp true.';
    if (now.getFullYear() < 2025) return broken(`The clock says ${now.toISOString()}.`, fix);
    const path = join(paths.dataDir, 'encore.db');
    if (!existsSync(path)) return ok(`It is ${now.toISOString()}.`);
    const storage = openStorageToRead(path);
    try {
      const last = storage
        .prepare<[], number>('SELECT recorded_at FROM events ORDER BY global_position DESC LIMIT 1')
        .pluck()
        .get();
      if (last === undefined || last <= nowMs + aheadMsMax)
        return ok(`It is ${now.toISOString()}.`);
      const then = new Date(last).toISOString();
      return look(`The last event is from ${then}, and the clock says ${now.toISOString()}.`, fix);
    } finally {
      storage.close();
    }
  },
};

/** Readable, and by this version. What is in it `audit verify` proves. */
export const database: Check = {
  name: 'database',
  look({ config: { paths } }) {
    const path = join(paths.dataDir, 'encore.db');
    if (!existsSync(path)) return look('There is no log yet.', 'Start Encore once.');
    try {
      const storage = openStorageToRead(path);
      try {
        const count = storage.prepare('SELECT max(global_position) FROM events').pluck().get();
        return ok(`The log has ${Number(count)} events; "encore audit verify" proves them.`);
      } finally {
        storage.close();
      }
    } catch (error) {
      return broken(
        `${path} cannot be read: ${(error as Error).message}.`,
        'Restore a backup: encore restore BACKUP --force.',
      );
    }
  },
};
