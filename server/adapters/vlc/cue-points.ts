/** How a part of a file is played exactly, with a libvlc that jumps only roughly. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { PlayCommand } from '../../player/contract.ts';

export type PlayedPart = Pick<PlayCommand, 'path' | 'demuxer' | 'start_ms' | 'end_ms'>;

export type Cue = {
  /** Where libvlc is to begin, and how it finds that place. */
  readonly fromMs: number;
  readonly demuxer: PlayCommand['demuxer'];
  /** Of what it then decodes, so much at the head is not to be heard. */
  readonly unheardMs: number;
  /** null: to the end of the file. */
  readonly lengthMs: number | null;
};

/** After a jump a decoder needs some frames to find its way: up to 220 ms of silence in mp3. */
const runUpMs = 500;

/** libvlc drops the whole frame into which it jumped. In flac that is 85 to 96 ms, of which this is the middle. */
const flacLateMs = 46;

const isFlac = (path: string): boolean => {
  try {
    const file = openSync(path, 'r');
    try {
      const magic = Buffer.alloc(4);
      readSync(file, magic);
      return magic.toString('latin1') === 'fLaC';
    } finally {
      closeSync(file);
    }
  } catch {
    // libvlc will say so too.
    return false;
  }
};

export const cueOf = ({ path, demuxer, start_ms = 0, end_ms }: PlayedPart): Cue => {
  const lengthMs = end_ms === undefined ? null : end_ms - start_ms;
  if (start_ms === 0) return { fromMs: 0, demuxer, unheardMs: 0, lengthMs };
  const beforeMs = Math.min(start_ms, runUpMs);
  const lateMs = demuxer !== 'wav' && isFlac(path) ? flacLateMs : 0;
  return {
    fromMs: start_ms - beforeMs,
    // libvlc's own demuxer is 240 ms off in mp3 of variable bit rate.
    demuxer: demuxer === 'mp3' ? 'avformat' : demuxer,
    unheardMs: Math.max(0, beforeMs - lateMs),
    lengthMs,
  };
};
