import { expect, test } from 'vitest';
import { playedPath, waveformPath } from './waveform-path.ts';

const bars = (path: string): number => path.split('z').length - 1;

test('44 rects, made once', () => {
  const digits = '0123456789abcdef'.repeat(3).slice(0, 44);
  expect(bars(waveformPath(digits))).toBe(44);
  expect(waveformPath(digits)).toBe(waveformPath(digits));
  expect(waveformPath('f'.repeat(44))).toMatch(/^M0 0h6v100h-6z/);
});

test('flat while the bars have not come', () => {
  expect(waveformPath(undefined)).toMatch(/^M0 47h6v6h-6z/);
});

test('what has sounded is lit in whole bars, the first at once', () => {
  const digits = '8'.repeat(44);
  expect(bars(playedPath(digits, 0))).toBe(1);
  expect(bars(playedPath(digits, 0.5))).toBe(22);
  expect(bars(playedPath(digits, 2))).toBe(44);
});
