import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ExtractionProgress } from '../../extractions/contract.ts';
import { escapeHtml } from '../../testing/media-server.ts';
import { createMediaTools } from '../ffmpeg/index.ts';
import { openLab, type Lab } from './testing/lab.ts';

// Python takes its time to start where others keep the processor busy.
vi.setConfig({ testTimeout: 120_000 });

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const html = (response: { setHeader(name: string, value: string): void }) =>
  response.setHeader('content-type', 'text/html; charset=utf-8');

it('resolves a file, with the hash of its address as its id', async () => {
  expect(await lab.resolve(lab.at('/tone.mp3'))).toEqual({
    ok: true,
    service: 'generic',
    service_id: expect.stringMatching(/^[0-9a-f]{64}$/),
    webpage_url: lab.at('/tone.mp3'),
    title: 'tone',
    uploader: null,
    duration_ms: null,
    chapters: [],
    sponsored: [],
    playlist: null,
  });
  await lab.expectNothingLeft();
});

it('takes a file behind a redirect, and on a page, for the file itself', async () => {
  const id = async (path: string) => {
    const found = await lab.resolve(lab.at(path));
    return found.ok ? found.service_id : found;
  };
  const direct = await id('/tone.mp3');
  expect(await id('/redirect?to=/tone.mp3')).toBe(direct);
  expect(await id('/page')).toBe(direct);
  expect(await id('/other.mp3')).not.toBe(direct);
});

it('reads no more of a list of ten thousand than its first entry, and says so', async () => {
  lab.web.requests.length = 0;
  expect(await lab.resolve(lab.at('/list?entries=10000'))).toMatchObject({
    ok: true,
    title: 'A list of tones (1)',
    playlist: { title: 'A list of tones', entries: 10_000 },
  });
  expect(lab.web.requests.filter((path) => path.startsWith('/list/'))).toEqual([]);
});

it('downloads what it resolved and tells how far it is', async () => {
  const into = await mkdtemp(join(lab.folder, 'kept-'));
  const seen: ExtractionProgress[] = [];
  const done = await lab.download('/tone.mp3', { into, onProgress: (now) => seen.push(now) });
  const { size } = await stat(join(into, 'media'));
  expect(done).toEqual({ ok: true, path: join(into, 'media'), size, thumbnail_path: null });
  expect(seen.at(-1)).toMatchObject({ percent: 100, bytes: size, bytes_total: size });
  expect(await createMediaTools().probe(join(into, 'media'))).toMatchObject({ codec: 'mp3' });
  expect(await readdir(into)).toEqual(['media']);
});

it('downloads the picture beside the sound', async () => {
  const into = await mkdtemp(join(lab.folder, 'kept-'));
  lab.web.on('/pictured', (_url, response) => {
    html(response);
    response.end(
      '<html><head><title>With a picture</title></head><body><video poster="/cover.jpg" src="/tone.m4a"></video></body></html>',
    );
  });
  const thumbnail_path = join(into, 'picture.jpg');
  expect(await lab.download('/pictured', { into })).toMatchObject({ ok: true, thumbnail_path });
  expect((await readFile(thumbnail_path)).toString('latin1', 0, 3)).toBe('\xff\xd8\xff');
});

it('puts a stream together out of its pieces without ffmpeg', async () => {
  const into = await mkdtemp(join(lab.folder, 'kept-'));
  expect(await lab.download('/stream.m3u8', { into })).toMatchObject({ ok: true });
  const pieces = await Promise.all(
    ['/part0.ts', '/part1.ts', '/part2.ts'].map(async (name) => {
      const answer = await fetch(lab.at(name));
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0);
    }),
  );
  expect(Buffer.concat(pieces).equals(await readFile(join(into, 'media')))).toBe(true);
});

it('takes a title for words, whatever is in it', async () => {
  const into = await mkdtemp(join(lab.folder, 'kept-'));
  const title = `../../etc/passwd \u0007\u001b[31m\u202e %(id)s $(touch /tmp/owned) <b>&amp;`;
  lab.web.on('/titled', (_url, response) => {
    html(response);
    response.end(
      `<html><head><title>${escapeHtml(title)}</title></head><body><audio src="/..%2f..%2f.mp3"></audio></body></html>`,
    );
  });
  expect(await lab.resolve(lab.at('/titled'))).toMatchObject({
    ok: true,
    title: '../../etc/passwd [31m %(id)s $(touch /tmp/owned) <b>&amp; (1)',
  });
  expect(await lab.download('/titled', { into })).toMatchObject({ path: join(into, 'media') });
  expect(await readdir(into)).toEqual(['media']);
});

it('cuts a title of a megabyte', async () => {
  lab.web.on('/long', (_url, response) => {
    html(response);
    const title = 'long '.repeat(200_000);
    response.end(
      `<html><head><title>${title}</title></head><body><audio src="/tone.mp3"></audio></body></html>`,
    );
  });
  const found = await lab.resolve(lab.at('/long'));
  expect(found.ok && found.title.length).toBe(199);
});

it('runs in an environment that holds nothing of ours', async () => {
  process.env['JWT_SECRET'] = 'must-not-be-seen';
  const environments: string[] = [];
  lab.web.on('/look.mp3', async (_url, response) => {
    for (const name of await readdir('/proc')) {
      const read = (file: string) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '');
      const [line, environment] = await Promise.all([read('cmdline'), read('environ')]);
      if (line.includes(lab.at('/look.mp3'))) environments.push(environment);
    }
    response.statusCode = 404;
    response.end();
  });
  await lab.resolve(lab.at('/look.mp3'));
  delete process.env['JWT_SECRET'];
  const names = environments[0]?.split('\0').flatMap((pair) => pair.split('=')[0] || []);
  expect(names?.toSorted()).toEqual([
    'HOME',
    'LANG',
    'PATH',
    'PYTHONDONTWRITEBYTECODE',
    'TMPDIR',
    'all_proxy',
    'ftp_proxy',
    'http_proxy',
    'https_proxy',
  ]);
});

it('lends yt-dlp its cookies, and keeps them as they were', async () => {
  const line = `127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tvery-secret-value`;
  expect(await lab.source.setCookies(`# Netscape HTTP Cookie File\n${line}\n`)).toBeNull();
  lab.web.on('/members', (_url, response) => {
    response.setHeader('set-cookie', 'session=taken-over; Path=/');
    response.statusCode = 403;
    response.end('very-secret-value');
  });
  const answer = await lab.resolve(lab.at('/members'));
  expect(lab.web.headers().cookie).toBe('session=very-secret-value');
  expect(JSON.stringify([answer, lab.logger.lines])).not.toMatch(/very-secret|taken-over/);
  expect(await readFile(join(lab.folder, 'yt-dlp/cookies.txt'), 'utf8')).toContain(line);
  await lab.source.clearCookies();
  await lab.resolve(lab.at('/members'));
  expect(lab.web.headers().cookie).toBeUndefined();
  await lab.expectNothingLeft();
});
