import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { failsWith, limits, openLab, type Lab } from './testing/lab.ts';

// Python takes its time to start where others keep the processor busy.
vi.setConfig({ testTimeout: 120_000 });

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
beforeEach(() => void (lab.web.requests.length = 0));
afterAll(() => lab.close());

it.each([
  ['/status?code=404', 'not_found'],
  ['/status?code=429', 'rate_limited'],
  ['/status?code=503', 'unreachable'],
  ['/nothing', 'unsupported_url'],
])('says of %s that it is %s, and keeps the last words', async (path, code) => {
  expect(await lab.resolve(lab.at(path))).toMatchObject({
    ok: false,
    code,
    last_words: expect.stringMatching(/^ERROR/m),
  });
});

it('does not fetch a part of what is live', async () => {
  expect(await lab.download('/live.m3u8')).toEqual(failsWith('live'));
  await lab.expectNothingLeft();
});

it('does not fetch what says that it is too large', async () => {
  expect(await lab.download('/huge.mp3')).toEqual(failsWith('too_large'));
  await lab.expectNothingLeft();
});

it.each(['/endless.mp3', '/endless'])('does not follow %s for ever', async (path) => {
  expect(await lab.download(path)).toEqual(failsWith('too_large'));
  await lab.expectNothingLeft();
});

it.each(['/silent.mp3', '/slow.mp3'])('gives up on %s when its time is over', async (path) => {
  expect(await lab.download(path, { limits: { timeoutMs: 4000 } })).toEqual(failsWith('timed_out'));
  await lab.expectNothingLeft();
});

it('keeps no half of a file that breaks off', async () => {
  expect(await lab.download('/broken.mp3')).toEqual(failsWith('unreachable'));
  await lab.expectNothingLeft();
});

it('ends with all that belongs to it when a question is cancelled', async () => {
  const cancel = new AbortController();
  const asked = lab.source.resolve(lab.at('/silent.mp3'), {
    sponsorblock: false,
    limits,
    signal: cancel.signal,
  });
  await vi.waitUntil(() => lab.web.requests.includes('/silent.mp3'), { timeout: 60_000 });
  cancel.abort(new Error('cancelled'));
  await expect(asked).rejects.toThrow('cancelled');
  await lab.expectNothingLeft();
});

it('ends with all that belongs to it when a download is cancelled', async () => {
  const cancel = new AbortController();
  const going = lab.download('/endless.mp3', {
    limits: { mediaBytesMax: 10 ** 12 },
    signal: cancel.signal,
    onProgress: () => cancel.abort(new Error('cancelled')),
  });
  await expect(going).rejects.toThrow('cancelled');
  await lab.expectNothingLeft();
});

it('starts nothing for what was cancelled before', async () => {
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(lab.download('/tone.mp3', { signal })).rejects.toThrow('cancelled');
  expect(lab.web.requests).toEqual([]);
});

it('ends what is under way when it stops, and leaves no connection open', async () => {
  const source = await lab.start();
  const going = lab.download('/slow.mp3', { source }).catch((error: Error) => error.name);
  await vi.waitUntil(() => lab.web.requests.length > 1, { timeout: 60_000 });
  await source.stop();
  expect(await going).toBe('AbortError');
  await lab.expectNothingLeft();
  await vi.waitFor(() => expect(lab.web.open()).toBe(0), 10_000);
});
