import { describe, expect, test } from 'vitest';
import {
  cutOf,
  finePath,
  keyedTo,
  nearestEdge,
  readSeconds,
  secondsWord,
  trimOf,
  waveWidth,
  withEdge,
} from './trim.ts';

const whole = { startMs: 0, endMs: 1_900 };

test('the whole sound is no trim', () => {
  expect(cutOf(null, 1_900)).toEqual(whole);
  expect(trimOf(whole, 1_900)).toBeNull();
  expect(trimOf({ startMs: 10, endMs: 1_900 }, 1_900)).toEqual({ start_ms: 10, end_ms: 1_900 });
});

test('a trim that reaches past a file that was replaced ends with it', () => {
  expect(cutOf({ start_ms: 100, end_ms: 5_000 }, 1_900)).toEqual({ startMs: 100, endMs: 1_900 });
});

test('an edge stays in the file, and 50 ms off the other one', () => {
  expect(withEdge(whole, 'startMs', -20, 1_900).startMs).toBe(0);
  expect(withEdge(whole, 'startMs', 5_000, 1_900).startMs).toBe(1_850);
  expect(withEdge({ ...whole, startMs: 400 }, 'endMs', 10, 1_900).endMs).toBe(450);
  expect(withEdge(whole, 'endMs', 5_000, 1_900).endMs).toBe(1_900);
});

test('a press takes the edge that is nearer', () => {
  expect(nearestEdge({ startMs: 200, endMs: 1_000 }, 500)).toBe('startMs');
  expect(nearestEdge({ startMs: 200, endMs: 1_000 }, 700)).toBe('endMs');
});

test.each([
  [0, '0.00'],
  [1_250, '1.25'],
  [1_255, '1.255'],
  [153_000, '153.00'],
])('%i ms is written %s', (ms, text) => {
  expect(secondsWord(ms)).toBe(text);
});

test.each([
  ['1.25', 1_250],
  [' 1,25 s ', 1_250],
  ['1:02.5', 62_500],
  ['', null],
  ['-1', null],
  ['soon', null],
])('“%s” is read as %s ms', (text, ms) => {
  expect(readSeconds(text)).toBe(ms);
});

describe('keys', () => {
  const press = (key: string, shiftKey = false): number | null =>
    keyedTo({ key, shiftKey }, 500, 1_900);

  test('arrows move by 10 ms, with Shift by 100', () => {
    expect([press('ArrowLeft'), press('ArrowRight')]).toEqual([490, 510]);
    expect([press('ArrowLeft', true), press('ArrowRight', true)]).toEqual([400, 600]);
  });

  test('pages move by a second, Home and End all the way, others not', () => {
    expect([press('PageUp'), press('PageDown', true)]).toEqual([1_500, -500]);
    expect([press('Home'), press('End'), press('a')]).toEqual([0, 1_900, null]);
  });
});

test('800 levels are drawn as 200 bars, each as high as its loudest', () => {
  const peaks = Array.from({ length: 800 }, (_, i) => (i === 3 ? 255 : 0));
  const drawn = finePath(peaks).split('z').slice(0, -1);
  expect(drawn).toHaveLength(200);
  expect(waveWidth(peaks)).toBe(200);
  expect(drawn[0]).toBe('M0 5.0h0.62v90.0h-0.62');
  expect(drawn[1]).toBe('M1 49.3h0.62v1.5h-0.62');
});
