import './require-node.ts';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ChainVerdict } from './kernel/chain-check.ts';
import { verifyHouse } from './verify-house.ts';

export type VerifyTask = { readonly path: string; readonly reached: number };
export type VerifyWord = { readonly checked: number; readonly of: number } | ChainVerdict;

const progressEveryMs = 250;

// On Linux the priority is this thread's alone: sound goes first.
setPriority(constants.priority.PRIORITY_LOW);

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port is no window
const say = (word: VerifyWord) => parentPort?.postMessage(word);
let saidAt = -Infinity;

const verdict = verifyHouse({
  ...(workerData as VerifyTask),
  progress(checked, of) {
    const now = performance.now();
    if (now - saidAt < progressEveryMs) return;
    saidAt = now;
    say({ checked, of });
  },
});
say(verdict);
