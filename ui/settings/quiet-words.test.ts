import { expect, test } from 'vitest';
import { aQuietState, someQuietHours } from '../testing/household.ts';
import { hoursWord, quietSentence } from './quiet-words.ts';

test('hours that end before they begin end on the next day', () => {
  expect(hoursWord(someQuietHours())).toBe('22:00 to 07:00 the next day, every day');
  expect(hoursWord(someQuietHours({ from: '13:00', to: '15:00', days: ['sat', 'sun'] }))).toBe(
    '13:00 to 15:00, weekends',
  );
  expect(hoursWord(someQuietHours({ days: [] }))).toBe('On no day: it is never quiet');
});

test('it is told whether it is quiet, until when, and when it will be', () => {
  const now = new Date(2026, 10, 20, 23, 0).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  expect(quietSentence(aQuietState({ quiet: true, until: at(21, 7) }), now)).toBe(
    'Quiet now, until tomorrow 07:00',
  );
  expect(quietSentence(aQuietState({ quiet: true }), now)).toBe('Quiet now, without an end');
  expect(quietSentence(aQuietState({ next_at: at(23, 22) }), now)).toBe('Quiet from Mon 22:00');
  expect(quietSentence(aQuietState(), now)).toBe('Never quiet');
});
