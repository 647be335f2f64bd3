import type { Upcasters } from '../kernel/upcasters.ts';
import type { BackupFailureCode } from './contract.ts';

/** Stream `backups-house`. Folders are those of the configuration then. */
export type BackupCompleted = {
  type: 'BackupCompleted';
  data: {
    name: string;
    folder: string;
    /** The head of the log in it: SHA-256, lower-case hex. */
    position: number;
    head: string;
    encore_version: string;
    database_bytes: number;
    files: number;
    files_bytes: number;
    /** Sounds of the library whose file lay nowhere. */
    missing: number;
    /** Files that could not be read. */
    left_out: number;
    /** Names of older ones that went. */
    pruned: string[];
    duration_ms: number;
  };
};

export type BackupFailed = {
  type: 'BackupFailed';
  data: {
    folder: string;
    code: BackupFailureCode;
    /** A sentence for a person. */
    reason: string;
  };
};

export type BackupEvent = BackupCompleted | BackupFailed;

/** Version 1 had the sentence alone. */
export const backupUpcasters: Upcasters = {
  BackupFailed: { 1: (data: Record<string, unknown>) => ({ code: 'other', ...data }) },
};

export const backupStream = 'backups-house';
