import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRunChild, lastWordsLinesMax, lowestPriority } from './child.ts';

const run = createRunChild([]);
const limits = { timeoutMs: 5000, stdoutBytesMax: 1000 };

/** A killed orphan may wait as a zombie until init collects it. */
const isAlive = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) Z/.test(stat);
};

it('gives output and success', async () => {
  expect(await run('printf', ['%s', 'a; b $(c)'], limits)).toEqual({
    outcome: 'succeeded',
    stdout: 'a; b $(c)',
    lastWords: '',
  });
});

it('keeps the last words of a failure', async () => {
  const result = await run('sh', ['-c', 'seq 1 100 >&2; exit 3'], limits);
  expect(result.outcome).toBe('failed');
  expect(result.lastWords.split('\n')).toHaveLength(lastWordsLinesMax);
  expect(result.lastWords).toMatch(/100$/);
});

it('kills the whole group when time is up', async () => {
  let pid = 0;
  const onStdout = (chunk: Buffer) => (pid = Number(chunk.toString()));
  const result = await run('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    ...limits,
    timeoutMs: 200,
    onStdout,
  });
  expect(result.outcome).toBe('timed_out');
  await sleep(50);
  expect(await isAlive(pid)).toBe(false);
});

it('kills a child that hangs in a stop, which no other signal reaches', async () => {
  const result = await run('sh', ['-c', 'trap "" TERM; kill -STOP $$'], {
    ...limits,
    timeoutMs: 200,
  });
  expect(result.outcome).toBe('timed_out');
});

it('ends a child that says too much', async () => {
  expect(await run('yes', [], limits)).toMatchObject({ outcome: 'too_much_output' });
});

it('says when the tool is not there', async () => {
  expect(await run('no-such-tool-here', [], limits)).toMatchObject({ outcome: 'not_started' });
});

it('gives the child no other environment than the one it is told', async () => {
  const environment = { ONLY: 'this' };
  const result = await run('/usr/bin/env', [], { ...limits, environment, folder: '/' });
  expect(result.stdout).toBe('ONLY=this\n');
});

it('runs at the lowest priority', async () => {
  const result = await createRunChild(lowestPriority())('nice', [], limits);
  expect(result.stdout.trim()).toBe('19');
});
