/**
 * How a file is begun in the middle, with a libvlc that jumps only roughly. Measured with libvlc 3.0.24
 * on noise, six places each, where the first frame is against the place asked for (+: too late), and how
 * long the decoder is silent before it finds its way:
 *
 *   wav, native −50 or 0 ms, avformat 0 ms · mp3, native −42 to −24 ms (variable bitrate −90 to −16),
 *   avformat −18 to 0 ms, silent for 30 ms (77) · flac +47 to +84 ms · ogg −19 to −2 ms · opus −16 to −3 ms ·
 *   m4a +2 to +9 ms
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { VlcFile } from './libvlc.ts';

export type PlacedFile = Pick<VlcFile, 'path' | 'demuxer'> & {
  /** Where the first frame that is to be heard is in the file. */
  readonly startMs: number;
};

export type Landing = Pick<VlcFile, 'fromMs' | 'demuxer'> & {
  /** Of what libvlc then decodes, so much at the head is not to be heard. */
  readonly skippedMs: number;
};

/** Longer than any silence and any lateness. */
const runUpMs = 300;

/** The middle of what was measured; negative: libvlc begins too early. */
const lateMs = { wav: 0, mp3: -9, flac: 66, other: -5 } as const;

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

const latenessOf = ({ path, demuxer }: PlacedFile): number => {
  if (demuxer !== 'avformat') return lateMs[demuxer];
  return isFlac(path) ? lateMs.flac : lateMs.other;
};

/** Errors that are left: none in wav, 10 ms in mp3, 15 ms in ogg, opus and m4a, 20 ms in flac. */
export const landingOf = (file: PlacedFile): Landing => {
  const { startMs, demuxer } = file;
  // From its head every file is decoded to the frame, and so soon that a jump would not be sooner.
  if (startMs <= runUpMs) return { fromMs: 0, demuxer, skippedMs: startMs };
  return {
    fromMs: startMs - runUpMs,
    demuxer: 'avformat',
    skippedMs: runUpMs - latenessOf(file),
  };
};
