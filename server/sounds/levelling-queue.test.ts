import { describe, expect, it, vi } from 'vitest';
import { createLevellingQueue } from './levelling-queue.ts';
import type { LoudnessTools, Measured } from './loudness.ts';
import { mediaFailure } from './media.ts';

const measured = (path: string): Measured => ({
  ok: true,
  duration_ms: 1000,
  integrated_lufs: -path.length,
  true_peak_dbtp: -6,
  range_lu: 0,
  threshold_lufs: -30,
});
const unused = () => Promise.reject(new Error('nothing is encoded here'));

/** Tools that note which files went into which process, and how many ran at once. */
const openTools = (
  together: (paths: string[]) => boolean = () => true,
  gate: Promise<void> = Promise.resolve(),
) => {
  const processes: string[][] = [];
  let running = 0;
  let most = 0;
  const process = async <T>(paths: string[], answer: T): Promise<T> => {
    processes.push(paths);
    running += 1;
    most = Math.max(most, running);
    await gate;
    running -= 1;
    return answer;
  };
  const tools: LoudnessTools = {
    measure: (path) =>
      process([path], path === 'bad' ? mediaFailure('corrupt', 'it is broken') : measured(path)),
    measureTogether(jobs) {
      const paths = jobs.map(({ path }) => path);
      const answers = paths.map(measured);
      return process(paths, together(paths) ? answers : undefined);
    },
    encode: unused,
    encodeTogether: unused,
  };
  return { queue: createLevellingQueue(tools), processes, most: () => most };
};
const short = { duration_ms: 1000, channels: 2 };
const names = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff'];

describe('levelling', () => {
  it('takes short sounds together, four a process, and answers each for itself', async () => {
    const { queue, processes } = openTools();
    const answers = await Promise.all(names.map((path) => queue.measure(path, short)));
    expect(answers).toEqual(names.map(measured));
    expect(processes).toEqual([names.slice(0, 4), names.slice(4)]);
  });

  it('gives a long sound a process of its own', async () => {
    const { queue, processes } = openTools();
    const long = { ...short, duration_ms: 60_000 };
    await Promise.all(names.slice(0, 2).map((path) => queue.measure(path, long)));
    expect(processes).toEqual([['a'], ['bb']]);
  });

  it('runs two processes at a time', async () => {
    const gate = Promise.withResolvers<void>();
    const { queue, processes, most } = openTools(undefined, gate.promise);
    const many = Array.from({ length: 40 }, (_, index) => String(index));
    const asked = Promise.all(many.map((path) => queue.measure(path, short)));
    await vi.waitUntil(() => processes.length === 2);
    gate.resolve();
    await asked;
    expect([most(), processes.length]).toEqual([2, 10]);
  });

  it('asks for each by itself where one of them fails', async () => {
    const { queue, processes } = openTools(() => false);
    const answers = await Promise.all(
      ['a', 'bad', 'ccc'].map((path) => queue.measure(path, short)),
    );
    expect(answers).toEqual([
      measured('a'),
      mediaFailure('corrupt', 'it is broken'),
      measured('ccc'),
    ]);
    expect(processes).toEqual([['a', 'bad', 'ccc'], ['a'], ['bad'], ['ccc']]);
  });

  it('that was cancelled while it waited says why, and starts nothing', async () => {
    const { queue, processes } = openTools();
    const cancelling = new AbortController();
    const asked = names.map((path) => queue.measure(path, short, cancelling.signal));
    cancelling.abort(new Error('enough'));
    const ends = await Promise.allSettled(asked);
    expect(ends.map((end) => end.status === 'rejected' && String(end.reason))).toEqual(
      names.map(() => 'Error: enough'),
    );
    expect(processes).toEqual([]);
  });
});
