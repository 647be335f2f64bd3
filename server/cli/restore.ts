import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { findBackup } from '../adapters/backup/find-backup.ts';
import { restoreBackup } from '../adapters/backup/restore-backup.ts';
import { rootsOf } from '../adapters/backup/sound-files.ts';
import type { BackupStage } from '../adapters/backup/take-backup.ts';
import { verifyBackup } from '../adapters/backup/verify-backup.ts';
import type { Config } from '../config.ts';
import { houseProof } from '../house-backup.ts';
import { pathsOf } from './backup.ts';
import { alone } from './command-lock.ts';
import { exitCodes, UsageFault, type Command } from './command.ts';
import { ownerOf } from './owner.ts';
import { progressLine } from './progress-line.ts';
import { sizeWord } from './tables.ts';

const line = progressLine();
const stageWords: Record<BackupStage, string> = {
  database: 'reading the database',
  proof: 'proving the log',
  sounds: 'sounds',
};
const show = (stage: BackupStage, at: number, total: number) =>
  line.show(`${stageWords[stage]}: ${at} of ${total}`);

/** As somebody types it: from where they are. */
const folder = (name: string, value: unknown) =>
  typeof value === 'string' ? { [name]: resolve(value) } : {};

const given = (config: Config, text: string | undefined): string => text ?? config.backups.folder;

export const verifyBackupCommand: Command = {
  name: 'verify-backup',
  usage: '[BACKUP] [--json]',
  summary: 'Proves that a backup is whole: every byte, the chain, the read models',
  help: [
    'BACKUP  its folder, a file in it, or the folder of all backups, whose newest it then is; BACKUP_DIR',
    '        when left out',
    '--json  what is in it, as one line of JSON',
    'Ends with 1 and the first thing that does not hold.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 1,
  run({ positionals: [text], values, config, print }) {
    const found = findBackup(given(config, text));
    try {
      const { facts } = verifyBackup(found, houseProof, show);
      line.clear();
      if (values['json'] === true) print(JSON.stringify(facts));
      else {
        print(`whole: ${found.path}`);
        print(`${facts.position} events, head ${facts.head}`);
        print(`${facts.files} files of ${sizeWord(facts.files_bytes)}`);
      }
      return exitCodes.ok;
    } finally {
      line.clear();
    }
  },
};

export const restore: Command = {
  name: 'restore',
  usage: 'BACKUP [--data-dir DIR] [--sounds-dir DIR] [--force] [--json]',
  summary: 'Puts a box back as it was when the backup was taken; with Encore stopped',
  help: [
    'BACKUP        its folder, a file in it, or the folder of all backups, whose newest it then is',
    '--data-dir    instead of DATA_DIR',
    '--sounds-dir  instead of SOUNDS_DIR',
    '--force       also where there is a house already, which is first moved aside',
    '--json        what was restored, as one line of JSON',
    'The backup is proved first; nothing is touched where it does not hold, or where there is no room for it.',
  ],
  options: {
    'data-dir': { type: 'string' },
    'sounds-dir': { type: 'string' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalsMax: 1,
  overrides: (values) => ({
    ...folder('DATA_DIR', values['data-dir']),
    ...folder('SOUNDS_DIR', values['sounds-dir']),
  }),
  async run({ positionals: [text], values, config, print }) {
    if (text === undefined) throw new UsageFault('BACKUP is missing');
    const { dataDir } = config.paths;
    const found = findBackup(text);
    const give = ownerOf(dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o750 });
    const restored = await alone(dataDir, 'stop it first', () => {
      const target = {
        dataDir,
        roots: rootsOf(pathsOf(config)),
        force: values['force'] === true,
      };
      return restoreBackup(found, target, houseProof, new Date(), show);
    }).finally(() => line.clear());
    give([dataDir, config.paths.soundsDir]);
    if (values['json'] === true) {
      print(JSON.stringify(restored));
      return exitCodes.ok;
    }
    if (restored.moved_to !== null) print(`what was there is now in ${restored.moved_to}`);
    print(`restored to ${dataDir}, sounds to ${config.paths.soundsDir}`);
    print(`Encore goes on after event ${restored.position}, of ${restored.created_at}`);
    return exitCodes.ok;
  },
};
