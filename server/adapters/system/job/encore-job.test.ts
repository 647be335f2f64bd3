import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRunInUnit, type RunChild } from '../../ffmpeg/child.ts';

const activator = '/usr/bin/systemd-socket-activate';
const isHere = existsSync(activator);
if (!isHere)
  process.stderr.write('media jobs are not tried: systemd-socket-activate is not here\n');

const limits = { timeoutMs: 20_000, stdoutBytesMax: 1_000_000 };
let folder: string;
let systemd: ChildProcess;
let run: RunChild;

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

beforeAll(async () => {
  if (!isHere) return;
  folder = mkdtempSync(join(tmpdir(), 'encore-job-'));
  const connector = join(folder, 'encore-job');
  const source = join(import.meta.dirname, 'encore-job.c');
  const built = spawnSync('cc', [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    connector,
    source,
  ]);
  expect(built).toMatchObject({ status: 0 });
  const socket = join(folder, 'socket');
  // What the socket unit does: for each connection a process, with the connection as its input.
  systemd = spawn(
    activator,
    ['--seqpacket', '--accept', '--inetd', `--listen=${socket}`, connector],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { SECRET_OF_UNIT: 'u' },
    },
  );
  await vi.waitUntil(() => existsSync(socket), { timeout: limits.timeoutMs });
  run = createRunInUnit({ connector, socket, searchPath: '/usr/bin:/bin' });
});

afterAll(async () => {
  if (!isHere) return;
  const ended = once(systemd, 'exit');
  systemd.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

it.runIf(isHere)('gives output, last words and failure as the program itself would', async () => {
  const done = await run(
    'sh',
    ['-c', 'echo "$1"; echo sorry >&2; exit 3', 'sh', 'two words'],
    limits,
  );
  expect(done).toEqual({ outcome: 'failed', stdout: 'two words\n', lastWords: 'sorry' });
});

it.runIf(isHere)('hands standard input on, to its end', async () => {
  const text = 'word '.repeat(100_000);
  const done = await run('wc', ['-c'], { ...limits, stdin: text });
  expect(done).toMatchObject({ outcome: 'succeeded', stdout: `${text.length}\n` });
});

it.runIf(isHere)('runs in the folder it is given', async () => {
  expect(await run('pwd', [], { ...limits, folder })).toMatchObject({ stdout: `${folder}\n` });
});

it.runIf(isHere)(
  'has the environment that it is given, and nothing of ours or of the unit',
  async () => {
    const bare = await run('env', [], limits);
    expect(bare.stdout.trim().split('\n').toSorted()).toEqual([
      'LANG=C.UTF-8',
      'PATH=/usr/bin:/bin',
    ]);
    const given = await run('/usr/bin/env', [], { ...limits, environment: { TMPDIR: '/x' } });
    expect(given.stdout).toBe('TMPDIR=/x\n');
  },
);

it.runIf(isHere)('says that a program is not there', async () => {
  const done = await run('no-such-tool-here', [], limits);
  expect(done).toMatchObject({ outcome: 'failed' });
  expect(done.lastWords).toContain('no-such-tool-here: No such file or directory');
});

it.runIf(isHere)('refuses more words than fit into a message', async () => {
  const done = await run('echo', ['x'.repeat(70_000), 'y'.repeat(70_000)], limits);
  expect(done.lastWords).toContain('Argument list too long');
});

it.runIf(isHere)('hears of it when its socket is not there', async () => {
  const away = createRunInUnit({
    connector: join(folder, 'encore-job'),
    socket: join(folder, 'away'),
    searchPath: '/bin',
  });
  const done = await away('true', [], limits);
  expect(done).toMatchObject({ outcome: 'failed' });
  expect(done.lastWords).toContain('No such file or directory');
});

it.runIf(isHere)('ends the job that is cancelled', async () => {
  const stop = new AbortController();
  let pid = 0;
  const onStdout = (chunk: Buffer) => {
    pid = Number(chunk.toString());
    stop.abort(new Error('enough'));
  };
  const job = run('sh', ['-c', 'echo $PPID; exec sleep 1000'], {
    ...limits,
    onStdout,
    signal: stop.signal,
  });
  await expect(job).rejects.toThrow('enough');
  // The unit's process; systemd ends what it leaves behind.
  await vi.waitUntil(() => !isAlive(pid), { timeout: limits.timeoutMs });
});
