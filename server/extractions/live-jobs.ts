import type { Extraction, ExtractionProgress, ExtractionStep } from './contract.ts';
import { present, type Live } from './present.ts';
import type { ExtractionQueries, ExtractionRow } from './queries.ts';
import { queueOrder } from './queue.ts';

/** A job at work, as this process knows it. */
export type Working = {
  readonly user_id: string;
  readonly cancelling: AbortController;
  step: ExtractionStep;
  progress: ExtractionProgress | null;
  told_ms: number;
  work: Promise<void>;
};

/** Told of what the log does not tell of a job; `progress`: nothing but that has changed. */
export type OnLive = (job: Extraction, what: 'job' | 'progress') => void;

/** The jobs at work and the order of those that wait. */
export const createLiveJobs = (queries: ExtractionQueries, onLive: OnLive) => {
  const running = new Map<string, Working>();
  const lastServed = new Map<string, number>();
  const aheadTold = new Map<string, number>();
  let served = 0;

  const waiting = (): ExtractionRow[] =>
    queueOrder(
      queries.open().filter(({ id }) => !running.has(id)),
      lastServed,
    );

  const liveOf = (id: string): Live => {
    const working = running.get(id);
    if (working) return { step: working.step, progress: working.progress, ahead: null };
    const ahead = waiting().findIndex((job) => job.id === id);
    return { step: null, progress: null, ahead: ahead === -1 ? null : ahead };
  };
  const shown = (row: ExtractionRow): Extraction => present(row, liveOf(row.id));
  const tell = (id: string, what: 'job' | 'progress') => {
    const row = queries.find(id);
    if (row) onLive(shown(row), what);
  };

  return {
    running,
    waiting,
    shown,
    tell,
    /** Its turn has come. */
    begin(job: ExtractionRow, working: Working): void {
      served += 1;
      lastServed.set(job.user_id, served);
      running.set(job.id, working);
      tell(job.id, 'job');
    },
    /** Whoever has moved in the queue is told. */
    tellWaiting(): void {
      const order = waiting();
      const moved = order.filter(({ id }, index) => aheadTold.get(id) !== index);
      aheadTold.clear();
      for (const [index, { id }] of order.entries()) aheadTold.set(id, index);
      for (const { id } of moved) tell(id, 'job');
    },
  };
};
