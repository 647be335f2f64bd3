import { expect, test } from 'vitest';
import { readSchedule, type Chosen } from './schedule-form.ts';

const week: Chosen = { deed: 'stop', by: 'week', days: ['mon'], soundId: null, volume: null };

const dataOf = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test('silence on Mondays at eleven, in the zone of the house', () => {
  const read = readSchedule(dataOf({ name: ' Hush ', time: '23:00', zone: '' }), week);
  expect(read).toEqual({
    body: {
      name: 'Hush',
      when: { weekdays: ['mon'], time: '23:00' },
      what: { type: 'stop' },
      alarm: false,
    },
    errors: {},
  });
});

test('a playlist, rising to a volume, as an alarm in a zone of its own', () => {
  const data = dataOf({
    name: 'Up',
    time: '07:00',
    zone: 'Europe/Berlin',
    alarm: 'on',
    playlist_id: 'list',
    fade_in_ms: '300000',
  });
  const { body, errors } = readSchedule(data, { ...week, deed: 'play_playlist', volume: 0 });
  expect(errors).toEqual({});
  expect(body.what).toEqual({
    type: 'play_playlist',
    playlist_id: 'list',
    fade_in_ms: 300_000,
    volume: 0,
  });
  expect([body.zone, body.alarm]).toEqual(['Europe/Berlin', true]);
});

test('words by a pattern, in the voice of the house', () => {
  const data = dataOf({
    name: 'Bins',
    cron: '0 20 * * 2',
    text: 'Bins',
    voice: '',
    language: 'de',
  });
  const { body, errors } = readSchedule(data, { ...week, deed: 'say', by: 'cron' });
  expect(errors).toEqual({});
  expect(body.what).toEqual({ type: 'say', text: 'Bins', language: 'de' });
  expect(body.when).toEqual({ cron: '0 20 * * 2' });
});

test.each([
  ['play_sound', 'sound_id', 'Choose a sound.'],
  ['play_playlist', 'playlist_id', 'Choose a playlist.'],
  ['say', 'text', 'Write what is to be said.'],
] as const)('%s needs its %s', (deed, field, words) => {
  const { errors } = readSchedule(dataOf({ name: 'A', time: '07:00' }), { ...week, deed });
  expect(errors).toEqual({ [field]: words });
});

test('no name, no day and no time are told at once', () => {
  const { errors } = readSchedule(dataOf({}), { ...week, days: [] });
  expect(errors).toEqual({
    name: 'Give it a name.',
    weekdays: 'Choose at least one day.',
    time: 'Give a time.',
  });
});

test('a pattern of four fields is told how many it takes', () => {
  const { errors } = readSchedule(dataOf({ name: 'A', cron: '30 7 * *' }), { ...week, by: 'cron' });
  expect(errors.cron).toBe(
    'Give five fields: minute, hour, day of the month, month, day of the week. These are 4.',
  );
});
