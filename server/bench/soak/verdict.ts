import { median } from '../bench.ts';
import type { ProcessSample, Sample } from './samples.ts';

/** Code is compiled and caches fill: that of SQLite's pages (16 MiB) as slowly as the log outgrows it. */
const warmUpShare = 1 / 2;
/** Of resident memory over what follows the warm-up, however long that is. */
export const growthMiBMax = 8;
/** Files and sockets come and go with the load: compared is what is usual, early and late. */
export const descriptorsMoreMax = 3;
export const threadsMoreMax = 2;
export const walMiBMax = 64;
const edgeShare = 1 / 3;

/** One line of the verdict. */
export type Finding = { readonly name: string; readonly text: string; readonly held: boolean };

export const afterWarmUp = (samples: readonly Sample[]): readonly Sample[] => {
  const lengthMs = (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0);
  const from = (samples[0]?.atMs ?? 0) + lengthMs * warmUpShare;
  return samples.filter(({ atMs }) => atMs >= from);
};

/** Per hour, by the median of the slopes between any two (Theil–Sen): a collection's saw teeth do not bend it. */
export const slopePerHour = (points: readonly { atMs: number; value: number }[]): number => {
  const slopes = points.flatMap((a, index) =>
    points.slice(index + 1).map((b) => (b.value - a.value) / (b.atMs - a.atMs)),
  );
  return slopes.length === 0 ? 0 : median(slopes) * 3_600_000;
};

/** What is usual at the end less what was at the beginning. */
const drift = (values: readonly number[]): number => {
  const count = Math.max(1, Math.floor(values.length * edgeShare));
  return median(values.slice(-count)) - median(values.slice(0, count));
};

const signed = (value: number, digits = 0): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

const ofProcess = (
  name: 'server' | 'player',
  samples: readonly Sample[],
  steady: readonly Sample[],
): Finding[] => {
  const of = (read: (sample: ProcessSample) => number) =>
    steady.map((sample) => read(sample[name]));
  const hours = ((steady.at(-1)?.atMs ?? 0) - (steady[0]?.atMs ?? 0)) / 3_600_000;
  const rss = of(({ rssMiB }) => rssMiB);
  const slope = slopePerHour(
    steady.map((sample) => ({ atMs: sample.atMs, value: sample[name].rssMiB })),
  );
  const growth = slope * hours;
  const cores = of(({ cpuSeconds }) => cpuSeconds);
  const coreShare = ((cores.at(-1) ?? 0) - (cores[0] ?? 0)) / (hours * 3600);
  const descriptors = drift(of((sample) => sample.descriptors));
  const threads = drift(of((sample) => sample.threads));
  const pids = new Set(samples.map((sample) => sample[name].pid));
  return [
    {
      name: `${name}: memory`,
      text: `${Math.min(...rss).toFixed(0)} to ${Math.max(...rss).toFixed(0)} MiB, ${signed(slope, 1)} MiB an hour, ${signed(growth, 1)} MiB after the warm-up (≤ ${growthMiBMax})`,
      held: growth <= growthMiBMax,
    },
    {
      name: `${name}: processor`,
      text: `${(100 * coreShare).toFixed(1)} % of a core (told, not judged)`,
      held: true,
    },
    {
      name: `${name}: descriptors`,
      text: `${median(of((sample) => sample.descriptors))}, ${signed(descriptors)} (≤ ${descriptorsMoreMax})`,
      held: descriptors <= descriptorsMoreMax,
    },
    {
      name: `${name}: threads`,
      text: `${median(of((sample) => sample.threads))}, ${signed(threads)} (≤ ${threadsMoreMax})`,
      held: threads <= threadsMoreMax,
    },
    {
      name: `${name}: lives`,
      text: pids.size === 1 ? 'never restarted' : `restarted ${pids.size - 1} times`,
      held: pids.size === 1,
    },
  ];
};

/** What the log has of the plays that were acknowledged. */
export type LogFacts = {
  /** Whether anybody was to press at all. */
  readonly busy: boolean;
  readonly acknowledged: number;
  /** Of them, those whose request the log does not have. */
  readonly lost: number;
  /** Requested, and never ended. */
  readonly open: number;
  readonly audit: { readonly valid: boolean; readonly text: string };
  /** What a client asked for and did not get, in words. */
  readonly refused: readonly string[];
  readonly exitCode: number | null;
};

export const judge = (samples: readonly Sample[], log: LogFacts): Finding[] => {
  const steady = afterWarmUp(samples);
  const delays = steady.flatMap(({ loopDelayMs }) => (loopDelayMs === null ? [] : [loopDelayMs]));
  const walMiB = Math.max(...samples.map((sample) => sample.walMiB));
  return [
    ...ofProcess('server', samples, steady),
    ...ofProcess('player', samples, steady),
    {
      name: 'event-loop delay, p99',
      text: `${median(delays).toFixed(0)} ms, at worst ${Math.max(...delays).toFixed(0)} ms (told, not judged: the machine has a part in it)`,
      held: true,
    },
    {
      name: 'write-ahead log',
      text: `at most ${walMiB.toFixed(1)} MiB (≤ ${walMiBMax})`,
      held: walMiB <= walMiBMax,
    },
    {
      name: 'presses',
      text: `${log.acknowledged} acknowledged, ${log.lost} not in the log, ${log.open} without an end`,
      held: log.acknowledged > 0 === log.busy && log.lost === 0 && log.open === 0,
    },
    {
      name: 'refused or failed',
      text: log.refused.length === 0 ? 'nothing' : `${log.refused.length}: ${log.refused[0]}`,
      held: log.refused.length === 0,
    },
    { name: 'audit', text: log.audit.text, held: log.audit.valid },
    {
      name: 'way out',
      text: `exit code ${log.exitCode}`,
      held: log.exitCode === 0,
    },
  ];
};
