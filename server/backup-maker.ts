import { Worker } from 'node:worker_threads';
import type { Retention } from './adapters/backup/retention.ts';
import type { BackupTask, BackupWord } from './backup-worker.ts';
import type { BackupMaker } from './backups/backup-maker.ts';
import type { HousePaths } from './house-backup.ts';

/** The proof folds 10,000 ledgers; 100,000 files with their hashes are some 50 MB. */
const threadLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 384 } as const;

/** Takes backups of the house in a thread of its own, beside whoever writes to it. */
export const createBackupMaker = (
  paths: HousePaths,
  { folder, keep }: { readonly folder: string; readonly keep: Retention },
): BackupMaker => ({
  folder,
  make: ({ isKnown, signal, progress }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const workerData: BackupTask = { paths, target: { folder, isKnown, keep } };
      const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), {
        workerData,
        resourceLimits: threadLimits,
      });
      const stop = () => {
        reject(signal.reason as Error);
        void worker.terminate();
      };
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', (word: BackupWord) => {
        if ('taken' in word) {
          const { format: _, new_bytes: __, ...backup } = word.taken;
          resolve({ ok: true, backup: { ...backup, pruned: [...backup.pruned] } });
        } else if ('fault' in word) resolve({ ok: false, ...word.fault });
        else progress(word.stage, word.done, word.total);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        signal.removeEventListener('abort', stop);
        reject(new Error(`the thread of the backup ended early, with ${code}`));
      });
    }),
});
