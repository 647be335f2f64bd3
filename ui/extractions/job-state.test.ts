import { describe, expect, test } from 'vitest';
import { aDownload, aFailedOne, anExtraction, aReadyOne } from '../testing/extractions.ts';
import { bytesWord, isOpen, listWord, serviceWord, stateOf } from './job-state.ts';

const progress = {
  percent: 43.75,
  bytes: 4_100_000,
  bytes_total: 9_600_000,
  bytes_per_second: 1_240_000,
};

describe('a job', () => {
  test.each([
    [null, ''],
    [0, 'Next in line'],
    [1, '1 before it'],
    [12, '12 before it'],
  ])('that waits with %s before it says so', (ahead, detail) => {
    expect(stateOf(anExtraction({ ahead }))).toEqual({
      is: 'waiting',
      words: 'Waiting',
      detail,
      part: null,
    });
  });

  test.each([
    ['resolving', 'Looking at the link', null],
    ['downloading', 'Downloading', null],
    ['converting', 'Converting', 1],
    ['adding', 'Adding to the library', 1],
    ['normalizing', 'Normalising', 1],
  ] as const)('that is %s says so', (step, words, part) => {
    expect(stateOf(aDownload({ step }))).toEqual({ is: 'running', words, detail: '', part });
  });

  test('tells how far a download is, by the answer or by what the feed said since', () => {
    expect(stateOf(aDownload({ progress }))).toEqual({
      is: 'running',
      words: 'Downloading 43 %',
      detail: '4.1 MB of 9.6 MB · 1.2 MB/s',
      part: 0.4375,
    });
    const told = { step: 'downloading', progress: { ...progress, percent: 80 } } as const;
    expect(stateOf(aDownload({ progress }), told)).toMatchObject({ words: 'Downloading 80 %' });
  });

  test('of unknown size tells what has come', () => {
    const unknown = { percent: null, bytes: 640_400, bytes_total: null, bytes_per_second: null };
    expect(stateOf(aDownload({ progress: unknown }))).toEqual({
      is: 'running',
      words: 'Downloading',
      detail: '640 kB',
      part: null,
    });
  });

  test('that has gone on is not held back by what was said of the step before', () => {
    const told = { step: 'downloading', progress } as const;
    expect(stateOf(aDownload({ step: 'converting' }), told)).toMatchObject({ words: 'Converting' });
    expect(stateOf(aReadyOne(), told)).toMatchObject({ is: 'ready', words: 'Ready' });
  });

  test('that was there already says so', () => {
    expect(stateOf(aReadyOne({ duplicate: true })).words).toBe('Already in your library');
  });

  test('that failed says what happened and what to do', () => {
    expect(stateOf(aFailedOne())).toEqual({
      is: 'failed',
      words: 'This video is private.',
      detail: 'Ask its owner for access, or take another link.',
      part: null,
    });
  });

  test('is open while it waits or runs', () => {
    const jobs = [anExtraction(), aDownload(), aReadyOne(), aFailedOne()];
    expect(jobs.map(isOpen)).toEqual([true, true, false, false]);
  });
});

test('a list says how long it was, where that is known', () => {
  expect(listWord(null)).toBe('');
  expect(listWord({ title: null, entries: 37 })).toBe(
    'This was a list of 37: the first was taken.',
  );
  expect(listWord({ title: 'Horns', entries: null })).toBe(
    'This was a list (“Horns”): its first entry was taken.',
  );
});

test('services have their own names, and a plain address its host', () => {
  const word = (service: string | null): string =>
    serviceWord({ service, url: 'https://www.example.org/a.mp3' });
  expect(['youtube', 'youtube:tab', 'mixcloud', 'generic', null].map(word)).toEqual([
    'YouTube',
    'YouTube',
    'Mixcloud',
    'example.org',
    'example.org',
  ]);
});

test('sizes are read at a glance', () => {
  expect([0, 999_000, 1_000_000, 12_345_678].map(bytesWord)).toEqual([
    '0 kB',
    '999 kB',
    '1.0 MB',
    '12.3 MB',
  ]);
});
