import { expect, test } from 'vitest';
import { aBackup } from '../testing/backups.ts';
import { asSentence, bytesWord, contentWord, failureWord, lackWord } from './backup-words.ts';

test('a backup says what is in it', () => {
  expect(contentWord(aBackup())).toBe('48,213 events, 214 files, 1.3 GB');
  expect(
    contentWord(aBackup({ position: 1, files: 1, files_bytes: 0, database_bytes: 4096 })),
  ).toBe('1 event, 1 file, 5 kB');
});

test('a backup says what it lacks, and nothing where it lacks nothing', () => {
  expect(lackWord(aBackup())).toBe('');
  expect(lackWord(aBackup({ missing: 1 }))).toBe('Not in it: 1 sound had no file.');
  expect(lackWord(aBackup({ missing: 2, left_out: 1 }))).toBe(
    'Not in it: 2 sounds had no file; 1 file could not be read.',
  );
});

test('sizes are in the unit that people read', () => {
  expect([1, 999_500, 2_000_000, 3_450_000_000].map(bytesWord)).toEqual([
    '1 kB',
    '1000 kB',
    '2 MB',
    '3.5 GB',
  ]);
});

test('what the server says becomes a sentence', () => {
  expect(asSentence('the share does not answer')).toBe('The share does not answer.');
  expect(asSentence('Try again.')).toBe('Try again.');
});

test('why one failed is said as the server says it', () => {
  expect(failureWord({ code: 'no_folder', reason: '/x cannot be written: it is no folder' })).toBe(
    '/x cannot be written: it is no folder.',
  );
});
