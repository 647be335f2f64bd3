import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../kernel/logger.ts';
import { fakeSource } from './testing/fake-source.ts';
import { createToolHealth, firstLookAfterMs, startAgainMs } from './tool-health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what does not begin is tried again each minute, and told until it does', async () => {
  const health = createToolHealth(fakeSource(), silentLogger);
  let mended = false;
  let tried = 0;
  await health.start(async () => {
    tried += 1;
    if (!mended) throw new Error('no such folder');
  });
  const why = 'extractions do not work (no such folder); Encore tries again each minute';
  await health.look();
  expect([health.fault(), health.health()]).toEqual([why, { state: 'degraded', detail: why }]);
  await vi.advanceTimersByTimeAsync(startAgainMs);
  mended = true;
  await vi.advanceTimersByTimeAsync(startAgainMs);
  expect([health.fault(), health.health().state, tried]).toEqual([null, 'ok', 3]);
  await health.stop();
});

const begun = (): Promise<void> => Promise.resolve();

it('a tool that is there is started after a quiet minute, and until then is not looked at yet', async () => {
  const source = fakeSource();
  const asked = vi.spyOn(source, 'status');
  const health = createToolHealth(source, silentLogger);
  await health.start(begun);
  await vi.advanceTimersByTimeAsync(firstLookAfterMs - 1);
  expect(asked).not.toHaveBeenCalled();
  expect(health.health()).toEqual({ state: 'ok', detail: 'yt-dlp is not looked at yet' });
  await vi.advanceTimersByTimeAsync(1);
  expect(health.health()).toEqual({ state: 'ok', detail: 'yt-dlp 2026.10.01' });
  await health.stop();
  await vi.advanceTimersByTimeAsync(24 * 60 * firstLookAfterMs);
  expect(asked).toHaveBeenCalledOnce();
});

it('a stop while it is asked whether there is a tool looks no more', async () => {
  const source = fakeSource();
  const asked = vi.spyOn(source, 'status');
  const answer = Promise.withResolvers<boolean>();
  source.isThere = () => answer.promise;
  const health = createToolHealth(source, silentLogger);
  const starting = health.start(begun);
  await vi.advanceTimersByTimeAsync(0);
  const stopping = health.stop();
  answer.resolve(false);
  await Promise.all([starting, stopping]);
  await vi.advanceTimersByTimeAsync(24 * 60 * firstLookAfterMs);
  expect(asked).not.toHaveBeenCalled();
});

it('that there is no tool is told at once', async () => {
  const source = fakeSource();
  const { yt_dlp, cookies } = await source.status();
  source.isThere = () => Promise.resolve(false);
  source.status = () =>
    Promise.resolve({ yt_dlp: { ...yt_dlp, state: 'missing', detail: 'There is none.' }, cookies });
  const health = createToolHealth(source, silentLogger);
  await health.start(begun);
  await vi.advanceTimersByTimeAsync(0);
  expect(health.health()).toEqual({ state: 'degraded', detail: 'There is none.' });
  await health.stop();
});
