/** Wire shapes of backups. */
import { z } from 'zod';

const count = z.number().int().min(0);

export const backup = z
  .object({
    /** Its folder's name, with time, position and the head's beginning. */
    name: z.string(),
    created_at: z.string(),
    position: count,
    /** SHA-256 of the log's head in it, lower-case hex. */
    head: z.string(),
    encore_version: z.string(),
    database_bytes: count,
    files: count,
    files_bytes: count,
    /** Sounds of the library whose file lay nowhere. */
    missing: count,
    /** Files that could not be read. */
    left_out: count,
    duration_ms: count,
  })
  .meta({ id: 'Backup' });
export type Backup = z.infer<typeof backup>;

/** Why a backup could not be taken. */
export const backupFailureCodes = [
  /** The folder above the one for backups is not there. */
  'folder_missing',
  /** An empty place where earlier backups should be: a disk or share that is not mounted. */
  'folder_not_known',
  'folder_gone',
  'no_folder',
  'already_running',
  /** Before it began; `disk_full`: meanwhile. */
  'no_room',
  'disk_full',
  'quota_used_up',
  'not_allowed',
  'read_only',
  'share_silent',
  'disk_fails',
  'database_damaged',
  'log_damaged',
  'there_already',
  'sound_changed',
  /** A fault of Encore's own. */
  'encore_failed',
  /** The words tell; also all before there were codes. */
  'other',
] as const;
export type BackupFailureCode = (typeof backupFailureCodes)[number];

export const backupStages = ['database', 'proof', 'sounds'] as const;
export type BackupStage = (typeof backupStages)[number];

/** GET /admin/backups */
export const backupsState = z
  .object({
    folder: z.string(),
    /** When one is taken each night, in the house's time zone; null: nobody does it by itself. */
    daily_at: z.string().nullable(),
    /** The one under way; also told by `job_progress` with the job `backup`. */
    running: z
      .object({
        job_id: z.string(),
        stage: z.enum(backupStages),
        /** Of the stage: pages, events, files. */
        done: count,
        total: count,
      })
      .nullable(),
    /** Unless a good one came after it. */
    last_failure: z
      .object({ at: z.string(), code: z.enum(backupFailureCodes), reason: z.string() })
      .nullable(),
    /** Newest first, those in `folder` that Encore has not cleared away. */
    items: z.array(backup),
  })
  .meta({ id: 'BackupsState' });
export type BackupsState = z.infer<typeof backupsState>;

/** POST /admin/backups */
export const backupStarted = z.object({ job_id: z.string() }).meta({ id: 'BackupStarted' });
