import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordingLogger } from '../kernel/testing/recording-logger.ts';
import { createWatcher, watcherLimits } from './watcher.ts';

const { quietMs, waitMsMax, periodMs } = watcherLimits;
let scans = 0;
let busy: Promise<void> = Promise.resolve();
let news = true;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [scans, busy, news] = [0, Promise.resolve(), true];
});
afterEach(() => void vi.useRealTimers());

const watching = () => {
  const watcher = createWatcher({
    idle: () => busy,
    scan: async () => void (scans += 1),
    isNews: async () => news,
    logger: recordingLogger(),
  });
  watcher.start();
  return watcher;
};

describe('what is heard', () => {
  it('leads to one scan once it is quiet, however much it was', async () => {
    const watcher = watching();
    for (let number = 0; number < 1000; number++) {
      watcher.hear(`/sounds/${number}.wav`);
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(scans).toBe(0);
    await vi.advanceTimersByTimeAsync(quietMs);
    expect(scans).toBe(1);
    await vi.advanceTimersByTimeAsync(waitMsMax + quietMs);
    expect(scans).toBe(1);
  });

  it('without a pause is looked at all the same', async () => {
    const watcher = watching();
    for (let ms = 0; ms < waitMsMax; ms += 1000) {
      watcher.hear('/sounds/endless.wav');
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(scans).toBe(1);
  });

  it('while a scan runs waits for the one after it', async () => {
    let free = () => {};
    const watcher = watching();
    busy = new Promise((resolve) => (free = resolve));
    watcher.hear('/sounds/a.wav');
    await vi.advanceTimersByTimeAsync(quietMs);
    watcher.hear('/sounds/b.wav');
    await vi.advanceTimersByTimeAsync(quietMs);
    expect(scans).toBe(0);
    free();
    await vi.advanceTimersByTimeAsync(0);
    expect(scans).toBe(1);
  });

  it('of hidden files and foreign folders leads to nothing', async () => {
    const watcher = watching();
    for (const name of ['.a.wav.part', 'temp', 'thumbnails']) watcher.hear(`/sounds/${name}`);
    await vi.advanceTimersByTimeAsync(quietMs);
    expect(scans).toBe(0);
  });

  it('but is on record already leads to nothing', async () => {
    news = false;
    const watcher = watching();
    watcher.hear('/sounds/uploaded.wav');
    await vi.advanceTimersByTimeAsync(quietMs);
    expect(scans).toBe(0);
  });
});

it('scans from time to time, for what cannot be heard', async () => {
  watching();
  await vi.advanceTimersByTimeAsync(2 * periodMs);
  expect(scans).toBe(2);
});

it('scans from time to time also after a period that ended while a scan was waited for', async () => {
  let free = () => {};
  news = false;
  const watcher = watching();
  await vi.advanceTimersByTimeAsync(periodMs - 2 * quietMs);
  busy = new Promise((resolve) => (free = resolve));
  watcher.hear('/sounds/uploaded.wav');
  await vi.advanceTimersByTimeAsync(3 * quietMs);
  expect(scans).toBe(0);
  free();
  await vi.advanceTimersByTimeAsync(periodMs);
  expect(scans).toBe(1);
});

it('goes on after a scan that failed', async () => {
  const logger = recordingLogger();
  const watcher = createWatcher({
    idle: () => busy,
    scan: () => Promise.reject(new Error((scans += 1) === 1 ? 'disk is full' : 'again')),
    isNews: async () => news,
    logger,
  });
  watcher.start();
  await vi.advanceTimersByTimeAsync(2 * periodMs);
  expect(scans).toBe(2);
});

it('scans where it cannot be found out whether something is new', async () => {
  const watcher = createWatcher({
    idle: () => busy,
    scan: async () => void (scans += 1),
    isNews: () => Promise.reject(new Error('the log is closed')),
    logger: recordingLogger(),
  });
  watcher.start();
  for (const heard of [1, 2]) {
    watcher.hear('/sounds/a.wav');
    await vi.advanceTimersByTimeAsync(quietMs);
    expect(scans).toBe(heard);
  }
});

it('hears nothing once it is stopped', async () => {
  const watcher = watching();
  watcher.hear('/sounds/a.wav');
  await watcher.stop();
  watcher.hear('/sounds/b.wav');
  await vi.advanceTimersByTimeAsync(periodMs);
  expect(scans).toBe(0);
});
