import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';

let uiDir: string;
let open: OpenDoor;

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${open.origin}${path}`, { headers: { 'accept-encoding': 'identity', ...headers } });

const build = () => {
  mkdirSync(join(uiDir, 'assets'));
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html><title>Encore</title>');
  writeFileSync(join(uiDir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(uiDir, 'assets/app-BxY12_ab.js'), 'export {}');
  writeFileSync(join(uiDir, 'assets/app-BxY12_ab.js.gz'), gzipSync('export {}'));
};

beforeEach(async () => {
  uiDir = mkdtempSync(join(tmpdir(), 'encore-ui-'));
  open = await openHttpDoor([], { uiDir });
});
afterEach(async () => {
  await open.close();
  rmSync(uiDir, { recursive: true });
});

test('files are served with the caching that their names allow', async () => {
  build();
  const page = await get('/');
  expect([
    page.status,
    page.headers.get('content-type'),
    page.headers.get('cache-control'),
    await page.text(),
  ]).toEqual([200, 'text/html;charset=utf-8', 'no-cache', '<!doctype html><title>Encore</title>']);
  const script = await get('/assets/app-BxY12_ab.js', { 'accept-encoding': 'gzip' });
  expect([
    script.headers.get('content-encoding'),
    script.headers.get('cache-control'),
    await script.text(),
  ]).toEqual(['gzip', 'public, max-age=31536000, immutable', 'export {}']);
  expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  const again = await get('/', { 'if-none-match': page.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  const head = await fetch(`${open.origin}/`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('a phone that adds Encore to its home screen gets the manifest as what it is', async () => {
  build();
  writeFileSync(join(uiDir, 'manifest.webmanifest'), '{"name":"Encore"}');
  const { status, headers } = await get('/manifest.webmanifest');
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'application/manifest+json',
    'no-cache',
  ]);
});

test("addresses of the UI's router get its page, all others are not found", async () => {
  build();
  for (const path of ['/', '/history', '/settings/people', '/index.html', '/odd%20name']) {
    expect([path, await (await get(path)).text()]).toEqual([
      path,
      '<!doctype html><title>Encore</title>',
    ]);
  }
  for (const path of [
    '/missing.js',
    '/assets/none-12345678.css',
    '/api/other',
    '/api/v1/x',
    '/mqtt',
    '/readyz/x',
  ]) {
    const response = await get(path);
    expect([path, response.status, response.headers.get('content-type')]).toEqual([
      path,
      404,
      'application/problem+json',
    ]);
  }
});

test('nothing outside the folder is served', async () => {
  build();
  writeFileSync(join(uiDir, '.env'), 'SECRET');
  for (const path of [
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/.env',
    '/assets/..%2f.env',
    '/%00',
    '/%E0%A4%A',
  ]) {
    const text = await (await get(path)).text();
    expect(text).not.toMatch(/root:|SECRET/);
  }
});

test('the page may load nothing from elsewhere and be framed by nobody', async () => {
  build();
  const { headers } = await get('/');
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types lit-html encore-worker",
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
});

test('ranges that end before they begin harm nobody', async () => {
  build();
  expect((await get('/favicon.svg', { range: 'bytes=5-2' })).status).toBe(200);
});

test('a UI that is not built is said in words, and found once it is', async () => {
  const missing = await get('/');
  expect([missing.status, missing.headers.get('content-type')]).toEqual([
    503,
    'text/plain; charset=utf-8',
  ]);
  expect(await missing.text()).toContain('not built yet');
  build();
  expect((await get('/')).status).toBe(200);
});
