import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ExtractionProgress } from '../../extractions/contract.ts';
import type { MediaSource, ResolvedMedia, SourceLimits } from '../../extractions/media-source.ts';
import { tempFolder, type TempFolder } from '../../sounds/testing/audio-files.ts';
import { escapeHtml, startMediaServer, type MediaServer } from '../../testing/media-server.ts';
import { createMediaTools } from '../ffmpeg/index.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createYtDlpSource, type YtDlpOptions } from './index.ts';
import { processesIn } from './testing/processes.ts';

const limits: SourceLimits = {
  mediaBytesMax: 5_000_000,
  durationMsMax: 600_000,
  timeoutMs: 120_000,
};
const searchPath = '/usr/bin:/bin';

let web: MediaServer;
let folder: TempFolder;
let sources: MediaSource[] = [];
const logger = rememberingLogger();

beforeAll(async () => {
  web = await startMediaServer();
});
afterAll(() => web[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await tempFolder();
  web.requests.length = 0;
});
afterEach(async () => {
  await Promise.all(sources.map((source) => source.stop()));
  sources = [];
  await folder[Symbol.asyncDispose]();
});

const tempDir = () => join(folder.path, 'temp');

const start = async (options: Partial<YtDlpOptions> = {}): Promise<MediaSource> => {
  const source = createYtDlpSource({
    configured: null,
    searchPath,
    dataDir: folder.path,
    tempDir: tempDir(),
    allowedHosts: ['127.0.0.1'],
    logger,
    ...options,
  });
  sources.push(source);
  await source.start();
  return source;
};

const resolve = (source: MediaSource, url: string, more: Partial<SourceLimits> = {}) =>
  source.resolve(url, {
    sponsorblock: false,
    limits: { ...limits, ...more },
    signal: new AbortController().signal,
  });

const at = (path: string) => `${web.url}${path}`;

const media = (path: string): ResolvedMedia => ({
  service: 'generic',
  service_id: 'x',
  webpage_url: at(path),
  title: 'x',
  uploader: null,
  duration_ms: null,
  chapters: [],
  sponsored: [],
  playlist: null,
});

const download = async (
  source: MediaSource,
  path: string,
  more: {
    limits?: Partial<SourceLimits>;
    signal?: AbortSignal;
    onProgress?: (progress: ExtractionProgress) => void;
  } = {},
) =>
  source.download(media(path), {
    folder: folder.path,
    limits: { ...limits, ...more.limits },
    signal: more.signal ?? new AbortController().signal,
    onProgress: more.onProgress ?? (() => {}),
  });

const failsWith = (code: string) => expect.objectContaining({ ok: false, code });

/** Nothing of a call is left: neither a file nor a process. */
const expectNothingLeft = async () => {
  expect(await readdir(tempDir())).toEqual([]);
  expect((await readdir(folder.path)).toSorted()).toEqual(['temp', 'yt-dlp']);
  await vi.waitFor(async () => expect(await processesIn(folder.path)).toEqual([]));
};

/** Counts who comes to a port of an address that is not allowed. */
const trap = async (host: string) => {
  const seen = { connections: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.destroy();
  });
  server.listen(0, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, seen, close: () => server.close() };
};

it('resolves a file, with the hash of its address as its id', async () => {
  const found = await resolve(await start(), at('/tone.mp3'));
  expect(found).toEqual({
    ok: true,
    service: 'generic',
    service_id: expect.stringMatching(/^[0-9a-f]{64}$/),
    webpage_url: at('/tone.mp3'),
    title: 'tone',
    uploader: null,
    duration_ms: null,
    chapters: [],
    sponsored: [],
    playlist: null,
  });
  await expectNothingLeft();
});

it('takes a file behind a redirect, and on a page, for the file itself', async () => {
  const source = await start();
  const id = async (path: string) => {
    const found = await resolve(source, at(path));
    return found.ok ? found.service_id : found;
  };
  const direct = await id('/tone.mp3');
  expect(await id('/redirect?to=/tone.mp3')).toBe(direct);
  expect(await id('/page')).toBe(direct);
  expect(await id('/other.mp3')).not.toBe(direct);
});

it('resolves a list to its first entry, and says so', async () => {
  const found = await resolve(await start(), at('/list?entries=3'));
  expect(found).toMatchObject({
    ok: true,
    title: 'A list of tones (1)',
    playlist: { title: 'A list of tones', entries: 3 },
  });
});

it('reads no more of a list of ten thousand than its first entry', async () => {
  const found = await resolve(await start(), at('/list?entries=10000'));
  expect(found).toMatchObject({ ok: true, playlist: { entries: 10_000 } });
  expect(web.requests.filter((path) => path.startsWith('/list/'))).toEqual([]);
});

it('downloads what it resolved and tells how far it is', async () => {
  const source = await start();
  const seen: ExtractionProgress[] = [];
  const done = await download(source, '/tone.mp3', { onProgress: (now) => seen.push(now) });
  const size = (await stat(join(folder.path, 'media'))).size;
  expect(done).toEqual({ ok: true, path: join(folder.path, 'media'), size, thumbnail_path: null });
  expect(seen.at(-1)).toMatchObject({ percent: 100, bytes: size, bytes_total: size });
  expect(await createMediaTools().probe(join(folder.path, 'media'))).toMatchObject({
    ok: true,
    codec: 'mp3',
  });
  expect(await readdir(tempDir())).toEqual([]);
});

it('downloads the picture beside the sound', async () => {
  const source = await start();
  web.on('/pictured', (_url, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      '<html><head><title>With a picture</title></head><video poster="/cover.jpg" src="/tone.m4a"></video></html>',
    );
  });
  const done = await download(source, '/pictured');
  expect(done).toMatchObject({ ok: true, thumbnail_path: join(folder.path, 'picture.jpg') });
  expect((await readFile(join(folder.path, 'picture.jpg'))).subarray(0, 3)).toEqual(
    Buffer.from([0xff, 0xd8, 0xff]),
  );
});

it('puts a stream together out of its pieces without ffmpeg', async () => {
  const source = await start();
  expect(await download(source, '/stream.m3u8')).toMatchObject({ ok: true });
  const probed = await createMediaTools().probe(join(folder.path, 'media'));
  // A transport stream is no container of ours; that it is whole shows in its bytes.
  expect(probed.ok).toBe(false);
  expect((await readFile(join(folder.path, 'media'))).length % 188).toBe(0);
});

it.each([
  ['--exec=touch /tmp/owned', 'unsupported_url'],
  ['-o/tmp/owned', 'unsupported_url'],
  ['ytsearch:anything', 'unsupported_url'],
  ['file:///etc/passwd', 'unsupported_url'],
  ['ftp://127.0.0.1/x.mp3', 'unsupported_url'],
  ['javascript:alert(1)', 'unsupported_url'],
  ['http://name:secret@127.0.0.1/', 'unsupported_url'],
  ['not a link', 'unsupported_url'],
])('starts nothing for %s', async (url, code) => {
  expect(await resolve(await start(), url)).toEqual(failsWith(code));
  expect(web.requests).toEqual([]);
});

it('hands a link with spaces and line feeds on as one argument', async () => {
  const source = await start();
  await resolve(source, at('/tone.mp3?a= b\n--exec=touch\t/tmp/owned'));
  expect(web.requests[0]).toBe('/tone.mp3?a=%20b--exec=touch/tmp/owned');
});

it('does not let a link carry notes to yt-dlp', async () => {
  const source = await start();
  const note = encodeURIComponent(JSON.stringify({ force_videoid: 'smuggled' }));
  const found = await resolve(source, `${at('/tone.mp3')}#__youtubedl_smuggle=${note}`);
  expect(found).toMatchObject({ ok: true, webpage_url: at('/tone.mp3') });
});

it.each([
  'http://127.0.0.2/',
  'http://2130706434/',
  'http://0x7f000002/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost/',
])('refuses %s before anything is started', async (url) => {
  const source = await start();
  const answer = await resolve(source, url);
  expect(answer).toEqual(failsWith('address_refused'));
  expect(answer).toMatchObject({ message: expect.stringContaining(new URL(url).hostname) });
  await expectNothingLeft();
});

it.each(['http://127.0.0.2:PORT/', 'http://2130706434:PORT/', 'http://[::1]:PORT/'])(
  'refuses a redirect to %s',
  async (target) => {
    const { port, seen, close } = await trap(target.includes('[::1]') ? '::1' : '127.0.0.2');
    const to = encodeURIComponent(target.replace('PORT', String(port)));
    const answer = await resolve(await start(), at(`/redirect?to=${to}`));
    close();
    expect(answer).toEqual(failsWith('address_refused'));
    expect(seen.connections).toBe(0);
  },
);

it('refuses a redirect to where clouds keep their secrets', async () => {
  const to = encodeURIComponent('http://169.254.169.254/latest/meta-data/');
  expect(await resolve(await start(), at(`/redirect?to=${to}`))).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('169.254.169.254'),
  });
});

it('refuses a redirect to a tunnel for https', async () => {
  const { port, seen, close } = await trap('127.0.0.2');
  const to = encodeURIComponent(`https://127.0.0.2:${port}/`);
  const answer = await resolve(await start(), at(`/redirect?to=${to}`));
  close();
  expect(answer).toEqual(failsWith('address_refused'));
  expect(seen.connections).toBe(0);
});

it('refuses pieces of a stream at private addresses, and keeps no half of it', async () => {
  const source = await start();
  const { port, seen, close } = await trap('127.0.0.2');
  const piece = encodeURIComponent(`http://127.0.0.2:${port}/part0.ts`);
  const answer = await download(source, `/elsewhere.m3u8?piece=${piece}`);
  close();
  expect(answer).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('127.0.0.2'),
  });
  expect(seen.connections).toBe(0);
  await expectNothingLeft();
});

it.each(['ftp', 'rtmp', 'rtsp', 'mms'])('goes nowhere for media over %s', async (scheme) => {
  const { port, seen, close } = await trap('127.0.0.1');
  web.on('/other-scheme', (_url, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<html><audio src="${scheme}://127.0.0.1:${port}/x.mp3"></audio></html>`);
  });
  const source = await start();
  expect((await resolve(source, at('/other-scheme'))).ok && 'resolved').toBe(
    scheme === 'ftp' ? false : false,
  );
  expect(await download(source, '/other-scheme')).toMatchObject({ ok: false });
  close();
  expect(seen.connections).toBe(0);
});

it('reads no file of this box that a stream names', async () => {
  const source = await start();
  const piece = encodeURIComponent('file:///etc/hostname');
  expect(await download(source, `/elsewhere.m3u8?piece=${piece}`)).toMatchObject({ ok: false });
  await expectNothingLeft();
});

it('does not follow a name that changes its address after it was looked at', async () => {
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  let asked = 0;
  const source = await start({ lookup: async () => answers[asked++] ?? ['127.0.0.2'] });
  const answer = await resolve(source, `http://rebinding.example:${web.port}/tone.mp3`);
  expect(answer).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('rebinding.example'),
  });
  expect(web.requests).toEqual([]);
});

it.each([
  ['/status?code=404', 'not_found'],
  ['/status?code=410', 'not_found'],
  ['/status?code=429', 'rate_limited'],
  ['/status?code=401', 'sign_in_needed'],
  ['/status?code=503', 'unreachable'],
  ['/nothing', 'unsupported_url'],
])('says of %s that it is %s', async (path, code) => {
  const answer = await resolve(await start(), at(path));
  expect(answer).toMatchObject({ ok: false, code, last_words: expect.stringContaining('ERROR') });
});

it('says of a host that nobody knows and of one that does not answer which it was', async () => {
  const source = await start({ lookup: async () => [] });
  expect(await resolve(source, 'http://nowhere.example/')).toMatchObject({
    code: 'unreachable',
    message: 'nowhere.example is not known or does not answer.',
  });
  const { port, close } = await trap('127.0.0.1');
  close();
  expect(await resolve(source, `http://127.0.0.1:${port}/`)).toEqual(failsWith('unreachable'));
});

it('does not wait for what is live', async () => {
  const source = await start();
  expect(await download(source, '/live.m3u8')).toEqual(failsWith('live'));
  await expectNothingLeft();
});

it('does not fetch what says that it is too large', async () => {
  const source = await start();
  expect(await download(source, '/huge.mp3')).toEqual(failsWith('too_large'));
  await expectNothingLeft();
});

it.each(['/endless.mp3', '/endless'])('does not follow %s for ever', async (path) => {
  const source = await start();
  expect(await download(source, path)).toEqual(failsWith('too_large'));
  await expectNothingLeft();
});

it.each(['/silent.mp3', '/slow.mp3', '/slow'])(
  'gives up on %s when its time is over',
  async (path) => {
    const source = await start();
    expect(await download(source, path, { limits: { timeoutMs: 4000 } })).toEqual(
      failsWith('timed_out'),
    );
    await expectNothingLeft();
  },
);

it('keeps no half of a file that breaks off', async () => {
  const source = await start();
  expect(await download(source, '/broken.mp3')).toEqual(failsWith('unreachable'));
  await expectNothingLeft();
});

it('ends with all that belongs to it when a question is cancelled', async () => {
  const source = await start();
  const cancel = new AbortController();
  const asked = source.resolve(at('/silent.mp3'), {
    sponsorblock: false,
    limits,
    signal: cancel.signal,
  });
  await vi.waitUntil(() => web.requests.includes('/silent.mp3'), { timeout: 15_000 });
  cancel.abort(new Error('cancelled'));
  await expect(asked).rejects.toThrow('cancelled');
  await expectNothingLeft();
});

it('ends with all that belongs to it when a download is cancelled', async () => {
  const source = await start();
  const cancel = new AbortController();
  const going = download(source, '/endless.mp3', {
    limits: { mediaBytesMax: 10 ** 12 },
    signal: cancel.signal,
    onProgress: () => cancel.abort(new Error('cancelled')),
  });
  await expect(going).rejects.toThrow('cancelled');
  await expectNothingLeft();
});

it('ends what is under way when it stops, and leaves no connection open', async () => {
  const source = await start();
  const going = download(source, '/slow.mp3').catch((error: Error) => error.name);
  await vi.waitUntil(() => web.requests.length > 1, { timeout: 15_000 });
  await source.stop();
  expect(await going).toBe('AbortError');
  await expectNothingLeft();
  await vi.waitFor(() => expect(web.open()).toBe(0));
});

it('takes a title for words, whatever is in it', async () => {
  const source = await start();
  const title = `../../etc/passwd \u0007\u001b[31m\u202e %(id)s $(touch /tmp/owned) <b>&amp;`;
  web.on('/titled', (_url, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<html><head><title>${escapeHtml(title)}</title></head><audio src="/..%2f..%2f.mp3"></audio></html>`,
    );
  });
  const found = await resolve(source, at('/titled'));
  expect(found).toMatchObject({
    ok: true,
    title: '../../etc/passwd [31m %(id)s $(touch /tmp/owned) <b>&amp; (1)',
  });
  expect(await download(source, '/titled')).toMatchObject({
    ok: true,
    path: join(folder.path, 'media'),
  });
  expect((await readdir(folder.path)).toSorted()).toEqual(['media', 'temp', 'yt-dlp']);
});

it('cuts a title of a megabyte', async () => {
  const source = await start();
  web.on('/long', (_url, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<html><title>${'long '.repeat(200_000)}</title><audio src="/tone.mp3"></html>`);
  });
  const found = await resolve(source, at('/long'));
  expect(found.ok && found.title.length).toBe(199);
});

it('says where no yt-dlp is what to do', async () => {
  const source = await start({ searchPath: folder.path });
  expect(await resolve(source, at('/tone.mp3'))).toMatchObject({
    code: 'tool_missing',
    message: 'There is no yt-dlp.',
    advice: 'Press Update to let Encore fetch one, or install yt-dlp on the box.',
  });
});
