import { expect, test } from 'vitest';
import { aWorkersStatus } from '../testing/extractions.ts';
import { ageWord, domainsWord, ytDlpWord } from './yt-dlp-words.ts';

const { yt_dlp } = aWorkersStatus();

test('the version is told with its age, where it comes from and what runs scripts for it', () => {
  expect(ytDlpWord(yt_dlp)).toBe(
    'yt-dlp 2026.11.10, 13 days old. Encore keeps it itself, with deno 2.6.1 for JavaScript.',
  );
  expect(ytDlpWord({ ...yt_dlp, source: 'system', javascript: null, age_days: null })).toBe(
    'yt-dlp 2026.11.10. It is the system’s own.',
  );
});

test('without it nothing can be extracted', () => {
  expect(ytDlpWord({ ...yt_dlp, state: 'missing', version: null, source: null })).toBe(
    'yt-dlp is not here, so nothing can be extracted.',
  );
});

test('ages count days', () => {
  expect([0, 1, 206].map(ageWord)).toEqual(['released today', '1 day old', '206 days old']);
});

test('many domains are a few and a number', () => {
  expect(domainsWord(['a.org', 'b.org'])).toBe('a.org, b.org');
  const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  expect(domainsWord(eight)).toBe('a, b, c, d, e, f and 2 more');
});
