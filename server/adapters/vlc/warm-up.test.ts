/** Silence before the first press, with voices that make no sound. */
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import type { VoiceFile, VoiceListener, VoicePool } from './voice-pool.ts';
import { warmUp } from './warm-up.ts';

const log = pino({ level: 'silent' });
const voice = { stop: () => {}, heardMs: () => 0, durationMs: () => 0 };

type Opened = { file: VoiceFile; listener: VoiceListener };

const poolOf = (opened: Opened[]): VoicePool => ({
  start(file, _gainDb, listener) {
    opened.push({ file, listener });
    return voice;
  },
});

afterEach(() => void vi.useRealTimers());

it('is played once in each way of opening a file, and over when the last one is', async () => {
  const opened: Opened[] = [];
  let over = false;
  const warm = warmUp(poolOf(opened), log).then(() => (over = true));
  await vi.waitFor(() => expect(opened).toHaveLength(3));
  expect(opened.map(({ file }) => file.demuxer)).toEqual(['wav', 'mp3', 'avformat']);
  expect(opened.map(({ file }) => file.ducks)).toEqual(['none', 'none', 'none']);
  expect(opened.map(({ file }) => existsSync(file.path))).toEqual([true, true, true]);
  const [first, second, third] = opened;
  first?.listener.over('ended', 50);
  second?.listener.over('failed', 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  third?.listener.over('ended', 50);
  await warm;
  expect(opened.map(({ file }) => existsSync(file.path))).toEqual([false, false, false]);
});

it('does not wait for ever for a libvlc that hangs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const opened: Opened[] = [];
  const warm = warmUp(poolOf(opened), log);
  while (opened.length < 3 || vi.getTimerCount() === 0)
    await new Promise((resolve) => setImmediate(resolve));
  vi.runAllTimers();
  await warm;
  expect(opened).toHaveLength(3);
});

it('is done without when every voice is taken', async () => {
  await expect(warmUp({ start: () => null }, log)).resolves.toBeUndefined();
});
