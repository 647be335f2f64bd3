import { done } from '../kernel/command-bus.ts';
import type { CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createPace } from '../kernel/pace.ts';
import type { JobProgress } from '../sounds/contract.ts';
import type { BackupMaker } from './backup-maker.ts';
import type { BackupsState, BackupStage } from './contract.ts';
import { backupsDecider } from './decider.ts';
import { backupStream, type BackupEvent } from './events.ts';
import type { BackupQueries } from './queries.ts';

const progressEveryMs = 250;

const stageWords: Record<BackupStage, string> = {
  database: 'Copying the log and all that is known',
  proof: 'Proving the copy',
  sounds: 'Copying sounds',
};

type Running = NonNullable<BackupsState['running']>;

/** Takes one backup at a time, tells how far it is, and records how it ended. */
export const createBackupRuns = (
  kernel: Kernel,
  { maker, queries }: { maker: BackupMaker; queries: BackupQueries },
) => {
  const { bus, clock, ids, logger } = kernel;
  const stopping = new AbortController();
  let running: Running | null = null;
  let ended: Promise<void> = Promise.resolve();

  const tell = (state: JobProgress['state'], { job_id, stage, done: at, total }: Running) =>
    kernel.publish({
      type: 'job_progress',
      data: {
        job: 'backup',
        job_id,
        done: at,
        total,
        state,
        title: stageWords[stage],
      } satisfies JobProgress,
      audience: ({ role }) => role === 'admin',
    });

  const record = async (request: CommandRequest, outcome: BackupEvent) => {
    await bus.execute(request, (tx) => {
      tx.decide(backupsDecider, backupStream, { type: 'RecordBackup', outcome });
      return done(null);
    });
  };

  const make = async (request: CommandRequest, job: Running): Promise<JobProgress['state']> => {
    const { folder } = maker;
    const startedAtMs = clock.monotonic();
    const pace = createPace(progressEveryMs, () => tell('running', job));
    try {
      const made = await maker.make({
        isKnown: queries.isKnown(folder),
        signal: stopping.signal,
        progress(stage, at, total) {
          Object.assign(job, { stage, done: at, total });
          pace.soon();
        },
      });
      if (!made.ok) {
        const { code, reason } = made;
        logger.warn({ code, reason }, 'the backup failed');
        await record(request, { type: 'BackupFailed', data: { folder, code, reason } });
        return 'failed';
      }
      const { created_at: _, warnings, ...backup } = made.backup;
      const duration_ms = Math.round(clock.monotonic() - startedAtMs);
      // `name` is the program's own in each line.
      const { name, ...facts } = backup;
      logger.info({ backup: name, ...facts, duration_ms }, 'a backup was taken');
      for (const warning of warnings) logger.warn({ warning }, 'backup');
      const data = { ...backup, pruned: [...backup.pruned], folder, duration_ms };
      await record(request, { type: 'BackupCompleted', data });
      return 'finished';
    } catch (error) {
      if (stopping.signal.aborted) return 'cancelled';
      logger.error({ err: error }, 'the backup failed');
      const reason = 'Encore itself failed at it; its log says more';
      await record(request, {
        type: 'BackupFailed',
        data: { folder, code: 'encore_failed', reason },
      });
      return 'failed';
    } finally {
      pace.stop();
    }
  };

  return {
    running: () => running,

    /** Undefined: one is running already. Its end is told by the feed. */
    begin(request: CommandRequest): string | undefined {
      if (running || stopping.signal.aborted) return undefined;
      const job: Running = { job_id: ids(), stage: 'database', done: 0, total: 0 };
      running = job;
      tell('running', job);
      ended = make({ ...request, correlationId: request.correlationId ?? job.job_id }, job)
        .catch((error: unknown) => {
          logger.error({ err: error }, 'how the backup ended could not be recorded');
          return 'failed' as const;
        })
        .then((state) => {
          running = null;
          tell(state, job);
        });
      return job.job_id;
    },

    async stop(): Promise<void> {
      stopping.abort(new Error('Encore is stopping'));
      await ended;
    },
  };
};
export type BackupRuns = ReturnType<typeof createBackupRuns>;
