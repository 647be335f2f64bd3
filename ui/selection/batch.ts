import { sentenceOf, Unreachable } from '../api/problem.ts';

export type BatchOutcome<T> = {
  done: T[];
  failed: { item: T; reason: string }[];
  /** What was not begun: it was cancelled, or nobody answered any more. */
  left: T[];
};

/** Requests at a time: the house has other things to do too. */
export const atOnceMax = 4;

/**
 * Works through many things, some at a time. One that is refused does not stop the others; a server
 * that does not answer does.
 */
export const runBatch = async <T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  options: { onProgress: (ended: number) => void; signal: AbortSignal; atOnce?: number },
): Promise<BatchOutcome<T>> => {
  const { onProgress, signal, atOnce = atOnceMax } = options;
  const outcome: BatchOutcome<T> = { done: [], failed: [], left: [] };
  const queue = [...items];
  let lost = false;

  const worker = async (): Promise<void> => {
    while (!signal.aborted && !lost) {
      const item = queue.shift();
      if (item === undefined) return;
      try {
        await work(item);
        outcome.done.push(item);
      } catch (error) {
        lost ||= error instanceof Unreachable;
        outcome.failed.push({ item, reason: sentenceOf(error) });
      }
      onProgress(outcome.done.length + outcome.failed.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return { ...outcome, left: queue };
};
