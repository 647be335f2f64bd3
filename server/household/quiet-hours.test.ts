import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsShape, type QuietHours } from './contract.ts';
import { quietAt } from './quiet-hours.ts';
import { registry } from './registry.ts';

/** In the house's time zone; 23 November 2026 is a Monday. */
const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 10, day, hour, minute).getTime();
const hours = (change: Partial<QuietHours> = {}): QuietHours => ({
  ...registry.quiet_hours.default,
  enabled: true,
  ...change,
});

describe('quiet hours over midnight', () => {
  it.each([
    ['before they begin', at(23, 21, 59), { quiet: false, next: at(23, 22) }],
    ['from their first minute', at(23, 22), { quiet: true, until: at(24, 7) }],
    ['after midnight', at(24, 6, 59), { quiet: true, until: at(24, 7) }],
    ['no more at their end', at(24, 7), { quiet: false, next: at(24, 22) }],
  ])('hold %s', (_, moment, quiet) => {
    expect(quietAt(hours(), moment)).toEqual(quiet);
  });

  it('belong to the day on which they begin', () => {
    const fridays = hours({ days: ['fri'] });
    expect(quietAt(fridays, at(27, 23))).toEqual({ quiet: true, until: at(28, 7) });
    expect(quietAt(fridays, at(28, 6))).toEqual({ quiet: true, until: at(28, 7) });
    expect(quietAt(fridays, at(28, 23))).toEqual({ quiet: false, next: at(34, 22) });
  });
});

describe('quiet hours', () => {
  it('within a day begin and end on it', () => {
    const noon = hours({ from: '12:30', to: '14:00' });
    expect(quietAt(noon, at(23, 13))).toEqual({ quiet: true, until: at(23, 14) });
    expect(quietAt(noon, at(23, 14))).toEqual({ quiet: false, next: at(24, 12, 30) });
  });

  it('that are off, or on no day, never come', () => {
    expect(quietAt(hours({ enabled: false }), at(23, 23))).toEqual({ quiet: false, next: null });
    expect(quietAt(hours({ days: [] }), at(23, 23))).toEqual({ quiet: false, next: null });
  });

  it('that end where they begin last a day; on every day they never end', () => {
    const whole = { from: '08:00', to: '08:00' } as const;
    const monday = hours({ ...whole, days: ['mon'] });
    expect(quietAt(monday, at(24, 7))).toEqual({ quiet: true, until: at(24, 8) });
    const twoDays = hours({ ...whole, days: ['mon', 'tue'] });
    expect(quietAt(twoDays, at(23, 9))).toEqual({ quiet: true, until: at(25, 8) });
    expect(quietAt(hours(whole), at(23, 9))).toEqual({ quiet: true, until: null });
  });
});

describe('quiet hours in a house whose clocks change', () => {
  beforeAll(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
  afterAll(() => void vi.unstubAllEnvs());

  /** The clocks go forward on 29 March and back on 25 October 2026. */
  const [march, october] = [2, 9];
  const utc = (month: number, day: number, hour: number, minute = 0) =>
    Date.UTC(2026, month, day, hour, minute);

  it.each([
    ['an hour shorter in spring', utc(march, 28, 21), utc(march, 29, 5)],
    ['an hour longer in autumn', utc(october, 24, 20), utc(october, 25, 6)],
  ])('end when the clock on the wall says so, %s', (_, begin, end) => {
    expect(quietAt(hours(), begin - 1)).toEqual({ quiet: false, next: begin });
    expect(quietAt(hours(), begin)).toEqual({ quiet: true, until: end });
    expect(quietAt(hours(), end - 1)).toEqual({ quiet: true, until: end });
    expect(quietAt(hours(), end)).toMatchObject({ quiet: false });
  });

  it.each([
    ['does not exist begin as long after the change', utc(march, 29, 1, 30), utc(march, 29, 3)],
    ['comes twice begin at the first', utc(october, 25, 0, 30), utc(october, 25, 4)],
  ])('at a time that %s', (_, begin, end) => {
    const early = hours({ from: '02:30', to: '05:00' });
    expect(quietAt(early, begin - 1)).toEqual({ quiet: false, next: begin });
    expect(quietAt(early, begin)).toEqual({ quiet: true, until: end });
    expect(quietAt(early, end)).toMatchObject({ quiet: false });
  });
});

it('every default is a value that could be chosen', () => {
  const defaults = Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => [name, entry.default]),
  );
  expect(settingsShape.parse(defaults)).toEqual(defaults);
});
