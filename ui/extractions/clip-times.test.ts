import { describe, expect, test } from 'vitest';
import { clipWord, parseClip, parseTime, timeWord } from './clip-times.ts';

const msOf = (text: string): number | string => {
  const time = parseTime(text);
  return time.is === 'time' ? time.ms : time.is;
};

describe('a time', () => {
  test.each([
    ['1:05', 65_000],
    ['65', 65_000],
    ['65.5', 65_500],
    ['65,5', 65_500],
    ['1:02:03', 3_723_000],
    ['01:05.250', 65_250],
    ['0:00', 0],
    [' 1 : 05 ', 65_000],
    ['.5', 500],
    ['90', 90_000],
    ['90:00', 5_400_000],
    ['1m5s', 65_000],
    ['1h2m3s', 3_723_000],
    ['45s', 45_000],
    ['2m', 120_000],
    ['1:05.', 65_000],
  ])('is understood as %s', (text, ms) => expect(msOf(text)).toBe(ms));

  test.each(['1:75', '1:60:00', 'soon', '-5', '1:2:3:4', ':', '.', '1.5:00', '1e3', '5x'])(
    'is not what %s says',
    (text) => expect(msOf(text)).toBe('fault'),
  );

  test('may be left out', () => expect(msOf('  ')).toBe('empty'));

  test.each([
    [0, '0:00'],
    [65_250, '1:05.25'],
    [3_723_000, '1:02:03'],
    [500, '0:00.5'],
  ])('of %i ms reads %s', (ms, word) => expect(timeWord(ms)).toBe(word));
});

describe('a clip', () => {
  test('has a start, an end, both or none', () => {
    expect(parseClip('0:10', '0:25.5')).toEqual({
      is: 'clip',
      clip: { start_ms: 10_000, end_ms: 25_500 },
    });
    expect(parseClip('', '25')).toEqual({ is: 'clip', clip: { end_ms: 25_000 } });
    expect(parseClip('0', '')).toEqual({ is: 'clip', clip: {} });
  });

  test('that ends before it has begun is told under its end', () => {
    expect(parseClip('1:00', '0:59')).toMatchObject({ errors: { end_ms: expect.any(String) } });
    expect(parseClip('1:00', '1:00.249')).toMatchObject({ is: 'fault' });
    expect(parseClip('1:00', '1:00.250')).toMatchObject({ is: 'clip' });
  });

  test('is told under each field that is not understood', () => {
    expect(parseClip('soon', 'later')).toEqual({
      is: 'fault',
      errors: {
        start_ms: 'Write it like 1:05, 65.5 or 1:02:03.',
        end_ms: 'Write it like 1:05, 65.5 or 1:02:03.',
      },
    });
    expect(parseClip('25:00:00', '')).toMatchObject({ errors: { start_ms: 'At most 24 hours.' } });
  });

  test('reads as what was cut out', () => {
    expect(clipWord({ start_ms: 10_000, end_ms: 25_000 })).toBe('0:10–0:25');
    expect(clipWord({ start_ms: 10_000, end_ms: null })).toBe('from 0:10');
    expect(clipWord({ start_ms: null, end_ms: 25_000 })).toBe('to 0:25');
    expect(clipWord({ start_ms: null, end_ms: null })).toBe('');
  });
});
