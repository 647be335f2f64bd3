import { done, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ExtractionCommand } from './decider.ts';
import type { ExtractionFailure } from './events.ts';
import type { JobCommands } from './job-commands.ts';
import type { ExtractionRow } from './queries.ts';
import type { Run } from './run.ts';

type Told<C extends ExtractionCommand = ExtractionCommand> = C extends { attempt: number }
  ? Omit<C, 'attempt'>
  : never;

/** On whose behalf a job runs, and what it follows from. */
export const requestOf = (job: ExtractionRow): CommandRequest => ({
  actor: job.user_id,
  origin: job.origin as CommandRequest['origin'],
  causationId: job.request_event,
  correlationId: job.correlation_id,
});

/** What a run puts on the log. */
export const createReports = ({ bus, logger }: Kernel, commands: JobCommands) => {
  const tell = async (job: ExtractionRow, { attempt }: Run, command: Told): Promise<void> => {
    await bus.execute(requestOf(job), (tx) => {
      commands.decide(tx, job.id, { ...command, attempt });
      return done(null);
    });
  };
  return {
    tell,
    /** Unless the run was broken off: a tool that was killed may say anything. */
    async fail(job: ExtractionRow, run: Run, failure: ExtractionFailure): Promise<'ended'> {
      run.signal.throwIfAborted();
      const { code, last_words } = failure;
      logger.warn({ extraction_id: job.id, code, said: last_words }, 'an extraction failed');
      await tell(job, run, { type: 'Fail', failure });
      return 'ended';
    },
  };
};
export type Reports = ReturnType<typeof createReports>;
