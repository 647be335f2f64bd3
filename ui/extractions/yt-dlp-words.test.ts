import { expect, test } from 'vitest';
import { aWorkersStatus } from '../testing/extractions.ts';
import { ageWord, domainsWord, wentWell, ytDlpFacts } from './yt-dlp-words.ts';

const { yt_dlp } = aWorkersStatus();

test('the version is told with its age, where it comes from and what runs scripts for it', () => {
  expect(ytDlpFacts(yt_dlp)).toBe(
    'Version 2026.11.10\u00a0· 13 days old\u00a0· Encore’s own copy\u00a0· JavaScript by deno 2.6.1',
  );
  expect(ytDlpFacts({ ...yt_dlp, source: 'system', javascript: null, age_days: null })).toBe(
    'Version 2026.11.10\u00a0· the system’s copy',
  );
});

test('there are no facts of what is not there', () => {
  expect(ytDlpFacts({ ...yt_dlp, state: 'missing', version: null, source: null })).toBe('');
});

test('an update that had to go back did not go well', () => {
  const outcomes = ['updated', 'current', 'rolled_back', 'failed'] as const;
  expect(outcomes.map((outcome) => wentWell('update', outcome))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(outcomes.map((outcome) => wentWell('rollback', outcome))).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test('ages count days', () => {
  expect([0, 1, 206].map(ageWord)).toEqual(['released today', '1 day old', '206 days old']);
});

test('many domains are a few and a number', () => {
  expect(domainsWord(['a.org', 'b.org'])).toBe('a.org, b.org');
  const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  expect(domainsWord(eight)).toBe('a, b, c, d, e, f and 2 more');
});
