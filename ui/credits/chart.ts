import type { Transaction } from '../../server/credits/contract.ts';
import { clockWord, dayWord } from './moments.ts';

/** The balance from this moment on. */
export type Step = { at: number; balance: number };

export type Span = { from: number; to: number };

const leastSpanMs = 10 * 60_000;
const dayMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;

/** The balance over time, oldest first, from a ledger that comes newest first. */
export const stepsOf = (newestFirst: readonly Transaction[]): Step[] => {
  const steps = newestFirst
    .filter(({ success }) => success)
    .map((one) => ({ at: Date.parse(one.created_at), balance: one.balance_after }))
    .reverse();
  const oldest = newestFirst.findLast(({ success }) => success);
  const first = steps[0];
  return first && oldest ? [{ at: first.at, balance: oldest.balance_before }, ...steps] : steps;
};

/** What the chart shows: all that is known until now, and never less than ten minutes. */
export const spanOf = (newestFirst: readonly Transaction[], nowMs: number): Span => {
  const oldest = newestFirst.at(-1);
  const from = oldest ? Date.parse(oldest.created_at) : nowMs;
  const newest = newestFirst[0] ? Date.parse(newestFirst[0].created_at) : nowMs;
  // The clock of this device may be behind that of the box.
  const to = Math.max(nowMs, newest);
  return { from: Math.min(from, to - leastSpanMs), to };
};

/** Where a moment is between the ends of a span, 0 … 1. */
export const shareOf = (at: number, { from, to }: Span): number =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

export const momentAt = (share: number, { from, to }: Span): number =>
  Math.round(from + share * (to - from));

/** The step that holds at a moment; undefined before the first. */
export const stepAt = (steps: readonly Step[], at: number): Step | undefined =>
  steps.findLast((step) => step.at <= at);

/** 1, 2 or 5 times a power of ten: the smallest that needs at most `most` lines. */
const niceStep = (highest: number, most: number): number => {
  const least = Math.max(1, highest / most);
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((times) => times * power >= least) ?? 10) * power;
};

/** The lines of the grid, from 0 to at least the highest balance. */
export const balanceTicks = (highest: number, most: number): number[] => {
  const step = niceStep(Math.max(1, highest), most);
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
};

export type Tick = { at: number; label: string };

const paces = [
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * 60_000),
  ...[1, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 4, 7, 14, 28, 91, 182, 364].map((days) => days * dayMs),
];

/** Local midnight, or the pace's own round minute, at or after a moment. */
const firstTick = (from: number, paceMs: number): number => {
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  if (paceMs >= dayMs) return midnight === from ? from : nextDay(midnight, 1);
  return midnight + Math.ceil((from - midnight) / paceMs) * paceMs;
};

/** Days by the calendar: one of them has 23 hours, one 25. */
const nextDay = (midnight: number, days: number): number => {
  const date = new Date(midnight);
  return date.setDate(date.getDate() + days);
};

/** Round moments below the chart, at most `most` of them. */
export const timeTicks = ({ from, to }: Span, most: number): Tick[] => {
  const paceMs = paces.find((pace) => (to - from) / pace <= most) ?? 364 * dayMs;
  const byDay = paceMs >= dayMs;
  const ticks: Tick[] = [];
  for (
    let at = firstTick(from, paceMs);
    at <= to && ticks.length < most;
    at = byDay ? nextDay(at, paceMs / dayMs) : at + paceMs
  ) {
    ticks.push({ at, label: byDay ? dayWord(at) : clockWord(at) });
  }
  return ticks;
};

export type Plot = { left: number; top: number; width: number; height: number };

const round = (value: number): number => Math.round(value * 10) / 10;

/** Balances to heights, moments to places. */
export const scalesOf = (plot: Plot, span: Span, highest: number) => ({
  x: (at: number): number => round(plot.left + shareOf(at, span) * plot.width),
  y: (balance: number): number =>
    round(plot.top + plot.height * (1 - balance / Math.max(1, highest))),
});

/** Level until the next change, then straight up or down. Begins with its first step. */
export const stepPath = (
  steps: readonly Step[],
  end: number,
  { x, y }: ReturnType<typeof scalesOf>,
): string => {
  const [first, ...rest] = steps;
  if (!first) return '';
  const walked = rest.map((step) => `H${x(step.at)}V${y(step.balance)}`).join('');
  return `M${x(first.at)} ${y(first.balance)}${walked}H${x(end)}`;
};
