import { expect, test } from 'vitest';
import { overallWord, partsIn } from './health.ts';

const part = (state: string, detail = '') => ({ state, detail });

test('a part that works says so in words, one that does not says what helps', () => {
  const parts = partsIn({
    status: 'degraded',
    parts: {
      sound_output: part('ok', 'pulse'),
      library: part('degraded', 'the folder cannot be read'),
    },
  });
  expect(parts[0]).toMatchObject({
    label: 'Speaker',
    state: 'ok',
    sentence: 'Sound goes out through PulseAudio.',
  });
  expect(parts[1]).toMatchObject({
    label: 'Sounds',
    sentence: 'The folder cannot be read.',
    href: '/library/scan',
  });
});

test('a part that this page does not know is shown by its name', () => {
  expect(partsIn({ parts: { yt_dlp: part('degraded', 'is too old') } })).toEqual([
    {
      name: 'yt_dlp',
      state: 'degraded',
      label: 'Yt dlp',
      sentence: 'Is too old.',
      fix: 'The log of Encore says more.',
    },
  ]);
});

test.each([[null], ['ok'], [{}], [{ parts: { a: null, b: { state: 'odd' } } }]])(
  'an answer like %o has no parts',
  (body) => {
    expect(partsIn(body)).toEqual([]);
  },
);

test('the whole is as well as its worst part', () => {
  const all = (...states: string[]) =>
    overallWord(
      partsIn({ parts: Object.fromEntries(states.map((one, i) => [`p${i}`, part(one)])) }),
    );
  expect(all('ok', 'ok')).toBe('Everything works.');
  expect(all('ok', 'starting')).toBe('Still starting.');
  expect(all('degraded', 'starting')).toBe('One part needs a look. The rest works.');
  expect(all('degraded', 'degraded')).toBe('2 parts need a look. The rest works.');
});
