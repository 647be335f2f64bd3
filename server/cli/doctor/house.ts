import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createBackupQueries, backupLimits } from '../../backups/index.ts';
import { openStorageToRead } from '../../kernel/storage.ts';
import { broken, look, ok, type Check, type DoctorInput } from './check.ts';

const dayMs = 24 * 60 * 60 * 1000;

export const server: Check = {
  name: 'server',
  look({ running }) {
    if (!running)
      return look('Encore is not running.', 'encore start, or systemctl start encore.target.');
    const bad = Object.entries(running.parts).filter(([, { state }]) => state !== 'ok');
    if (bad.length === 0) return ok('Encore runs, and all its parts do.');
    const said = bad.map(([name, { detail }]) => `${name}: ${detail}`).join('; ');
    return look(`Encore runs; ${said}.`, 'The page Settings says for each part what helps.');
  },
};

type Last = { readonly at: number | null; readonly failure: string | null };

const lastOf = ({ config, running }: DoctorInput): Last => {
  if (running) {
    const { items, last_failure } = running.backups;
    return {
      at: items[0] ? Date.parse(items[0].created_at) : null,
      failure: last_failure?.reason ?? null,
    };
  }
  const path = join(config.paths.dataDir, 'encore.db');
  if (!existsSync(path)) return { at: null, failure: null };
  const storage = openStorageToRead(path);
  try {
    const there = storage.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'backups'`).get();
    if (!there) return { at: null, failure: null };
    const queries = createBackupQueries(storage);
    return { at: queries.lastGoodAt(), failure: queries.failures()[0]?.reason ?? null };
  } finally {
    storage.close();
  }
};

export const backups: Check = {
  name: 'backups',
  look(input) {
    const { at, failure } = lastOf(input);
    if (failure !== null)
      return broken(`The last backup failed: ${failure}.`, 'Then: encore backup.');
    if (at === null)
      return look('There is no backup yet.', 'encore backup, or wait for the night.');
    const said = `The last good backup is from ${new Date(at).toISOString()}, in ${input.config.backups.folder}.`;
    if (input.nowMs - at <= backupLimits.ageMsMax) return ok(said);
    const days = Math.floor((input.nowMs - at) / dayMs);
    return look(
      `${said} That is ${days} days ago.`,
      'encore backup; see that BACKUP_AT or its timer is on.',
    );
  },
};
