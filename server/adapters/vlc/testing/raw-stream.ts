/**
 * The floor for latencies: raw PCM into a stream that is open already, with nothing to load, decode
 * or mix. What a press needs more than this is ours.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { NullSink } from './null-sink.ts';
import { recordingRate } from './recording.ts';

export type RawStream = {
  /** s16le stereo, 48 kHz. */
  write(pcm: Buffer): void;
  close(): Promise<void>;
};

export const openRawStream = async (sink: NullSink, latencyMs = 20): Promise<RawStream> => {
  const child = spawn(
    'pacat',
    [
      '--playback',
      '--raw',
      '--format=s16le',
      `--rate=${recordingRate}`,
      '--channels=2',
      `--latency-msec=${latencyMs}`,
    ],
    { env: { PATH: process.env['PATH'], ...sink.env }, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  await once(child, 'spawn');
  // The first buffer opens the stream: some silence, so that later writes find it open.
  child.stdin.write(Buffer.alloc(recordingRate * 4 * 0.1));
  return {
    write: (pcm) => void child.stdin.write(pcm),
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
};
