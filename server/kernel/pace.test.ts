import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first comes at once, the rest of a burst as one', () => {
  const times: number[] = [];
  const startedMs = Date.now();
  const pace = createPace(500, () => times.push(Date.now() - startedMs));
  for (let count = 0; count < 10; count++) pace.soon();
  vi.advanceTimersByTime(100);
  pace.soon();
  vi.advanceTimersByTime(2000);
  pace.soon();
  expect(times).toEqual([0, 500, 2100]);
});

test('a steady stream is told twice a second', () => {
  const times: number[] = [];
  const startedMs = Date.now();
  const pace = createPace(500, () => times.push(Date.now() - startedMs));
  for (let ms = 0; ms < 2000; ms += 10) {
    pace.soon();
    vi.advanceTimersByTime(10);
  }
  expect(times).toEqual([0, 500, 1000, 1500, 2000]);
});

test('nothing comes after its end', () => {
  let count = 0;
  const pace = createPace(500, () => count++);
  pace.soon();
  pace.soon();
  pace.stop();
  vi.advanceTimersByTime(2000);
  pace.soon();
  expect(count).toBe(1);
});
