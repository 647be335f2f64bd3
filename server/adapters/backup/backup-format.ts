/** What a backup is on disk: one folder each, and the files of all of them by content beside them. */
import { join } from 'node:path';
import { z } from 'zod';

/** Raised when an older Encore could not read what is written. */
export const backupFormat = 1;

export const backupFiles = {
  database: 'encore.db',
  /** `BackupFacts`. */
  facts: 'backup.json',
  /** A `StoredFile` a line. */
  files: 'files.ndjson',
  /** Small files of the data folder that no event holds. */
  secrets: 'secrets',
  /** As `sha256sum -c` reads it: every file of the backup's own folder. */
  sums: 'SHA256SUMS',
} as const;

/** What of the data folder goes along beside the database. `mqtt-retained.db`, caches and logs make themselves again. */
export const secretFiles = [
  'jwt-secret',
  'setup-code',
  'box-id',
  join('yt-dlp', 'cookies.txt'),
] as const;

const count = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const backupFacts = z.object({
  format: z.number().int().min(1),
  encore_version: z.string(),
  created_at: z.iso.datetime(),
  /** The head of the log in it. */
  position: count,
  head: sha256,
  database_bytes: count,
  files: count,
  files_bytes: count,
  /** Sounds of the library whose file lay nowhere. */
  missing: count,
  /** Files that could not be read, and so are not in it. */
  left_out: count,
});
export type BackupFacts = z.infer<typeof backupFacts>;

/** Never out of the folder it is restored into. */
const inside = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every((part) => part !== '' && !/^\.{1,2}$/.test(part));

export const storedFile = z.object({
  /** `sounds/originals/soundboard/Air horn.wav`: the first part names the folder it belongs to. */
  path: z.string().refine(inside, 'leads out of its folder'),
  size: count,
  mtime_ms: z.number(),
  sha256,
});
export type StoredFile = z.infer<typeof storedFile>;

const namePattern = /^encore-(\d{4}-\d\d-\d\dT\d{6}Z)-(\d+)-([0-9a-f]{12})$/;

/** `encore-2026-03-01T023000Z-48213-9f2c…`: when, how far, and the first half dozen bytes of the head. */
export const backupName = (
  facts: Pick<BackupFacts, 'created_at' | 'position' | 'head'>,
): string => {
  const at = `${facts.created_at.slice(0, 19).replaceAll(':', '')}Z`;
  return `encore-${at}-${facts.position}-${facts.head.slice(0, 12)}`;
};

export const isBackupName = (name: string): boolean => namePattern.test(name);

export const partialPrefix = '.partial-';
/** Tells a folder of backups from the empty place where a share is to be mounted. */
export const markerFile = '.encore-backups';
export const contentFolder = 'sounds';
export const contentPath = (folder: string, hash: string): string =>
  join(folder, contentFolder, hash.slice(0, 2), hash);
