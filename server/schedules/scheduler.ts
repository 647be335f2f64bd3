import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { What } from './contract.ts';
import { scheduleDecider, type ScheduleCommand, type ScheduleRefusal } from './decider.ts';
import { scheduleStream } from './events.ts';
import { lastRun } from './next-run.ts';
import { nextOf, type KnownSchedule, type ScheduleQueries } from './queries.ts';

/** How late a due time is still kept; after that the moment is gone. */
export const graceMs = 60_000;
/** How soon a jump of the clock is noticed. */
const lookEveryMs = 60_000;
/** The player comes back after a start: what is due then waits for it. */
const firstLookMs = 5000;

/** Makes it happen, as the house. */
export type Perform = (
  what: What,
  asked: { command: CommandRequest; alarm: boolean },
) => Promise<Problem | undefined>;

const house = { actor: 'schedule', origin: 'schedule' } as const;

/** Fires what is due, once, and nothing that was missed. */
export const createScheduler = (kernel: Kernel, queries: ScheduleQueries, perform: Perform) => {
  const { bus, clock, logger } = kernel;
  /** What was fired and goes on: slow words do not keep an alarm waiting. */
  const performing = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** As of when schedules were looked at last; undefined before the first time. */
  let lookedAtMs: number | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const decide = (
    request: CommandRequest,
    command: ScheduleCommand,
  ): Promise<Outcome<null, ScheduleRefusal>> =>
    bus.execute(request, (tx) => {
      const decision = tx.decide(scheduleDecider, scheduleStream(command.schedule_id), command);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });

  const fired = (id: string, due_at: string | null, request: CommandRequest) =>
    decide(request, { type: 'Fire', schedule_id: id, due_at });

  /** Makes it happen, and keeps what came in its way. */
  const carryOut = async (
    { id, terms }: KnownSchedule,
    due_at: string | null,
    correlationId: string,
  ): Promise<{ problem: Problem; position: number } | undefined> => {
    const command = { ...house, correlationId };
    const problem = await perform(terms.what, { command, alarm: terms.alarm });
    if (!problem) return undefined;
    logger.warn({ schedule: id, code: problem.code }, 'a schedule fired and nothing came of it');
    const { code, detail: message } = problem;
    const kept = await decide(command, {
      type: 'ReportFailed',
      schedule_id: id,
      due_at,
      code,
      message,
    });
    return { problem, position: kept.position };
  };

  /**
   * Fired first, then performed: a crash between the two costs this one sound, and never makes it
   * sound late. That is why no reactor does it, which would try again.
   */
  const fire = async (
    schedule: KnownSchedule,
    due_at: string | null,
    request: CommandRequest,
  ): Promise<Outcome<Problem | undefined, ScheduleRefusal>> => {
    const correlationId = request.correlationId ?? kernel.ids();
    const outcome = await fired(schedule.id, due_at, { ...request, correlationId });
    if (!outcome.ok) return outcome;
    if (outcome.repeated) return { ...outcome, result: undefined };
    const failure = await carryOut(schedule, due_at, correlationId);
    if (!failure) return { ...outcome, result: undefined };
    return { ...outcome, position: failure.position, result: failure.problem };
  };

  const dueOf = ({ terms, defined_at }: KnownSchedule, nowMs: number): number | null => {
    if (!terms.enabled) return null;
    // Defined under a clock that ran ahead: that moment says nothing about the present.
    const since = defined_at > nowMs ? 0 : defined_at;
    const window = { afterMs: Math.max(nowMs - graceMs, since), untilMs: nowMs };
    return lastRun(terms.when, terms.zone, window);
  };

  const failed = (error: unknown): void =>
    logger.error({ err: error }, 'the schedules are looked at again');

  const run = async (): Promise<void> => {
    const now = clock.now();
    lookedAtMs = now;
    for (const schedule of queries.all()) {
      const due = dueOf(schedule, now);
      if (due === null) continue;
      const due_at = new Date(due).toISOString();
      const correlationId = kernel.ids();
      // Refused where it has fired already: the window is looked at more than once.
      const { ok } = await fired(schedule.id, due_at, { ...house, correlationId });
      if (!ok) continue;
      const work: Promise<void> = carryOut(schedule, due_at, correlationId)
        .then(() => undefined, failed)
        .finally(() => performing.delete(work));
      performing.add(work);
    }
  };

  const arm = (): void => {
    // The first look comes in any case, and sets the next one.
    if (stopped || lookedAtMs === undefined) return;
    const now = clock.now();
    // What came due while the last look was under way is looked at now.
    const since = Math.min(lookedAtMs, now);
    const next = queries.all().map((schedule) => nextOf(schedule, since) ?? Infinity);
    const waitMs = Math.max(0, Math.min(...next.map((at) => at - now), lookEveryMs));
    clearTimeout(timer);
    timer = setTimeout(() => void look(), waitMs);
  };

  /** Fires what is due now and waits for the next; through when all of it has been performed. */
  const look = async (): Promise<void> => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined;
        arm();
      });
    await running;
    await Promise.all(performing);
  };

  return {
    look,
    fire,
    decide,
    /** Schedules were defined or removed. */
    changed: arm,
    start: (): void => void (timer = setTimeout(() => void look(), firstLookMs)),
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
      await Promise.all(performing);
    },
  };
};
export type Scheduler = ReturnType<typeof createScheduler>;
