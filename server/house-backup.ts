import { rootsOf } from './adapters/backup/sound-files.ts';
import type { BackupSource } from './adapters/backup/take-backup.ts';
import type { BackupProof } from './adapters/backup/verify-backup.ts';
import { readVersion } from './config.ts';
import { houseProjections, houseUpcast } from './house-kernel.ts';
import type { Storage } from './kernel/storage.ts';
import { libraryFiles } from './sounds/index.ts';
import { verifyHouse } from './verify-house.ts';

/** Where a house's things lie, all absolute; as a thread can be told. */
export type HousePaths = {
  readonly dataDir: string;
  readonly soundsDir: string;
  readonly thumbnailsDir: string;
};

const prove: BackupSource['prove'] = (options) =>
  verifyHouse({ ...options, olderModels: 'ignored' });

const versionOf = (storage: Storage, projection: string): number | undefined =>
  storage
    .prepare<[string], number>('SELECT version FROM projections WHERE name = ?')
    .pluck()
    .get(projection);

/** Of a log that an older Encore left, the next start makes the read models anew: till then only the folders tell. */
const expectedFiles = (storage: Storage) => {
  const current = houseProjections().filter(({ name }) =>
    ['sounds', 'normalisation'].includes(name),
  );
  const isCurrent = current.every(({ name, version }) => versionOf(storage, name) === version);
  if (!isCurrent) return [];
  return libraryFiles(storage).map(({ path, sha256 }) => ({ path: `sounds/${path}`, sha256 }));
};

export const houseSource = (paths: HousePaths): BackupSource => ({
  dataDir: paths.dataDir,
  roots: rootsOf(paths),
  encoreVersion: readVersion(),
  prove,
  expectedFiles,
});

const isNewer = (theirs: string, ours: string): boolean => {
  const parts = (version: string) => version.split(/[.+-]/).slice(0, 3).map(Number);
  const [mine, other] = [parts(ours), parts(theirs)];
  for (const index of [0, 1, 2]) {
    const difference = (other[index] ?? 0) - (mine[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
};

/** What of a log only a newer Encore can read, in words; undefined: all is known here. */
const tooNew = (storage: Storage, encoreVersion: string): string | undefined => {
  const ours = readVersion();
  const remedy = `this is Encore ${ours}. Use Encore ${encoreVersion} or a later one`;
  if (isNewer(encoreVersion, ours)) {
    return `the backup was taken by Encore ${encoreVersion}, and ${remedy}`;
  }
  const upcast = houseUpcast();
  const stored = storage
    .prepare<[], { type: string; version: number }>(
      'SELECT type, max(schema_version) AS version FROM events GROUP BY type',
    )
    .all();
  const event = stored.find(({ type, version }) => version > upcast.versionOf(type));
  if (event) {
    return `the backup holds ${event.type} of version ${event.version}, which only a newer Encore knows; ${remedy}`;
  }
  const model = houseProjections().find(
    ({ name, version }) => (versionOf(storage, name) ?? 0) > version,
  );
  return model && `the read model "${model.name}" in the backup is of a newer Encore; ${remedy}`;
};

export const houseProof: BackupProof = { prove, tooNew };
