import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NullSink } from '../adapters/vlc/testing/null-sink.ts';

const bytesPerMs = 48 * 4;
/** How far ahead of the clock the open stream is kept full: what a 20 ms stream asks for. */
const leadMs = 20;
const tickMs = 4;

/**
 * The floor: what the same sink needs for raw PCM that is written into a stream which is open and
 * running already. Nothing is decoded, decided or recorded. `pcm` is s16le stereo at 48 kHz.
 */
export const openFloor = async (sink: NullSink, pcm: Buffer) => {
  const stream = spawn('pacat', ['--playback', '--raw', '--latency-msec=20', '--rate=48000', '--channels=2'], {
    env: { PATH: process.env['PATH'], ...sink.env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(stream, 'spawn');
  const startedAt = performance.now();
  let written = 0;
  const write = (bytes: Buffer) => {
    written += bytes.length;
    stream.stdin.write(bytes);
  };
  const fill = () => {
    const due = Math.floor((performance.now() - startedAt + leadMs) * bytesPerMs);
    const missing = (due - written) & ~3;
    if (missing > 0) write(Buffer.alloc(missing));
  };
  const timer = setInterval(fill, tickMs);
  return {
    press: () => write(pcm),
    async close() {
      clearInterval(timer);
      const exited = once(stream, 'exit');
      stream.kill();
      await exited;
    },
  };
};

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
