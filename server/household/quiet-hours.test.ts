import { describe, expect, it } from 'vitest';
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

it('every default is a value that could be chosen', () => {
  const defaults = Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => [name, entry.default]),
  );
  expect(settingsShape.parse(defaults)).toEqual(defaults);
});
