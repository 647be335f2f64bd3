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
  let timer: NodeJS.Timeout | undefined;
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

  /**
   * Fired first, then performed: a crash between the two costs this one sound, and never makes it
   * sound late. That is why no reactor does it, which would try again.
   */
  const fire = async (
    { id, terms }: KnownSchedule,
    due_at: string | null,
    request: CommandRequest = house,
  ): Promise<Outcome<Problem | undefined, ScheduleRefusal>> => {
    const correlationId = request.correlationId ?? kernel.ids();
    const fired = await decide(
      { ...request, correlationId },
      { type: 'Fire', schedule_id: id, due_at },
    );
    if (!fired.ok) return fired;
    if (fired.repeated) return { ...fired, result: undefined };
    const command = { ...house, correlationId };
    const problem = await perform(terms.what, { command, alarm: terms.alarm });
    if (!problem) return { ...fired, result: undefined };
    logger.warn({ schedule: id, code: problem.code }, 'a schedule fired and nothing came of it');
    const { code, detail: message } = problem;
    const kept = await decide(command, {
      type: 'ReportFailed',
      schedule_id: id,
      due_at,
      code,
      message,
    });
    return { ...fired, position: kept.position, result: problem };
  };

  const dueOf = ({ terms, defined_at }: KnownSchedule, nowMs: number): number | null => {
    if (!terms.enabled) return null;
    // Defined under a clock that ran ahead: that moment says nothing about the present.
    const since = defined_at > nowMs ? 0 : defined_at;
    const window = { afterMs: Math.max(nowMs - graceMs, since), untilMs: nowMs };
    return lastRun(terms.when, terms.zone, window);
  };

  const run = async (): Promise<void> => {
    const now = clock.now();
    for (const schedule of queries.all()) {
      const due = dueOf(schedule, now);
      // Refused where it has fired already: the window is looked at more than once.
      if (due !== null) await fire(schedule, new Date(due).toISOString());
    }
  };

  const arm = (): void => {
    if (stopped) return;
    const now = clock.now();
    const next = queries.all().map((schedule) => nextOf(schedule, now) ?? Infinity);
    const waitMs = Math.min(...next.map((at) => at - now), lookEveryMs);
    clearTimeout(timer);
    timer = setTimeout(() => void look(), waitMs);
  };

  /** Fires what is due now and waits for the next. */
  const look = (): Promise<void> => {
    running ??= run()
      .catch((error: unknown) => logger.error({ err: error }, 'the schedules are looked at again'))
      .finally(() => {
        running = undefined;
        arm();
      });
    return running;
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
    },
  };
};
export type Scheduler = ReturnType<typeof createScheduler>;
