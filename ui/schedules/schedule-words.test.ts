import { expect, test } from 'vitest';
import { aSchedule } from '../testing/schedules.ts';
import {
  daysOfWhen,
  deedSentence,
  nextOf,
  nextWord,
  spanWord,
  timeWord,
} from './schedule-words.ts';

const names = {
  sound: (id: string) => (id === 'horn' ? 'Air horn' : undefined),
  playlist: (id: string) => (id === 'list' ? 'Morning' : undefined),
};
const now = Date.parse('2026-11-20T12:00:00.000Z');

test.each([
  [{ type: 'play_sound', sound_id: 'horn' }, 'Plays Air horn'],
  [{ type: 'play_sound', sound_id: 'x' }, 'Plays a sound that is gone'],
  [{ type: 'play_playlist', playlist_id: 'list', fade_in_ms: 0 }, 'Plays Morning'],
  [
    { type: 'play_playlist', playlist_id: 'list', volume: 0, fade_in_ms: 300_000 },
    'Plays Morning at volume 0, rising over 5 min',
  ],
  [{ type: 'play_playlist', playlist_id: 'x', fade_in_ms: 0 }, 'Plays a playlist that is gone'],
  [{ type: 'say', text: 'Dinner' }, 'Says “Dinner”'],
  [{ type: 'stop' }, 'Stops every sound and the music'],
] as const)('%o in words', (deed, words) => {
  expect(deedSentence(deed, names)).toBe(words);
});

test('a weekly time stands in large above its days', () => {
  const { when } = aSchedule();
  expect([timeWord(when), daysOfWhen(when)]).toEqual(['07:00', 'Weekdays']);
});

test.each([
  ['30 7 * * 1-5', '07:30'],
  ['5  18 24 12 *', '18:05'],
  ['*/15 7 * * *', null],
  ['0 7-9 * * *', null],
  ['0,30 7 * * *', null],
  ['0 7,19 * * *', null],
])('the pattern %s has %s in large above it', (cron, time) => {
  expect([timeWord({ cron }), daysOfWhen({ cron })]).toEqual([time, cron]);
});

test('the next time is told by the clocks of its zone, which is named where it is another', () => {
  const next = { next_at: '2026-11-21T06:00:00.000Z', zone: 'Europe/Berlin' };
  expect(nextWord(next, now, 'Europe/Berlin')).toBe('Tomorrow 07:00');
  expect(nextWord(next, now, 'UTC')).toBe('Tomorrow 07:00, Berlin time');
  expect(nextWord({ next_at: null, zone: 'UTC' }, now, 'UTC')).toBeNull();
});

test('spans are told in minutes where they are whole', () => {
  expect([10_000, 60_000, 90_000, 600_000].map(spanWord)).toEqual([
    '10 s',
    '1 min',
    '90 s',
    '10 min',
  ]);
});

test('what fires next of all is not the one that is off', () => {
  const off = aSchedule({ id: 'off', next_at: null });
  const late = aSchedule({ id: 'late', next_at: '2026-11-22T06:00:00.000Z' });
  const soon = aSchedule({ id: 'soon', next_at: '2026-11-21T06:00:00.000Z' });
  expect(nextOf([off, late, soon])?.id).toBe('soon');
  expect(nextOf([off])).toBeUndefined();
});
