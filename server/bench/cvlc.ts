import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NullSink } from '../adapters/vlc/testing/null-sink.ts';

const nobody = 65_534;

/** One VLC per press, as a script would do it; resolves at its end. */
export const playWithCvlc = async (sink: NullSink, file: string): Promise<void> => {
  const socketPath = sink.env.PULSE_SERVER.replace('unix:', '');
  const isRoot = process.getuid?.() === 0;
  // The vlc program refuses to run as root, and somebody else has to reach the sink.
  if (isRoot) chmodSync(dirname(socketPath), 0o755);
  const child = spawn('cvlc', ['--quiet', '--play-and-exit', '--aout=pulse', file], {
    env: { PATH: process.env['PATH'], HOME: '/tmp', ...sink.env },
    stdio: 'ignore',
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  await once(child, 'exit');
};
