import { setTimeout as sleep } from 'node:timers/promises';

/** One line of a benchmark's table. */
export type Row = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  /** Left out where one number is all there is. */
  readonly p95?: number;
  /** Against the floor measured in the same run. */
  readonly ratio?: number;
  /** What the row should keep to, in words, and whether it did. */
  readonly goal?: { readonly text: string; readonly met: boolean };
};

export type BenchOptions = {
  /** How long a load that goes on and on is kept up. */
  readonly minutes: number;
};

export type Bench = { readonly name: string; run(options: BenchOptions): Promise<Row[]> | Row[] };

/** The value below which this share of the samples lies. */
export const quantile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
export const p95 = (samples: readonly number[]): number => quantile(samples, 0.95);
export const p99 = (samples: readonly number[]): number => quantile(samples, 0.99);

/** Milliseconds that one call took. */
export const timed = async (body: () => unknown): Promise<number> => {
  const start = performance.now();
  await body();
  return performance.now() - start;
};

export const atMost = (limit: number, value: number, unit = '') => ({
  text: `≤ ${limit}${unit}`,
  met: value <= limit,
});

export const atLeast = (limit: number, value: number, unit = '') => ({
  text: `≥ ${limit}${unit}`,
  met: value >= limit,
});

const restLookMs = 500;
const restShare = 0.05;
const restWaitMsMax = 120_000;

/** Waits until this process does next to nothing: what a server does after its start is over. */
export const atRest = async (): Promise<void> => {
  const until = performance.now() + restWaitMsMax;
  for (let share = 1; share > restShare && performance.now() < until;) {
    const before = process.cpuUsage();
    await sleep(restLookMs);
    const { user, system } = process.cpuUsage(before);
    share = (user + system) / 1000 / restLookMs;
  }
};
