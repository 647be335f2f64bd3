import { describe, expect, it } from 'vitest';
import { nextPeriodAt, periodOf, periodsBetween } from './periods.ts';

const at = (...parts: [number, number, number, number?, number?]) => {
  const [year, month, day, hour = 0, minute = 0] = parts;
  return new Date(year, month - 1, day, hour, minute).getTime();
};

describe('periods of the house', () => {
  it('are named by their first day', () => {
    const wednesday = at(2026, 11, 25, 23, 59);
    expect(periodOf('day', wednesday)).toBe('2026-11-25');
    expect(periodOf('week', wednesday)).toBe('2026-11-23');
    expect(periodOf('month', wednesday)).toBe('2026-11-01');
    expect(periodOf('week', at(2026, 11, 29, 12))).toBe('2026-11-23');
  });

  it('begin at midnight of the house, the year’s end included', () => {
    expect(nextPeriodAt('day', at(2026, 12, 31, 18))).toBe(at(2027, 1, 1));
    expect(nextPeriodAt('week', at(2026, 11, 29, 12))).toBe(at(2026, 11, 30));
    expect(nextPeriodAt('month', at(2026, 12, 5))).toBe(at(2027, 1, 1));
    expect(nextPeriodAt('day', at(2026, 11, 25))).toBe(at(2026, 11, 26));
  });

  it('are counted over days without being hurt by summer time', () => {
    expect(periodsBetween('day', '2026-03-28', '2026-03-30')).toBe(2);
    expect(periodsBetween('day', '2026-11-25', '2026-11-25')).toBe(0);
    expect(periodsBetween('day', '2026-11-25', '2026-11-20')).toBe(0);
    expect(periodsBetween('week', '2026-11-25', '2026-11-30')).toBe(1);
    expect(periodsBetween('week', '2026-11-23', '2026-12-07')).toBe(2);
    expect(periodsBetween('month', '2026-11-25', '2027-02-01')).toBe(3);
  });
});
