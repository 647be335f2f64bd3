import { describe, expect, test } from 'vitest';
import { createLifecycle, type Part } from './lifecycle.ts';

const setup = (parts: (note: (line: string) => void) => Part[], stopTimeoutMs = 1_000) => {
  const notes: string[] = [];
  const note = (line: string) => void notes.push(line);
  const failed = (part: string, error: unknown) => note(`${part} failed: ${String(error)}`);
  const lifecycle = createLifecycle(parts(note), { startTimeoutMs: 50, stopTimeoutMs, failed });
  return { notes, lifecycle };
};

const part = (name: string, note: (line: string) => void): Part => ({
  name,
  start: () => note(`start ${name}`),
  stop: () => note(`stop ${name}`),
});

describe('lifecycle', () => {
  test('starts in order and stops in reverse', async () => {
    const { notes, lifecycle } = setup((note) => [part('store', note), part('doors', note)]);
    await lifecycle.start();
    await lifecycle.stop();
    expect(notes).toEqual(['start store', 'start doors', 'stop doors', 'stop store']);
  });

  test('a second stop is the first one', async () => {
    const { notes, lifecycle } = setup((note) => [part('store', note)]);
    await lifecycle.start();
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(notes).toEqual(['start store', 'stop store']);
  });

  test('a part that fails to stop is told, and the rest is stopped', async () => {
    const { notes, lifecycle } = setup((note) => [
      part('store', note),
      { name: 'doors', stop: () => Promise.reject(new Error('stuck')) },
    ]);
    await lifecycle.start();
    await lifecycle.stop();
    expect(notes).toEqual(['start store', 'doors failed: Error: stuck', 'stop store']);
  });

  test('a part that takes too long to stop is told and aborted, and the rest is stopped', async () => {
    const { notes, lifecycle } = setup(
      (note) => [
        part('store', note),
        {
          name: 'doors',
          stop: (signal) => {
            signal.addEventListener('abort', () => note('doors: time is up'));
            return new Promise(() => {});
          },
        },
      ],
      20,
    );
    await lifecycle.start();
    await lifecycle.stop();
    expect(notes).toEqual([
      'start store',
      'doors: time is up',
      'doors failed: Error: stopping doors took longer than 20 ms',
      'stop store',
    ]);
  });

  test('a part that fails to start stops the ones before it and itself', async () => {
    const { notes, lifecycle } = setup((note) => [
      part('store', note),
      {
        name: 'doors',
        start: () => Promise.reject(new Error('port taken')),
        stop: () => note('stop doors'),
      },
      part('never', note),
    ]);
    await expect(lifecycle.start()).rejects.toThrow('port taken');
    expect(notes).toEqual(['start store', 'stop doors', 'stop store']);
  });

  test('a part that never starts is given up', async () => {
    const { lifecycle } = setup(() => [{ name: 'broker', start: () => new Promise(() => {}) }]);
    await expect(lifecycle.start()).rejects.toThrow('starting broker took longer than 50 ms');
  });

  test('a stop in the middle of the start leaves nothing running', async () => {
    const { notes, lifecycle } = setup((note) => [
      part('store', note),
      { name: 'slow', start: () => new Promise((done) => setTimeout(done, 10)) },
      part('doors', note),
    ]);
    const starting = lifecycle.start();
    await lifecycle.stop();
    await starting;
    expect(notes).toEqual(['start store', 'stop store']);
  });
});
