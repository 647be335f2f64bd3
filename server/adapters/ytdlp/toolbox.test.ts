import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MediaSource } from '../../extractions/media-source.ts';
import { tempFolder, type TempFolder } from '../../sounds/testing/audio-files.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createYtDlpSource, type YtDlpOptions } from './index.ts';

vi.setConfig({ testTimeout: 120_000 });

const system = '/usr/bin/yt-dlp';
const systemVersion = '2023.03.04';
let folder: TempFolder;
let sources: MediaSource[] = [];
let server: Server;
let releasesUrl = '';
const files: Record<string, string> = {};

beforeEach(async () => {
  folder = await tempFolder();
  server = createServer((request, response) => {
    const body = files[request.url ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  releasesUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest`;
});
afterEach(async () => {
  await Promise.all(sources.map((source) => source.stop()));
  sources = [];
  server.close();
  server.closeAllConnections();
  for (const path of Object.keys(files)) delete files[path];
  await folder[Symbol.asyncDispose]();
});

const start = async (options: Partial<YtDlpOptions> = {}) => {
  const source = createYtDlpSource({
    configured: null,
    searchPath: '/usr/bin:/bin',
    dataDir: folder.path,
    tempDir: join(folder.path, 'temp'),
    allowedHosts: [],
    logger: rememberingLogger(),
    releasesUrl,
    now: () => Date.parse('2026-11-01T12:00:00Z'),
    ...options,
  });
  sources.push(source);
  await source.start();
  return source;
};

/** The system's own, under another date; it needs a Python that has it, as a zipapp needs Python. */
const release = (version: string) =>
  [
    '#!/usr/bin/env python3',
    'import sys, yt_dlp',
    `print('${version}') if '--version' in sys.argv else yt_dlp.main()`,
    '',
  ].join('\n');

const publish = (body: string, sum = createHash('sha256').update(body).digest('hex')) => {
  files['/latest/yt-dlp'] = body;
  files['/latest/SHA2-256SUMS'] = `${'0'.repeat(64)}  yt-dlp.tar.gz\n${sum}  yt-dlp\n`;
};

const program = async (name: string, body: string) => {
  const path = join(folder.path, name);
  await writeFile(path, body);
  await chmod(path, 0o755);
  return path;
};

const tool = async (source: MediaSource) => (await source.status()).yt_dlp;

it("finds the system's, and says how old it is and what to do", async () => {
  expect(await tool(await start())).toEqual({
    state: 'old',
    version: systemVersion,
    age_days: 1338,
    source: 'system',
    previous: null,
    javascript: null,
    detail: 'yt-dlp 2023.03.04 is 1338 days old; after 90 days sites begin to fail: press Update.',
  });
  const then = Date.parse('2023-06-02T23:59:59Z');
  expect(await tool(await start({ now: () => then }))).toMatchObject({
    state: 'ok',
    age_days: 90,
    detail: 'yt-dlp 2023.03.04 works.',
  });
});

it('says what to do where there is none', async () => {
  const source = await start({ searchPath: folder.path });
  expect(await tool(source)).toMatchObject({
    state: 'missing',
    version: null,
    detail:
      'There is no yt-dlp. Press Update to let Encore fetch one, or install yt-dlp on the box.',
  });
  const link = { sponsorblock: false, signal: new AbortController().signal };
  const limits = { mediaBytesMax: 1, durationMsMax: 1, timeoutMs: 1000 };
  expect(await source.resolve('https://example.com/', { ...link, limits })).toMatchObject({
    code: 'tool_missing',
    message: 'There is no yt-dlp.',
  });
});

it('knows that there is one without starting it', async () => {
  const path = join(folder.path, 'leaves-a-trace');
  const trace = join(folder.path, 'trace');
  await writeFile(path, `#!/bin/sh\n: > '${trace}'\n`, { mode: 0o755 });
  const source = await start({ configured: path });
  const wasStarted = async () => (await readdir(folder.path)).includes('trace');
  expect([await source.isThere(), await wasStarted()]).toEqual([true, false]);
  expect([(await tool(source)).state, await wasStarted()]).toEqual(['missing', true]);
});

it('knows that there is none', async () => {
  const source = await start({ configured: '/no/such/yt-dlp' });
  expect(await source.isThere()).toBe(false);
});

it('fetches a release, uses it, and goes back to what was there before and forth again', async () => {
  const source = await start();
  publish(release('2026.10.01'));
  expect(await source.update()).toEqual({
    outcome: 'updated',
    from: systemVersion,
    to: '2026.10.01',
    detail: 'yt-dlp 2026.10.01 is in use.',
  });
  expect(await tool(source)).toMatchObject({
    state: 'ok',
    version: '2026.10.01',
    source: 'own',
    previous: systemVersion,
  });
  expect(await source.update()).toMatchObject({ outcome: 'current', to: '2026.10.01' });

  publish(release('2026.10.30'));
  expect(await source.update()).toMatchObject({ outcome: 'updated', from: '2026.10.01' });
  expect(await tool(source)).toMatchObject({ version: '2026.10.30', previous: '2026.10.01' });

  expect(await source.rollBack()).toMatchObject({
    outcome: 'rolled_back',
    from: '2026.10.30',
    to: '2026.10.01',
  });
  expect(await tool(source)).toMatchObject({ version: '2026.10.01', previous: '2026.10.30' });
  await source.stop();

  const again = await start();
  expect(await tool(again)).toMatchObject({ version: '2026.10.01', previous: '2026.10.30' });
  expect(await again.rollBack()).toMatchObject({ to: '2026.10.30' });
});

it("goes back to the system's from the first own copy", async () => {
  const source = await start();
  publish(release('2026.10.01'));
  await source.update();
  expect(await source.rollBack()).toMatchObject({ from: '2026.10.01', to: systemVersion });
  expect(await tool(source)).toMatchObject({ source: 'system', previous: '2026.10.01' });
});

it('says that there is nothing to go back to', async () => {
  expect(await (await start()).rollBack()).toEqual({
    outcome: 'failed',
    from: systemVersion,
    to: systemVersion,
    detail: 'There is no yt-dlp to go back to.',
  });
});

it.each([
  ['says no version', '#!/bin/sh\nexit 1\n', /does not say its version/],
  [
    'lists no sites',
    '#!/bin/sh\ncase "$*" in *--version*) echo 2026.10.01;; *) exit 1;; esac\n',
    /It does not list its sites/,
  ],
])('keeps the one before where the new one %s', async (_how, body, detail) => {
  const source = await start();
  publish(release('2026.09.01'));
  await source.update();
  publish(body);
  expect(await source.update()).toMatchObject({
    outcome: 'rolled_back',
    from: '2026.09.01',
    to: '2026.09.01',
    detail: expect.stringMatching(detail),
  });
  expect(await tool(source)).toMatchObject({ version: '2026.09.01', previous: systemVersion });
});

it('does not run what has another checksum', async () => {
  const source = await start();
  publish(`#!/bin/sh\ntouch ${folder.path}/run\n`, 'a'.repeat(64));
  expect(await source.update()).toMatchObject({
    outcome: 'failed',
    detail: 'The release does not have the checksum that stands beside it.',
  });
  expect(await readdir(folder.path)).not.toContain('run');
  expect(await readdir(join(folder.path, 'yt-dlp'))).toEqual([]);
});

it('says why a release cannot be fetched, and goes on with what it has', async () => {
  const source = await start();
  expect(await source.update()).toMatchObject({
    outcome: 'failed',
    detail: 'The releases of yt-dlp answered with 404.',
  });
  files['/latest/SHA2-256SUMS'] = 'nothing of use';
  expect(await source.update()).toMatchObject({
    detail: 'The release says no checksum of yt-dlp.',
  });
  server.close();
  server.closeAllConnections();
  expect(await source.update()).toMatchObject({
    outcome: 'failed',
    detail: expect.stringMatching(/^The releases of yt-dlp cannot be reached/),
  });
  expect(await tool(source)).toMatchObject({ version: systemVersion });
});

it('says that Python is missing', async () => {
  const source = await start({ searchPath: folder.path });
  publish(release('2026.10.01'));
  expect(await source.update()).toMatchObject({
    outcome: 'rolled_back',
    to: null,
    detail: expect.stringContaining('yt-dlp needs Python 3, which is not here: install python3.'),
  });
});

it('uses what is configured and nothing else', async () => {
  const source = await start({ configured: system });
  publish(release('2026.10.01'));
  expect(await source.update()).toMatchObject({
    outcome: 'failed',
    detail: `YTDLP_PATH names ${system}: update that one, or take the variable out.`,
  });
  expect(await tool(source)).toMatchObject({ source: 'configured', version: systemVersion });
  expect(await tool(await start({ configured: '/no/such/yt-dlp' }))).toMatchObject({
    state: 'missing',
    detail: 'YTDLP_PATH names no program: /no/such/yt-dlp',
  });
});

it('does not let a broken own copy stand before a working one', async () => {
  const source = await start();
  publish(release('2026.10.01'));
  await source.update();
  const own = join(folder.path, 'yt-dlp', 'current');
  await writeFile(own, 'broken');
  expect(await tool(source)).toMatchObject({ version: systemVersion, source: 'system' });
});

it('hands our Node and what else is safe to a yt-dlp that knows the options', async () => {
  const path = await program(
    'newer',
    [
      '#!/bin/sh',
      'case "$*" in',
      '*--version*) echo 2026.10.01;;',
      '*--help*) echo "--js-runtimes --no-js-runtimes --no-plugin-dirs --no-remote-components";;',
      `*) printf '%s\\n' "$@" > '${folder.path}/heard'; echo '{}';;`,
      'esac',
      '',
    ].join('\n'),
  );
  const source = await start({ configured: path, allowedHosts: ['127.0.0.1'] });
  expect(await tool(source)).toMatchObject({ javascript: `Node ${process.versions.node}` });
  await source.resolve('http://127.0.0.1/--exec', {
    sponsorblock: false,
    limits: { mediaBytesMax: 1, durationMsMax: 1, timeoutMs: 10_000 },
    signal: new AbortController().signal,
  });
  const heard = (await readFile(join(folder.path, 'heard'), 'utf8')).trimEnd().split('\n');
  expect(heard[0]).toBe('--ignore-config');
  expect(heard).toContain('--no-plugin-dirs');
  expect(heard).toContain('--no-remote-components');
  expect(heard.slice(heard.indexOf('--no-js-runtimes')).slice(0, 3)).toEqual([
    '--no-js-runtimes',
    '--js-runtimes',
    `node:${process.execPath}`,
  ]);
  expect(heard.slice(-2)).toEqual(['--', 'http://127.0.0.1/--exec']);
  expect(heard.join(' ')).not.toContain('@127.0.0.1');
});

it('clears what a crash left over when it starts', async () => {
  for (const name of ['encore-yt-dlp-Ab12Cd', 'encore-yt-dlp-kept', 'yt-dlp-2026']) {
    await mkdir(join(folder.path, 'temp', name), { recursive: true });
  }
  await mkdir(join(folder.path, 'yt-dlp'));
  await writeFile(join(folder.path, 'yt-dlp', '.half.part'), '');
  await writeFile(join(folder.path, 'yt-dlp', `yt-dlp-${'0'.repeat(64)}`), '');
  await start();
  const left = await readdir(join(folder.path, 'temp'));
  expect(left.toSorted()).toEqual(['encore-yt-dlp-kept', 'yt-dlp-2026']);
  expect(await readdir(join(folder.path, 'yt-dlp'))).toEqual([]);
});
