import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BackupFault } from './backup-fault.ts';
import { backupFiles, contentPath, type StoredFile } from './backup-format.ts';
import type { ListedBackup } from './backup-folder.ts';
import type { FoundBackup } from './find-backup.ts';
import { requireRoomFor, type Coming } from './restore-room.ts';
import { placeOf, type Root } from './sound-files.ts';
import type { BackupProgress } from './take-backup.ts';
import { verifyBackup, type BackupProof } from './verify-backup.ts';
import { codeOf, copyAside, hashOf, syncFolder } from './whole-files.ts';

export type RestoreTarget = {
  readonly dataDir: string;
  readonly roots: readonly Root[];
  /** What is in the way is moved aside first. */
  readonly force: boolean;
};

export type Restored = ListedBackup & {
  /** Where what was there before has gone; null: there was nothing. */
  readonly moved_to: string | null;
};

/** These make themselves again, or belong to whoever holds the folder. */
const passedOver = new Set([
  'README.md',
  'backups',
  'bench',
  'cache',
  'logs',
  'server.lock',
  'server.lock-journal',
]);
/** Sounds are no secret: who looks after the folder wants to hear them. */
const soundMode = 0o644;
const secretsPrefix = `${backupFiles.secrets}/`;
const isSecret = (name: string): boolean => name.startsWith(secretsPrefix);
const halfDone = `${backupFiles.database}.restoring`;

const inTheWay = (dataDir: string): string[] =>
  readdirSync(dataDir).filter(
    (name) => !passedOver.has(name) && name !== halfDone && !name.startsWith('before-restore-'),
  );

/** A file of another content at the same place. */
const differs = (place: string, { size, sha256 }: StoredFile): boolean => {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (!stat) return false;
  return !stat.isFile() || stat.size !== size || hashOf(place) !== sha256;
};

const move = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    const copy = copyAside(from, `${to}.part`);
    copy.keep(to);
    rmSync(from);
  }
};

/** Where a stored file goes. @throws BackupFault for a place this house does not have */
const placed = (roots: readonly Root[], files: readonly StoredFile[]) =>
  files.map((file) => {
    const place = placeOf(roots, file.path);
    if (place !== undefined) return { file, place };
    throw new BackupFault(
      `the backup holds ${file.path}, and this house keeps no such folder of its own: set EXTRACTION_THUMBNAILS_DIR as it was`,
    );
  });

type Placed = ReturnType<typeof placed>;

/** All that will be written, what is moved aside from another disk included. */
const comingTo = (
  dataDir: string,
  found: FoundBackup,
  names: readonly string[],
  places: Placed,
  conflicts: Placed,
): Coming[] => {
  const deviceOfData = statSync(dataDir).dev;
  const away = new Set(conflicts);
  const own = names.filter((name) => name === backupFiles.database || isSecret(name));
  return [
    ...own.map((name) => ({
      place: join(dataDir, name),
      bytes: statSync(join(found.path, name)).size,
    })),
    ...places
      .filter((one) => away.has(one) || !existsSync(one.place))
      .map(({ file, place }) => ({ place, bytes: file.size })),
    ...conflicts
      .map(({ place }) => ({ place, stat: lstatSync(place) }))
      .filter(({ stat }) => stat.dev !== deviceOfData)
      .map(({ stat }) => ({ place: join(dataDir, 'aside'), bytes: stat.size })),
  ];
};

const putFile = (from: string, place: string, file: StoredFile): void => {
  if (existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true });
  const aside = join(dirname(place), `.${file.sha256}.restoring`);
  const copy = copyAside(from, aside, soundMode);
  if (copy.hash !== file.sha256) {
    copy.drop();
    throw new BackupFault(`${from} (${file.path}) changed while it was read: try again`);
  }
  copy.keep(place);
  // The next scan knows it by this and need not read it.
  utimesSync(place, new Date(), file.mtime_ms / 1000);
};

/**
 * Puts a house back as it was when the backup was taken: proved first, the database last, so that
 * what was broken off is not taken for a house. The data folder must be the caller's alone.
 * @throws BackupFault; what was moved aside stays where the message says
 */
export const restoreBackup = (
  found: FoundBackup,
  target: RestoreTarget,
  proof: BackupProof,
  now: Date,
  progress: BackupProgress,
): Restored => {
  try {
    return putBack(found, target, proof, now, progress);
  } catch (error) {
    if (error instanceof BackupFault || codeOf(error) === '') throw error;
    throw new BackupFault(
      `it broke off, and no house has come of it yet: ${(error as Error).message}. Mend that, and restore again with --force`,
      { cause: error },
    );
  }
};

const putBack = (
  found: FoundBackup,
  target: RestoreTarget,
  proof: BackupProof,
  now: Date,
  progress: BackupProgress,
): Restored => {
  const { dataDir, roots, force } = target;
  const { facts, files, names } = verifyBackup(found, proof, progress);
  const places = placed(roots, files);
  const occupied = inTheWay(dataDir);
  const conflicts = places.filter(({ file, place }) => differs(place, file));
  const aside = join(dataDir, `before-restore-${now.toISOString().replaceAll(':', '')}`);
  if (occupied.length + conflicts.length > 0 && !force) {
    const what =
      occupied.length > 0
        ? `${dataDir} is not empty (${occupied.slice(0, 3).join(', ')})`
        : `${conflicts[0]?.place} is another file than that of the backup`;
    throw new BackupFault(
      `${what}: restore into an empty box, or give --force, which first moves what is in the way to ${aside}`,
    );
  }
  requireRoomFor(comingTo(dataDir, found, names, places, conflicts));
  for (const name of occupied) move(join(dataDir, name), join(aside, name));
  for (const { file, place } of conflicts) move(place, join(aside, file.path));

  const touched = new Set<string>();
  for (const [index, { file, place }] of places.entries()) {
    putFile(contentPath(found.folder, file.sha256), place, file);
    touched.add(dirname(place));
    progress('sounds', index + 1, places.length);
  }
  for (const name of names.filter(isSecret)) {
    const place = join(dataDir, name.slice(secretsPrefix.length));
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    copyAside(join(found.path, name), `${place}.part`).keep(place);
    touched.add(dirname(place));
  }
  for (const folder of touched) syncFolder(folder);
  const database = join(found.path, backupFiles.database);
  const copy = copyAside(database, join(dataDir, halfDone));
  if (statSync(database).size !== copy.size)
    throw new BackupFault(`${database} changed: try again`);
  copy.keep(join(dataDir, backupFiles.database));
  syncFolder(dataDir);
  return { ...facts, moved_to: occupied.length + conflicts.length > 0 ? aside : null };
};
