import { open } from 'node:fs/promises';
import { waveformBars } from '../../sounds/contract.ts';
import { finePeaks, mediaFailure } from '../../sounds/media.ts';
import type { MediaTools, PeaksResult } from '../../sounds/media.ts';
import { bytesPerSecond, dataBytesOf, headerBytes } from './canonical-wav.ts';
import type { RunTool } from './child.ts';
import { createEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { failureOf, guardedStart, sniff, soundOnly, unreadable } from './input.ts';

export const peaksTimeoutMs = 10 * 60_000;
/** Half the work of 48 kHz, and still holds whatever a loudness contour can show. */
const streamRate = 24_000;
export const peaksDurationMsMax = 12 * 3_600_000;
const chunkBytes = 256 * 1024;

const answer = (envelope: Envelope, sampleRate: number): PeaksResult => {
  const digits = Array.from(envelope.levels(waveformBars), (level) =>
    Math.round(level * 15).toString(16),
  );
  return {
    ok: true,
    bars: digits.join(''),
    fine: Uint8Array.from(envelope.levels(finePeaks), (level) => Math.round(level * 255)),
    duration_ms: Math.round((envelope.frames() / sampleRate) * 1000),
  };
};

const peaksOfWav = async (
  path: string,
  signal: AbortSignal | undefined,
): Promise<PeaksResult | undefined> => {
  await using file = await open(path, 'r');
  const dataBytes = await dataBytesOf(file);
  if (dataBytes === undefined) return undefined;
  const envelope = createEnvelope();
  const chunk = Buffer.alloc(Math.min(chunkBytes, dataBytes + 3));
  for (let at = 0; at < dataBytes;) {
    signal?.throwIfAborted();
    const wanted = Math.min(chunk.length - (chunk.length % 4), dataBytes - at);
    const { bytesRead } = await file.read(chunk, 0, wanted, headerBytes + at);
    if (bytesRead < 4) break;
    const whole = bytesRead - (bytesRead % 4);
    envelope.push(new Int16Array(chunk.buffer, chunk.byteOffset, whole / 2));
    at += whole;
  }
  return answer(envelope, bytesPerSecond / 4);
};

/** Pipes cut samples anywhere: hands on whole frames and keeps the rest for the next chunk. */
const framesInto = (envelope: Envelope): ((chunk: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    // concat answers with memory aligned for Int16Array, which the chunk itself need not be.
    const joined = Buffer.concat([rest, chunk]);
    const whole = joined.length - (joined.length % 4);
    envelope.push(new Int16Array(joined.buffer, joined.byteOffset, whole / 2));
    rest = joined.subarray(whole);
  };
};

export const createPeaks =
  (run: RunTool): MediaTools['peaks'] =>
  async (path, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
    try {
      const read = await peaksOfWav(path, signal);
      if (read) return read;
    } catch (error) {
      signal?.throwIfAborted();
      return unreadable(error);
    }

    const envelope = createEnvelope();
    const args = [
      ...guardedStart(path),
      ...soundOnly,
      '-ac',
      '2',
      '-ar',
      String(streamRate),
      '-c:a',
      'pcm_s16le',
      '-f',
      's16le',
      'pipe:1',
    ];
    const result = await run(args, {
      timeoutMs: peaksTimeoutMs,
      stdoutBytesMax: (peaksDurationMsMax / 1000) * streamRate * 4,
      onStdout: framesInto(envelope),
      signal,
    });
    if (result.outcome === 'too_much_output') {
      return mediaFailure('too_long', 'the sound is longer than twelve hours');
    }
    if (result.outcome !== 'succeeded') return failureOf(result);
    if (envelope.frames() === 0) {
      return mediaFailure('corrupt', 'no sound could be decoded from the file', result.lastWords);
    }
    return answer(envelope, streamRate);
  };
