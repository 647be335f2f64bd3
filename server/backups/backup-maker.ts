import type { BackupFailureCode, BackupStage } from './contract.ts';
import type { BackupCompleted } from './events.ts';

export type MadeBackup = Omit<BackupCompleted['data'], 'folder' | 'duration_ms'> & {
  readonly created_at: string;
  /** What did not go as it should, in words. */
  readonly warnings: readonly string[];
};

/** Takes backups beside the house, in a thread of its own. */
export type BackupMaker = {
  /** Absolute. */
  readonly folder: string;
  /**
   * `isKnown`: there were backups in the folder. Ends in a sentence where it could not be done;
   * @throws the signal's reason, or Error for what is a bug
   */
  make(options: {
    readonly isKnown: boolean;
    readonly signal: AbortSignal;
    readonly progress: (stage: BackupStage, done: number, total: number) => void;
  }): Promise<
    { ok: true; backup: MadeBackup } | { ok: false; code: BackupFailureCode; reason: string }
  >;
};
