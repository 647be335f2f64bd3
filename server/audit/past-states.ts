import { setImmediate as turn } from 'node:timers/promises';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError } from '../kernel/problem.ts';
import { copyPast, emptyPast, foldedTypes, foldPast, type Past } from './past-fold.ts';

export const pastLimits = {
  /** Read at one time: a millisecond or two, so that a press does not wait. */
  pageEvents: 100,
  /** A kept state every so many events, so that a neighbouring moment costs little. */
  keepEveryEvents: 10_000,
  /** Kept states; beyond that every second one goes, and they are kept half as often. */
  keptMax: 128,
  /** Questions under way and waiting. */
  questionsMax: 8,
} as const;

export const pastBusy = {
  status: 429,
  code: 'past_states_busy',
  title: 'The log is being replayed',
  detail: `${pastLimits.questionsMax} questions about the past are under way already: ask again in a moment.`,
} as const;

/** The server ends: nobody waits for the answer any more. */
const pastStopped = {
  status: 503,
  code: 'stopping',
  title: 'Encore is stopping',
  detail: 'Encore is stopping. Ask again once it is back.',
} as const;

/**
 * The past, replayed from the log page by page and with a breath between, one question after the
 * other. What lies between two positions never changes, so states on the way are kept.
 */
export const createPastStates = (
  { log }: Pick<Kernel, 'log'>,
  limits: { readonly [Name in keyof typeof pastLimits]: number } = pastLimits,
) => {
  /** In the order of their positions. */
  let kept: { readonly position: number; readonly past: Past }[] = [];
  let everyEvents = limits.keepEveryEvents;
  let questions = 0;
  let before: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const keep = (position: number, past: Past) => {
    if (position % everyEvents !== 0 || position <= (kept.at(-1)?.position ?? 0)) return;
    kept.push({ position, past: copyPast(past) });
    if (kept.length <= limits.keptMax) return;
    everyEvents *= 2;
    kept = kept.filter((one) => one.position % everyEvents === 0);
  };

  const replay = async (position: number): Promise<Past> => {
    const start = kept.findLast((one) => one.position <= position);
    const past = start ? copyPast(start.past) : emptyPast();
    let at = start?.position ?? 0;
    while (at < position) {
      if (stopped) throw new ProblemError(pastStopped);
      // Pages end where states are kept.
      const toKept = everyEvents - (at % everyEvents);
      const limit = Math.min(limits.pageEvents, position - at, toKept);
      for (const event of log.readAll(at, limit, foldedTypes)) foldPast(past, event);
      at += limit;
      keep(at, past);
      await turn();
    }
    return past;
  };

  return {
    /** After the event at a position that the log has. @throws ProblemError when too many ask */
    async at(position: number): Promise<Past> {
      if (questions >= limits.questionsMax) throw new ProblemError(pastBusy);
      questions++;
      const answer = before.then(() => replay(position));
      before = answer.catch(() => undefined);
      try {
        return await answer;
      } finally {
        questions--;
      }
    },
    stop(): void {
      stopped = true;
    },
  };
};
export type PastStates = ReturnType<typeof createPastStates>;
