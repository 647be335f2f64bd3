import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackupFault } from '../adapters/backup/backup-fault.ts';
import { takeBackup, type BackupStage, type TakenBackup } from '../adapters/backup/take-backup.ts';
import { backupsDecider, createBackupQueries } from '../backups/index.ts';
import { backupsState, backupStarted, type Backup } from '../backups/contract.ts';
import { backupStream, type BackupEvent } from '../backups/events.ts';
import type { Config } from '../config.ts';
import { createHouseKernel } from '../house-kernel.ts';
import { houseSource } from '../house-backup.ts';
import { done } from '../kernel/command-bus.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openStorage } from '../kernel/storage.ts';
import { alone } from './command-lock.ts';
import { CommandFault, exitCodes, reading, requireDatabase, type Command } from './command.ts';
import { ownerOf } from './owner.ts';
import { progressLine } from './progress-line.ts';
import { askServer, NotRunning } from './server-call.ts';
import { sizeWord } from './tables.ts';

const lookEveryMs = 250;
const stageWords: Record<BackupStage, string> = {
  database: 'copying the database',
  proof: 'proving the copy',
  sounds: 'copying sounds',
};

type Told = Pick<
  Backup,
  'name' | 'position' | 'head' | 'database_bytes' | 'files' | 'files_bytes'
> & {
  readonly folder: string;
  readonly missing: number;
  readonly left_out: number;
};

export const pathsOf = ({ paths, extractions }: Config) => ({
  dataDir: paths.dataDir,
  soundsDir: paths.soundsDir,
  thumbnailsDir: extractions.thumbnailsDir,
});

const line = progressLine();
const show = (stage: BackupStage, at: number, total: number) =>
  line.show(`${stageWords[stage]}: ${at} of ${total}`);

/** The server does it, and its nights know of it. @throws NotRunning where there is none to begin with */
const byServer = async (config: Config): Promise<Told> => {
  const ask = () => askServer(config, { path: '/admin/backups' }, backupsState);
  const before = await ask();
  const begin = { method: 'POST', path: '/admin/backups' } as const;
  const { job_id } = await askServer(config, begin, backupStarted);
  const stopped = 'Encore stopped before the backup was whole: try again';
  for (;;) {
    const state = await ask().catch((error: unknown) => {
      throw error instanceof NotRunning ? new CommandFault(stopped, { cause: error }) : error;
    });
    if (state.running?.job_id === job_id) {
      show(state.running.stage, state.running.done, state.running.total);
      await sleep(lookEveryMs);
      continue;
    }
    if (state.last_failure) throw new CommandFault(state.last_failure.reason);
    const [newest] = state.items;
    if (!newest || newest.name === before.items[0]?.name) throw new CommandFault(stopped);
    return { ...newest, folder: state.folder };
  }
};

const takeInto = async (config: Config, folder: string, isKnown: boolean): Promise<TakenBackup> => {
  const target = { folder, isKnown, keep: config.backups.keep };
  return takeBackup(houseSource(pathsOf(config)), target, new Date(), show);
};

/** Told to the log of a house that is stopped, so that it knows at its next start. */
const record = (config: Config, outcome: BackupEvent): Promise<void> =>
  alone(config.paths.dataDir, 'it does not know of this backup', async () => {
    const storage = openStorage(requireDatabase(config));
    const kernel = createHouseKernel({ storage, logger: silentLogger });
    try {
      await kernel.bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
        tx.decide(backupsDecider, backupStream, { type: 'RecordBackup', outcome });
        return done(null);
      });
    } finally {
      await kernel.stop();
    }
  });

const isKnownFolder = (config: Config, folder: string): boolean =>
  reading(config, (storage) => {
    // A house whose last server knew nothing of backups.
    const there = storage.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'backups'`).get();
    return there !== undefined && createBackupQueries(storage).isKnown(folder);
  });

/** Holds the data folder only to tell its log: a house that is started meanwhile need not wait. */
const whileStopped = async (config: Config, remark: (line: string) => void): Promise<Told> => {
  requireDatabase(config);
  const { folder } = config.backups;
  const startedAtMs = performance.now();
  const give = ownerOf(config.paths.dataDir);
  const tell = (outcome: BackupEvent) =>
    record(config, outcome).catch((error: unknown) => {
      if (!(error instanceof CommandFault)) throw error;
      remark(error.message);
    });
  try {
    const taken = await takeInto(config, folder, isKnownFolder(config, folder));
    const { format: _, new_bytes: __, warnings: ___, created_at: ____, ...backup } = taken;
    const duration_ms = Math.round(performance.now() - startedAtMs);
    const data = { ...backup, pruned: [...backup.pruned], folder, duration_ms };
    await tell({ type: 'BackupCompleted', data });
    return { ...taken, folder };
  } catch (error) {
    if (error instanceof BackupFault) {
      const { code, message: reason } = error;
      await tell({ type: 'BackupFailed', data: { folder, code, reason } });
    }
    throw error;
  } finally {
    if (existsSync(folder)) give([folder]);
  }
};

const elsewhere = async (config: Config, to: string): Promise<Told> => {
  requireDatabase(config);
  const folder = resolve(to);
  return { ...(await takeInto(config, folder, false)), folder };
};

export const backup: Command = {
  name: 'backup',
  usage: '[--to DIR] [--json]',
  summary: 'Takes a backup of everything and proves it; the running server does it, where one runs',
  help: [
    '--to    another folder than BACKUP_DIR, such as a disk that is plugged in; written by this user, and',
    '        not counted among the nightly ones',
    '--json  what was taken, as one line of JSON',
    'A backup holds the database, all sounds, and the keys and cookies of the data folder: keep it private.',
    'The configuration (.env, /etc/encore) is not in it.',
    'Ends with 1 when it failed, and says why.',
  ],
  options: { to: { type: 'string' }, json: { type: 'boolean' } },
  positionalsMax: 0,
  async run({ values, config, print, remark }) {
    const { to } = values as { to?: string };
    let told: Told;
    try {
      if (to !== undefined) told = await elsewhere(config, to);
      else {
        told = await byServer(config).catch((error: unknown) => {
          if (!(error instanceof NotRunning)) throw error;
          return whileStopped(config, remark);
        });
      }
    } finally {
      line.clear();
    }
    const { name, folder, position, head, database_bytes, files, files_bytes } = told;
    const { missing, left_out } = told;
    if (values['json'] === true) {
      const facts = { position, head, database_bytes, files, files_bytes, missing, left_out };
      print(JSON.stringify({ folder, name, ...facts }));
      return exitCodes.ok;
    }
    print(resolve(folder, name));
    print(`${position} events, head ${head}`);
    print(`database ${sizeWord(database_bytes)}, ${files} files of ${sizeWord(files_bytes)}`);
    if (missing > 0) print(`${missing} sounds of the library have no file: they are not in it`);
    if (left_out > 0) print(`${left_out} files could not be read: they are not in it`);
    return exitCodes.ok;
  },
};
