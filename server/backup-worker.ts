import './require-node.ts';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { BackupFault } from './adapters/backup/backup-fault.ts';
import {
  takeBackup,
  type BackupStage,
  type BackupTarget,
  type TakenBackup,
} from './adapters/backup/take-backup.ts';
import type { BackupFailureCode } from './backups/contract.ts';
import { houseSource, type HousePaths } from './house-backup.ts';

export type BackupTask = { readonly paths: HousePaths; readonly target: BackupTarget };
export type BackupWord =
  | { readonly stage: BackupStage; readonly done: number; readonly total: number }
  | { readonly taken: TakenBackup }
  | { readonly fault: { readonly code: BackupFailureCode; readonly reason: string } };

const progressEveryMs = 250;

// On Linux the priority is this thread's alone: sound goes first.
setPriority(constants.priority.PRIORITY_LOW);

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port is no window
const say = (word: BackupWord) => parentPort?.postMessage(word);
let saidAt = -Infinity;

const { paths, target } = workerData as BackupTask;
try {
  const taken = await takeBackup(houseSource(paths), target, new Date(), (stage, done, total) => {
    const now = performance.now();
    if (now - saidAt < progressEveryMs) return;
    saidAt = now;
    say({ stage, done, total });
  });
  say({ taken });
} catch (error) {
  if (!(error instanceof BackupFault)) throw error;
  say({ fault: { code: error.code, reason: error.message } });
}
