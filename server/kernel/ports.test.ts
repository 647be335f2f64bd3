import { expect, test } from 'vitest';
import { systemClock, uuidv7 } from './ports.ts';

test('ids are UUIDv7, each its own, and sort by time', () => {
  const ids = Array.from({ length: 1000 }, uuidv7);
  expect(
    ids.every((id) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
    ),
  ).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  const times = ids.map((id) => id.slice(0, 13));
  expect(times).toEqual(times.toSorted());
});

test('the clock tells whole milliseconds since the epoch, as the log stores them', () => {
  expect(Number.isInteger(systemClock.now())).toBe(true);
  expect(systemClock.now()).toBeGreaterThan(Date.UTC(2026, 0, 1));
});

test('the monotonic clock never goes back', () => {
  const readings = Array.from({ length: 1000 }, systemClock.monotonic);
  expect(readings).toEqual(readings.toSorted((a, b) => a - b));
});
