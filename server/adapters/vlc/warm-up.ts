/**
 * Plays silence before anybody may press. libvlc loads the parts that open and decode a file when it first
 * needs them: until then a press waits some 20 ms longer for a wav and 35 ms for an mp3.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { wavHeader } from '../../kernel/wav.ts';
import type { PlayCommand } from '../../player/contract.ts';
import type { VoicePool } from './voice-pool.ts';

/** A player that is not warm is better than none. */
const warmUpMsMax = 3000;

/** 48 kHz, 16 bit, stereo. */
const silentWav = (lengthMs: number): Buffer => {
  const silence = Buffer.alloc(lengthMs * 48 * 4);
  return Buffer.concat([wavHeader(silence.length, { rate: 48_000, channels: 2 }), silence]);
};

/** MPEG 1 layer III, 48 kHz, 32 kbit/s, mono: nothing but zeros after a frame's header is 24 ms of silence. */
const silentMp3 = (frames: number): Buffer => {
  const frame = Buffer.alloc(96);
  frame.writeUInt32BE(0xff_fb_14_c4);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
};

type SilentFile = Pick<PlayCommand, 'path' | 'demuxer'>;

const writeSilence = async (dir: string): Promise<SilentFile[]> => {
  const [wav, mp3] = [join(dir, 'silence.wav'), join(dir, 'silence.mp3')];
  await Promise.all([writeFile(wav, silentWav(20)), writeFile(mp3, silentMp3(4))]);
  return [
    { path: wav, demuxer: 'wav' },
    { path: mp3, demuxer: 'mp3' },
    { path: wav, demuxer: 'avformat' },
  ];
};

const play = (voices: VoicePool, file: SilentFile, log: Logger): Promise<void> =>
  new Promise((resolve) => {
    const voice = voices.start({ ...file, ducks: 'none' }, 0, {
      started() {},
      over(outcome) {
        if (outcome === 'failed')
          log.error({ demuxer: file.demuxer }, 'libvlc does not play its own silence');
        resolve();
      },
    });
    if (voice === null) resolve();
  });

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, ms).unref());

/** Resolves when libvlc has played each kind of file, or cannot; never rejects. */
export const warmUp = async (voices: VoicePool, log: Logger): Promise<void> => {
  let dir: string | undefined;
  try {
    dir = await mkdtemp(join(tmpdir(), 'encore-silence-'));
    const files = await writeSilence(dir);
    const plays = Promise.all(files.map((file) => play(voices, file, log)));
    await Promise.race([plays, after(warmUpMsMax)]);
  } catch (error) {
    log.warn({ err: error }, 'the first sounds may start late: no place to put silent files');
  } finally {
    if (dir !== undefined) await rm(dir, { recursive: true, force: true }).catch(() => {});
  }
};
