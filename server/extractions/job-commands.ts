import type { Ledger } from '../credits/index.ts';
import type { Tx } from '../kernel/command-bus.ts';
import type { Decision } from '../kernel/decider.ts';
import type { Storage } from '../kernel/storage.ts';
import {
  extractionDecider,
  type ExtractionCommand,
  type ExtractionRefusal,
  type ExtractionState,
} from './decider.ts';
import { extractionStream, type ExtractionEvent } from './events.ts';

type Known = Extract<ExtractionState, { kind: 'known' }>;

/** Each end of a job ends its reservation with it: settled where a sound was made, else released. */
const settleUp = (
  ledger: Ledger,
  tx: Tx,
  { user_id, reservation_id }: Known,
  events: readonly ExtractionEvent[],
): void => {
  for (const { type, data } of events) {
    if (type === 'ExtractionFailed') ledger.release(tx, user_id, reservation_id, data.code);
    if (type === 'ExtractionCancelled') ledger.release(tx, user_id, reservation_id, 'cancelled');
    if (type !== 'ExtractionCompleted') continue;
    if (data.duplicate) ledger.release(tx, user_id, reservation_id, 'duplicate');
    else ledger.settle(tx, user_id, reservation_id);
  }
};

/** What takes a job off the worker that had it. */
const offTheWorker: ReadonlySet<string> = new Set([
  'ExtractionCompleted',
  'ExtractionFailed',
  'ExtractionCancelled',
  'ExtractionRetried',
] satisfies ExtractionEvent['type'][]);

/** Commands to a job that was requested, each with what it means for credits and the queue. */
export const createJobCommands = (storage: Storage, ledger: Ledger) => {
  const mark = storage.prepare('INSERT OR IGNORE INTO extraction_runs VALUES (?)');
  const unmark = storage.prepare('DELETE FROM extraction_runs WHERE id = ?');
  const isAtWork = (tx: Tx, id: string, attempt: number): boolean => {
    const job = tx.state(extractionDecider, extractionStream(id));
    return job.kind === 'known' && job.status === 'open' && job.attempt === attempt;
  };
  return {
    /** Whether a run that began as `attempt` still has the job. */
    isAtWork,
    /** A worker takes it up. Part of a transaction, as all of these. */
    begin(tx: Tx, id: string, attempt: number): void {
      if (isAtWork(tx, id, attempt)) mark.run(id);
    },
    /** A worker lays it aside without an end, until another job has made the same. */
    rest(id: string): void {
      unmark.run(id);
    },
    decide(
      tx: Tx,
      id: string,
      command: Exclude<ExtractionCommand, { type: 'RequestExtraction' }>,
    ): Decision<ExtractionEvent, ExtractionRefusal> {
      const job = tx.state(extractionDecider, extractionStream(id));
      const decision = tx.decide(extractionDecider, extractionStream(id), command);
      if (job.kind === 'known' && decision.accepted) settleUp(ledger, tx, job, decision.events);
      if (decision.events.some(({ type }) => offTheWorker.has(type))) unmark.run(id);
      return decision;
    },
  };
};
export type JobCommands = ReturnType<typeof createJobCommands>;
