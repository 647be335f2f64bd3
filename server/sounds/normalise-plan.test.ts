import { describe, expect, it } from 'vitest';
import type { Levelling, Loudness } from './loudness.ts';
import {
  correctionOf,
  isAnalysed,
  isUngated,
  planOf,
  unmetOf,
  type NormaliseSettings,
} from './normalise-plan.ts';

const settings: NormaliseSettings = {
  format: 'wav',
  bitrate_kbps: 256,
  passes: 2,
  target_lufs: -23,
};
const loudness = (integrated_lufs: number, true_peak_dbtp: number): Loudness => ({
  integrated_lufs,
  true_peak_dbtp,
  range_lu: 3,
  threshold_lufs: integrated_lufs - 10,
});
const long = 10_000;
const gainOf = (plan: ReturnType<typeof planOf>) => ('gain_db' in plan ? plan.gain_db : null);

describe('the plan for a sound', () => {
  it('is linear, up or down to the target', () => {
    const loud = loudness(-9, -1);
    expect(planOf(loud, settings, long)).toEqual({ kind: 'linear', measured: loud, gain_db: -14 });
    expect(gainOf(planOf(loudness(-40, -25), settings, long))).toBe(17);
  });

  it('stops where the peaks meet the ceiling, earlier where the encoder makes its own', () => {
    const peaky = loudness(-30, -5);
    expect(gainOf(planOf(peaky, settings, long))).toBeCloseTo(2.9);
    expect(gainOf(planOf(peaky, { ...settings, format: 'mp3' }, long))).toBeCloseTo(2.5);
  });

  it('is one gain for clips under three seconds, whatever the passes', () => {
    expect(planOf(loudness(-9, -1), settings, 2999)).toEqual({ kind: 'gain', gain_db: -14 });
    expect(isAnalysed({ passes: 1 }, 2999)).toBe(true);
  });

  it('is one pass where that was asked for', () => {
    expect(isAnalysed({ passes: 1 }, 3000)).toBe(false);
    expect(planOf(null, settings, long)).toEqual({ kind: 'dynamic', target_lufs: -23 });
  });

  it.each([
    ['inf', loudness(-10, Infinity)],
    ['-inf', loudness(-Infinity, -10)],
    ['nan', loudness(Number.NaN, -10)],
    ['nan peaks', loudness(-10, Number.NaN)],
  ])('is one pass where the analysis gives %s', (_, measured) => {
    expect(planOf(measured, settings, long)).toEqual({ kind: 'dynamic', target_lufs: -23 });
  });

  it('is nothing for silence, so that no noise is raised', () => {
    expect(planOf(loudness(-Infinity, -Infinity), settings, long)).toEqual({ kind: 'silent' });
    expect(planOf(loudness(-Infinity, -75), settings, 500)).toEqual({ kind: 'silent' });
  });

  it('takes a second look only where there is sound and no loudness', () => {
    expect(isUngated(loudness(-Infinity, -5))).toBe(true);
    expect(isUngated(loudness(-Infinity, -80))).toBe(false);
    expect(isUngated(loudness(-20, -5))).toBe(false);
    expect(isUngated(loudness(-Infinity, Infinity))).toBe(false);
  });
});

describe('what was written', () => {
  const linear: Levelling = { kind: 'gain', gain_db: 0 };
  const dynamic: Levelling = { kind: 'dynamic', target_lufs: -23 };

  it('is done again lower where a peak passed the ceiling, in one pass too', () => {
    expect(correctionOf(loudness(-23, -1.5), -23, linear)).toBeCloseTo(-0.6);
    expect(correctionOf(loudness(-20, -1.5), -23, dynamic)).toBeCloseTo(-0.6);
  });

  it('is done again nearer to the target where the encoder changed it and there is room', () => {
    expect(correctionOf(loudness(-24, -9), -23, linear)).toBe(1);
    expect(correctionOf(loudness(-22, -9), -23, linear)).toBe(-1);
    expect(correctionOf(loudness(-24, -2.2), -23, linear)).toBe(0);
    expect(correctionOf(loudness(-23.3, -9), -23, linear)).toBe(0);
    expect(correctionOf(loudness(-20, -9), -23, dynamic)).toBe(0);
  });

  it('says why it is not what was asked for', () => {
    expect(unmetOf(loudness(-23.5, -2), -23, linear)).toBeNull();
    expect(unmetOf(loudness(-27, -2.1), -23, linear)).toBe('true_peak');
    expect(unmetOf(loudness(-21, -6), -23, dynamic)).toBe('one_pass');
    expect(unmetOf(loudness(-23, -1.9), -23, linear)).toBe('encoding');
    expect(unmetOf(loudness(-21, -6), -23, linear)).toBe('encoding');
  });
});
