import { describe, expect, it } from 'vitest';
import type { When } from './contract.ts';
import { houseZone, lastRun, nextRun, whenFault } from './next-run.ts';

const berlin = 'Europe/Berlin';
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const runs = (when: When, zone: string, after: string, count: number): (string | null)[] => {
  const found: (string | null)[] = [];
  for (let at: number | null = Date.parse(after); found.length < count && at !== null;) {
    at = nextRun(when, zone, at);
    found.push(iso(at)?.replace(':00.000Z', 'Z') ?? null);
  }
  return found;
};
const daily = (time: string): When => ({
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  time,
});

describe('the next time', () => {
  it.each<[string, When, string, string, string[]]>([
    [
      'of weekdays leaves out the others',
      { weekdays: ['fri', 'mon'], time: '07:30' },
      berlin,
      '2026-11-20T06:30:00Z',
      ['2026-11-23T06:30Z', '2026-11-27T06:30Z'],
    ],
    [
      'of Sundays is on Sunday',
      { weekdays: ['sun'], time: '00:00' },
      'UTC',
      '2026-11-21T12:00:00Z',
      ['2026-11-22T00:00Z', '2026-11-29T00:00Z'],
    ],
    [
      'follows the zone, not this machine',
      daily('07:00'),
      'Asia/Kolkata',
      '2026-11-23T00:00:00Z',
      ['2026-11-23T01:30Z', '2026-11-24T01:30Z'],
    ],
    [
      'of a cron pattern is as written',
      { cron: '*/20 9-10 1 * *' },
      'UTC',
      '2026-11-30T00:00:00Z',
      ['2026-12-01T09:00Z', '2026-12-01T09:20Z'],
    ],
    [
      'stays at its hour when summer begins and ends',
      daily('07:00'),
      berlin,
      '2026-03-28T00:00:00Z',
      ['2026-03-28T06:00Z', '2026-03-29T05:00Z'],
    ],
    [
      'that its day does not have comes once, right after the gap',
      daily('02:30'),
      berlin,
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    [
      'that its day has twice comes the first time only',
      daily('02:30'),
      berlin,
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'is half an hour off where the zone changes by that much',
      daily('02:15'),
      'Australia/Lord_Howe',
      '2026-10-03T00:00:00Z',
      ['2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    ],
  ])('%s', (_, when, zone, after, wanted) => {
    expect(runs(when, zone, after, wanted.length)).toEqual(wanted);
  });

  it('in a gap is found from shortly before it, as the clock looks for it', () => {
    const window = (until: string) => ({
      afterMs: Date.parse(until) - 60_000,
      untilMs: Date.parse(until),
    });
    const gap = '2026-03-29T01:00:00.000Z';
    expect(iso(lastRun(daily('02:30'), berlin, window(gap)))).toBe(gap);
    expect(lastRun(daily('02:30'), berlin, window('2026-03-29T01:30:00.000Z'))).toBeNull();
  });

  it('is not now but after', () => {
    const now = '2026-11-23T06:00:00.000Z';
    expect(iso(nextRun(daily('07:00'), berlin, Date.parse(now)))).toBe('2026-11-24T06:00:00.000Z');
  });
});

it('of many times that went by the last one counts', () => {
  const window = { afterMs: Date.UTC(2026, 10, 23, 6), untilMs: Date.UTC(2026, 10, 23, 6, 3) };
  expect(lastRun({ cron: '* * * * *' }, 'UTC', window)).toBe(window.untilMs);
});

it.each([
  ['* * * *', 'UTC', 'when.cron'],
  ['* * * * * *', 'UTC', 'when.cron'],
  ['61 * * * *', 'UTC', 'when.cron'],
  ['0 0 30 2 *', 'UTC', 'when.cron'],
  ['', 'UTC', 'when.cron'],
  ['0 7 * * *', 'Mars/Olympus', 'zone'],
])('"%s" in %s is a fault of %s', (cron, zone, path) => {
  expect(whenFault({ cron }, zone, 0)?.path).toBe(path);
});

it('the zone of the house is a zone', () => {
  expect(whenFault(daily('07:00'), houseZone(), 0)).toBeUndefined();
});
