import { describe, expect, it } from 'vitest';
import type { Sample } from './samples.ts';
import { judge, slopePerHour, type LogFacts } from './verdict.ts';

const hourMs = 3_600_000;
const everyMs = 10_000;

type Course = { readonly rss?: number; readonly descriptors?: number; readonly pid?: number };

/** An hour of samples; what a process has at each moment, from 0 to 1 of the run. */
const hour = (server: (share: number) => Course = () => ({}), walMiB = 4): Sample[] =>
  Array.from({ length: hourMs / everyMs + 1 }, (_, index) => {
    const { rss = 140, descriptors = 40, pid = 10 } = server((index * everyMs) / hourMs);
    return {
      atMs: index * everyMs,
      server: { pid, rssMiB: rss, cpuSeconds: index, descriptors, threads: 15 },
      player: { pid: 11, rssMiB: 100, cpuSeconds: 0, descriptors: 30, threads: 12 },
      loopDelayMs: 11,
      walMiB,
    };
  });
const log: LogFacts = {
  busy: true,
  acknowledged: 100,
  lost: 0,
  open: 0,
  audit: { valid: true, text: 'valid' },
  refused: [],
  exitCode: 0,
};
const broken = (samples: Sample[], facts: Partial<LogFacts> = {}): string[] =>
  judge(samples, { ...log, ...facts }).flatMap(({ name, held }) => (held ? [] : [name]));

describe('the verdict of a soak', () => {
  it('is good when nothing grows and nothing is lost', () => {
    expect(broken(hour())).toEqual([]);
  });

  it('lets memory grow while the house warms up', () => {
    expect(broken(hour((share) => ({ rss: 100 + Math.min(60, share * 150) })))).toEqual([]);
  });

  it('lets memory go up and down as collections come', () => {
    expect(broken(hour((share) => ({ rss: 140 + ((share * 360) % 24) })))).toEqual([]);
  });

  it('finds memory that grows for ever', () => {
    expect(broken(hour((share) => ({ rss: 140 + share * 20 })))).toEqual(['server: memory']);
  });

  it('finds descriptors that are not closed', () => {
    const leak = (share: number) => ({ descriptors: 40 + Math.floor(share * 12) });
    expect(broken(hour(leak))).toEqual(['server: descriptors']);
  });

  it('finds a process that was started again', () => {
    expect(broken(hour((share) => ({ pid: share < 0.5 ? 10 : 12 })))).toEqual(['server: lives']);
  });

  it('finds a write-ahead log that nobody folds back', () => {
    expect(broken(hour(undefined, 65))).toEqual(['write-ahead log']);
  });

  it('does not expect presses of a house that was left alone', () => {
    expect(broken(hour(), { busy: false, acknowledged: 0 })).toEqual([]);
  });

  it.each<[string, Partial<LogFacts>, string]>([
    ['a press that is not in the log', { lost: 1 }, 'presses'],
    ['a press without an end', { open: 1 }, 'presses'],
    ['that nobody pressed', { acknowledged: 0 }, 'presses'],
    ['a press where nobody was to press', { busy: false }, 'presses'],
    ['a refusal', { refused: ['press: 503'] }, 'refused or failed'],
    ['a broken log', { audit: { valid: false, text: 'broken' } }, 'audit'],
    ['a crash on the way out', { exitCode: 1 }, 'way out'],
  ])('finds %s', (_, facts, name) => {
    expect(broken(hour(), facts)).toEqual([name]);
  });
});

it('a slope is not bent by one sample', () => {
  const points = Array.from({ length: 21 }, (_, index) => ({ atMs: index * 60_000, value: index }));
  points[10] = { atMs: 600_000, value: 900 };
  expect(slopePerHour(points)).toBeCloseTo(60, 5);
});
