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

/** How many are before each job that waits. */
type Aheads = ReadonlyMap<string, number>;

/** The jobs at work and the order of those that wait. */
export const createLiveJobs = (
  queries: Pick<ExtractionQueries, 'open' | 'find'>,
  onLive: OnLive,
) => {
  const running = new Map<string, Working>();
  const lastServed = new Map<string, number>();
  let aheadTold: Aheads = new Map();
  let served = 0;

  const waiting = (): ExtractionRow[] =>
    queueOrder(
      queries.open().filter(({ id }) => !running.has(id)),
      lastServed,
    );

  const aheads = (): Aheads => new Map(waiting().map(({ id }, index) => [id, index]));

  const liveOf = (id: string, ahead: Aheads): Live => {
    const working = running.get(id);
    if (working) return { step: working.step, progress: working.progress, ahead: null };
    return { step: null, progress: null, ahead: ahead.get(id) ?? null };
  };
  const shown = (row: ExtractionRow, ahead = aheads()): Extraction =>
    present(row, liveOf(row.id, ahead));
  const tell = (id: string, what: 'job' | 'progress', ahead?: Aheads) => {
    const row = queries.find(id);
    if (row) onLive(shown(row, ahead), what);
  };

  return {
    running,
    waiting,
    shown,
    shownAll(rows: readonly ExtractionRow[]): Extraction[] {
      const ahead = aheads();
      return rows.map((row) => shown(row, ahead));
    },
    tell: (id: string, what: 'job' | 'progress') => tell(id, what),
    /** Its turn has come. */
    begin(job: ExtractionRow, working: Working): void {
      served += 1;
      lastServed.set(job.user_id, served);
      running.set(job.id, working);
      tell(job.id, 'job');
    },
    /** Whoever has moved in the queue is told. */
    tellWaiting(): void {
      const ahead = aheads();
      const moved = [...ahead].filter(([id, index]) => aheadTold.get(id) !== index);
      aheadTold = ahead;
      for (const [id] of moved) tell(id, 'job', ahead);
    },
  };
};
