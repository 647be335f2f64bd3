import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../kernel/logger.ts';
import { fakeSource } from './testing/fake-source.ts';
import { createToolHealth, startAgainMs } from './tool-health.ts';

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
