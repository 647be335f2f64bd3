import { Worker } from 'node:worker_threads';
import type { AuditPorts } from './audit/index.ts';
import type { VerifyTask, VerifyWord } from './verify-worker.ts';

/** Pages of rows live briefly; a fold of 10,000 ledgers takes a few megabytes. */
const threadLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 } as const;

/** Verifies the database at `path` in a thread of its own, beside whoever writes to it. */
export const createVerifier =
  (path: string): AuditPorts['verify'] =>
  ({ reached, signal, progress }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const workerData: VerifyTask = { path, reached };
      const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), {
        workerData,
        resourceLimits: threadLimits,
      });
      const stop = () => {
        reject(signal.reason as Error);
        void worker.terminate();
      };
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', (word: VerifyWord) => {
        if ('verdict' in word) resolve(word);
        else progress(word.checked, word.of);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        signal.removeEventListener('abort', stop);
        reject(new Error(`the verifying thread ended early, with ${code}`));
      });
    });
