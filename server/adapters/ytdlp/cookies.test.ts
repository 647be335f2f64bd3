import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { extractionLimits } from '../../extractions/contract.ts';
import { tempFolder } from '../../sounds/testing/audio-files.ts';
import { createCookies, readCookies } from './cookies.ts';

const line = (domain: string, value = 'a-secret-value') =>
  `${domain}\tTRUE\t/\tTRUE\t1893456000\tSID\t${value}`;
const file = (...lines: string[]) => `# Netscape HTTP Cookie File\n\n${lines.join('\n')}\n`;

it('keeps cookies for its owner only, and tells domains and date', async () => {
  await using folder = await tempFolder();
  const cookies = createCookies(join(folder.path, 'yt-dlp'));
  expect(await cookies.status()).toEqual({ set: false, updated_at: null, domains: [] });
  const text = file(line('.youtube.com'), `#HttpOnly_${line('.google.com')}`, line('youtube.com'));
  expect(await cookies.set(text)).toBeNull();
  const kept = await stat(join(folder.path, 'yt-dlp/cookies.txt'));
  expect(kept.mode & 0o777).toBe(0o600);
  expect(await cookies.status()).toEqual({
    set: true,
    updated_at: kept.mtime.toISOString(),
    domains: ['google.com', 'youtube.com'],
  });
  await cookies.clear();
  await cookies.clear();
  expect(await cookies.status()).toMatchObject({ set: false });
  expect(await readdir(join(folder.path, 'yt-dlp'))).toEqual([]);
});

it('keeps the ones it has where new ones are no good', async () => {
  await using folder = await tempFolder();
  const cookies = createCookies(folder.path);
  await cookies.set(file(line('.example.com')));
  expect(await cookies.set('nonsense')).toMatch(/^Line 1 of the cookies/);
  expect(await cookies.status()).toMatchObject({ domains: ['example.com'] });
});

it.each([
  ['', 'There is no cookie in this.'],
  ['# only a comment\n', 'There is no cookie in this.'],
  ['[{"domain": ".youtube.com"}]', 'These cookies are JSON.'],
  [file(line('.a.com').replaceAll('\t', '  ')), 'Line 3 of the cookies has spaces where tabs'],
  [file('.a.com\tTRUE\t/'), 'Line 3 of the cookies has 3 parts instead of 7.'],
  [file(line('/etc/passwd')), 'Line 3 of the cookies begins with no domain.'],
  [file(line('.a.com').replace('TRUE', 'yes')), 'Line 3 of the cookies has something else where'],
  [file(line('.a.com').replace('1893456000', 'soon')), 'Line 3 of the cookies has no number'],
  [file(line('.a.com', 'a\u0007b')), 'Line 3 of the cookies has unprintable characters.'],
  ['x'.repeat(extractionLimits.cookiesBytesMax + 1), 'The cookies are too many'],
])('says what is wrong with cookies (%#)', (text, fault) => {
  expect(readCookies(text)).toEqual({ ok: false, fault: expect.stringContaining(fault) });
});

it('takes what browsers write: Windows line ends, no header, no date of expiry', () => {
  expect(readCookies(`\uFEFF${line('.a.com').replace('1893456000', '0')}\r\n`)).toMatchObject({
    ok: true,
    cookies: [{ domain: '.a.com', value: 'a-secret-value' }],
  });
});
