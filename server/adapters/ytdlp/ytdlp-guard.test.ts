import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { failsWith, openLab, openTrap, type Lab } from './testing/lab.ts';

// Python takes its time to start where others keep the processor busy.
vi.setConfig({ testTimeout: 120_000 });

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
beforeEach(() => void (lab.web.requests.length = 0));
afterAll(() => lab.close());

it.each([
  '--exec=touch /tmp/owned',
  '-o/tmp/owned',
  'ytsearch:anything',
  'file:///etc/passwd',
  'ftp://127.0.0.1/x.mp3',
  'javascript:alert(1)',
  'http://name:secret@127.0.0.1/',
  'not a link',
  `http://127.0.0.1/${'long'.repeat(600)}`,
])('starts nothing for %s', async (url) => {
  expect(await lab.resolve(url)).toEqual(failsWith('unsupported_url'));
  expect(lab.web.requests).toEqual([]);
});

it('hands a link with spaces and line feeds on as one argument', async () => {
  await lab.resolve(lab.at('/tone.mp3?a= b\n--exec=touch\t/tmp/owned'));
  expect(lab.web.requests[0]).toBe('/tone.mp3?a=%20b--exec=touch/tmp/owned');
});

it('does not let a link carry notes to yt-dlp', async () => {
  const note = encodeURIComponent(JSON.stringify({ http_headers: { 'x-smuggled': 'yes' } }));
  const found = await lab.resolve(`${lab.at('/tone.mp3')}#__youtubedl_smuggle=${note}`);
  expect(found).toMatchObject({ ok: true, webpage_url: lab.at('/tone.mp3') });
  expect(lab.web.headers()['x-smuggled']).toBeUndefined();
});

it.each([
  'http://127.0.0.2/',
  'http://2130706434/',
  'http://0x7f000002/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
])('refuses %s before anything is started', async (url) => {
  const answer = await lab.resolve(url);
  expect(answer).toEqual(failsWith('address_refused'));
  expect(answer).toMatchObject({ message: expect.stringContaining(new URL(url).hostname) });
  await lab.expectNothingLeft();
});

it.each([
  ['http://127.0.0.2:PORT/', '127.0.0.2'],
  ['https://127.0.0.2:PORT/', '127.0.0.2'],
  ['http://2130706434:PORT/', '127.0.0.2'],
  ['http://[::1]:PORT/', '[::1]'],
  ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
])('refuses a redirect to %s', async (target, named) => {
  const { port, seen, close } = await openTrap(named === '[::1]' ? '::1' : '127.0.0.2');
  const to = encodeURIComponent(target.replace('PORT', String(port)));
  const answer = await lab.resolve(lab.at(`/redirect?to=${to}`));
  close();
  expect(answer).toMatchObject({
    code: 'address_refused',
    message: `${named} is not on the public internet, and links do not lead into this house.`,
  });
  expect(seen.connections).toBe(0);
});

it('refuses pieces of a stream at private addresses, and keeps no half of it', async () => {
  const { port, seen, close } = await openTrap('127.0.0.2');
  const piece = encodeURIComponent(`http://127.0.0.2:${port}/part0.ts`);
  const answer = await lab.download(`/elsewhere.m3u8?piece=${piece}`);
  close();
  expect(answer).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('127.0.0.2'),
  });
  expect(seen.connections).toBe(0);
  await lab.expectNothingLeft();
});

it.each(['ftp', 'rtmp', 'rtsp'])('goes nowhere for media over %s', async (scheme) => {
  const { port, seen, close } = await openTrap('127.0.0.1');
  lab.web.on('/other-scheme', (_url, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<html><body><audio src="${scheme}://127.0.0.1:${port}/x.mp3"></audio></body></html>`,
    );
  });
  expect(await lab.download('/other-scheme')).toMatchObject({ ok: false });
  close();
  expect(seen.connections).toBe(0);
});

it('fetches no piece of a stream over ftp', async () => {
  const { port, seen, close } = await openTrap('127.0.0.1');
  const piece = encodeURIComponent(`ftp://127.0.0.1:${port}/x.ts`);
  expect(await lab.download(`/elsewhere.m3u8?piece=${piece}`)).toMatchObject({ ok: false });
  close();
  expect(seen.connections).toBe(0);
});

it('reads no file of this box that a stream names', async () => {
  const piece = encodeURIComponent('file:///etc/hostname');
  expect(await lab.download(`/elsewhere.m3u8?piece=${piece}`)).toMatchObject({ ok: false });
  await lab.expectNothingLeft();
});

it('does not follow a name that changes its address after it was looked at', async () => {
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  let asked = 0;
  const source = await lab.start({ lookup: async () => answers[asked++] ?? ['127.0.0.2'] });
  const answer = await lab.resolve(`http://rebinding.example:${lab.web.port}/x`, {}, source);
  expect(answer).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('rebinding.example'),
  });
  expect(lab.web.requests).toEqual([]);
});

it('says of a host that nobody knows and of one that does not answer which it was', async () => {
  expect(await lab.resolve('http://nowhere.invalid/')).toMatchObject({
    code: 'unreachable',
    message: 'nowhere.invalid is not known or does not answer.',
  });
  const { port, close } = await openTrap('127.0.0.1');
  close();
  expect(await lab.resolve(`http://127.0.0.1:${port}/`)).toMatchObject({
    code: 'unreachable',
    message: '127.0.0.1 is not known or does not answer.',
  });
});
