import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import type { ExtractionCommand } from './decider.ts';
import type { Extractor } from './extractor.ts';
import { systemFault, timedOut, unforeseen } from './failures.ts';
import type { JobCommands } from './job-commands.ts';
import { createLiveJobs, type OnLive, type Working } from './live-jobs.ts';
import { jobLimits } from './limits.ts';
import type { ResolvedMedia } from './media-source.ts';
import type { ExtractionQueries, ExtractionRow } from './queries.ts';
import { requestOf } from './reports.ts';
import type { Run } from './run.ts';

/** Why a run was broken off from outside. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
  readonly why: 'cancelled' | 'stopping';
  constructor(why: BrokenOff['why']) {
    super(why);
    this.why = why;
  }
}

export type DispatcherPorts = {
  readonly queries: ExtractionQueries;
  readonly commands: JobCommands;
  readonly extract: Extractor;
  /** Jobs at work at a time. */
  readonly atOnceMax: number;
  readonly onLive: OnLive;
};

/** Takes waiting jobs up in their order, a few at a time, and sees that each has an end. */
export const createDispatcher = (kernel: Kernel, ports: DispatcherPorts) => {
  const { bus, clock, logger } = kernel;
  const { queries, commands, extract, atOnceMax } = ports;
  const live = createLiveJobs(queries, (job, what) => {
    if (!stopping) ports.onLive(job, what);
  });
  const { running } = live;
  /** Media → the job that makes it. */
  const making = new Map<string, string>();
  /** Jobs that wait for another one with the same media. */
  const held = new Map<string, { waits: string; media: ResolvedMedia }>();
  /** Jobs whose course could not be kept. */
  const stalled = new Map<string, NodeJS.Timeout>();
  /** Nothing begins before what a killed server left behind is seen to. */
  let isOpen = false;
  let stopping = false;

  const send = (
    job: ExtractionRow,
    command: Exclude<ExtractionCommand, { type: 'RequestExtraction' }>,
    by = requestOf(job),
  ) =>
    bus.execute(by, (tx) => {
      commands.decide(tx, job.id, command);
      return done(null);
    });

  const runOf = (job: ExtractionRow, working: Working, signal: AbortSignal): Run => ({
    id: job.id,
    user_id: job.user_id,
    attempt: job.attempt,
    signal,
    media: held.get(job.id)?.media ?? null,
    stepTo(step) {
      if (working.step === step) return;
      working.step = step;
      if (step !== 'downloading') working.progress = null;
      live.tell(job.id, 'job');
    },
    progress(progress) {
      working.progress = progress;
      const now = clock.monotonic();
      if (now - working.told_ms < jobLimits.progressEveryMs) return;
      working.told_ms = now;
      live.tell(job.id, 'progress');
    },
    claim(mediaKey) {
      const owner = making.get(mediaKey);
      if (owner !== undefined && owner !== job.id) return false;
      making.set(mediaKey, job.id);
      return true;
    },
  });

  /** Later, once there may be room again, it begins anew as after a crash. */
  const stall = (job: ExtractionRow) => {
    if (stopping) return;
    const again = () => {
      stalled.delete(job.id);
      send(job, { type: 'BreakOff', why: 'stopped' })
        .then(pump)
        .catch(() => stall(job));
    };
    stalled.set(job.id, setTimeout(again, jobLimits.stalledMs).unref());
  };

  const end = async (job: ExtractionRow, error: unknown): Promise<void> => {
    const { attempt } = job;
    if (error instanceof BrokenOff) {
      if (error.why === 'stopping') await send(job, { type: 'BreakOff', why: 'stopped' });
      return;
    }
    if (error instanceof StorageUnavailable) throw error;
    const fault = error instanceof Error && error.name === 'TimeoutError';
    const known = fault ? timedOut(jobLimits.jobTimeoutMs) : systemFault(error);
    logger.error({ err: error, extraction_id: job.id }, 'an extraction broke off');
    await send(job, { type: 'Fail', failure: known ?? unforeseen, attempt });
  };

  const work = async (job: ExtractionRow, working: Working): Promise<void> => {
    const late = AbortSignal.timeout(jobLimits.jobTimeoutMs);
    const signal = AbortSignal.any([working.cancelling.signal, late]);
    try {
      await bus.execute(requestOf(job), (tx) => {
        commands.begin(tx, job.id, job.attempt);
        return done(null);
      });
      const run = runOf(job, working, signal);
      const ended = await extract(job, run);
      if (ended === 'ended') held.delete(job.id);
      else {
        await bus.execute(requestOf(job), () => {
          commands.rest(job.id);
          return done(null);
        });
        signal.throwIfAborted();
        held.set(job.id, ended);
      }
    } catch (error) {
      held.delete(job.id);
      // A tool that was killed may say anything: the reason it was killed for counts.
      const reason: unknown = signal.aborted ? signal.reason : error;
      await end(job, reason).catch((fault: unknown) => {
        logger.error({ err: fault, extraction_id: job.id }, 'an extraction stays open for now');
        stall(job);
      });
    } finally {
      running.delete(job.id);
      for (const [mediaKey, id] of making) if (id === job.id) making.delete(mediaKey);
      pump();
    }
  };

  const mayBegin = ({ id }: ExtractionRow): boolean =>
    !stalled.has(id) && !making.has(held.get(id)?.waits ?? '');

  const pump = (): void => {
    for (;;) {
      if (stopping) return;
      const job = isOpen && running.size < atOnceMax ? live.waiting().find(mayBegin) : undefined;
      if (!job) break;
      const working: Working = {
        user_id: job.user_id,
        cancelling: new AbortController(),
        step: 'resolving',
        progress: null,
        told_ms: -Infinity,
        work: Promise.resolve(),
      };
      live.begin(job, working);
      working.work = work(job, working);
    }
    live.tellWaiting();
  };

  return {
    pump,
    shown: live.shown,
    shownAll: live.shownAll,
    running: () => [...running].map(([id, { user_id, step }]) => ({ id, user_id, step })),
    queued: (): number => live.waiting().length,
    /** Its end is on the log: what works on it stops. */
    cancelled(id: string): void {
      running.get(id)?.cancelling.abort(new BrokenOff('cancelled'));
      clearTimeout(stalled.get(id));
      stalled.delete(id);
      held.delete(id);
      pump();
    },
    /** To be called before any job runs: what a killed server had at work begins again, or has failed. */
    async recover(): Promise<void> {
      for (const id of queries.began()) {
        const job = queries.find(id);
        if (!job) continue;
        const by = { ...requestOf(job), actor: 'system', origin: 'system' } as const;
        await send(job, { type: 'BreakOff', why: 'interrupted' }, by);
      }
    },
    /** From now on waiting jobs are taken up. */
    open(): void {
      isOpen = true;
      pump();
    },
    /** Resolves when nothing runs any more; what ran begins again at the next start. */
    async stop(): Promise<void> {
      stopping = true;
      for (const timer of stalled.values()) clearTimeout(timer);
      const works = [...running.values()].map(({ cancelling, work: one }) => {
        cancelling.abort(new BrokenOff('stopping'));
        return one;
      });
      await Promise.allSettled(works);
    },
  };
};
export type Dispatcher = ReturnType<typeof createDispatcher>;
