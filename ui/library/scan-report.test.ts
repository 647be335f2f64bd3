import { expect, test } from 'vitest';
import { aScan } from '../testing/library.ts';
import { findingCounts, reportRows, reportText } from './scan-report.ts';

const scan = aScan();

test('what needs somebody stands first', () => {
  expect(reportRows(scan, { finding: null, words: '' })).toEqual([
    { finding: 'errors', file: 'broken.mp3', reason: 'no audio in it' },
    { finding: 'duplicates', file: 'Gong copy.wav', reason: '' },
    { finding: 'added', file: 'Gong.wav', reason: '' },
    { finding: 'added', file: 'Café.wav', reason: '' },
  ]);
});

test('one kind, and some words, narrow it', () => {
  const files = (finding: 'added' | null, words: string): string[] =>
    reportRows(scan, { finding, words }).map(({ file }) => file);
  expect(files('added', '')).toEqual(['Gong.wav', 'Café.wav']);
  expect(files(null, ' cafe ')).toEqual(['Café.wav']);
  expect(files(null, 'no audio')).toEqual(['broken.mp3']);
});

test('after a restart of Encore the numbers stand, and the first errors', () => {
  const old = { ...scan, report: null };
  expect(findingCounts(old)).toEqual({
    added: 2,
    updated: 0,
    moved: 0,
    deleted: 0,
    duplicates: 1,
    errors: 1,
  });
  expect(reportRows(old, { finding: null, words: '' }).map(({ file }) => file)).toEqual([
    'broken.mp3',
  ]);
});

test('copied, it is lines with tabs', () => {
  expect(reportText(reportRows(scan, { finding: null, words: 'g' }))).toBe(
    'Duplicate\tGong copy.wav\nAdded\tGong.wav',
  );
});
