/**
 * How a file is begun in the middle, with a libvlc that jumps only roughly. Measured with libvlc 3.0.24
 * on noise, where the first frame is against the place asked for (+: too late), and how long the decoder is
 * silent before it finds its way:
 *
 *   wav, native −50 or 0 ms, avformat 0 ms · mp3, native −42 to −24 ms (variable bitrate −90 to −16),
 *   avformat −18 to 0 ms, silent for 30 ms (77) · ogg −19 to −2 ms · opus −16 to −3 ms · m4a +2 to +9 ms ·
 *   flac at the head of a frame: the next one where frames are 85 ms or longer, the one asked for where
 *   they are 52 ms or shorter
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
const lateMs = { wav: 0, mp3: -9, avformat: -5 } as const;

/** Between what was measured. */
const flacLongFrameMs = 68;

/** How much sound the largest frame holds; null: no flac, or none that can be read. Layout: RFC 9639, 8.2. */
const flacFrameMs = (path: string): number | null => {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(22);
      readSync(file, head);
      if (head.toString('latin1', 0, 4) !== 'fLaC') return null;
      const rate = head.readUIntBE(18, 3) >> 4;
      return rate > 0 ? (head.readUInt16BE(10) * 1000) / rate : null;
    } finally {
      closeSync(file);
    }
  } catch {
    // libvlc will say so too.
    return null;
  }
};

/** Asked for the middle of a frame there is no doubt which one libvlc takes. */
const landingInFlac = (startMs: number, frameMs: number): Omit<Landing, 'demuxer'> => {
  const frame = Math.floor((startMs - runUpMs) / frameMs);
  if (frame < 1) return { fromMs: 0, skippedMs: startMs };
  const landed = frameMs > flacLongFrameMs ? frame : frame - 1;
  return { fromMs: (frame - 0.5) * frameMs, skippedMs: startMs - landed * frameMs };
};

/** Errors that are left: none in wav and in flac of even frames, 10 ms in mp3, 15 ms in ogg, opus and m4a. */
export const landingOf = ({ path, demuxer, startMs }: PlacedFile): Landing => {
  // From its head every file is decoded to the frame, and so soon that a jump would not be sooner.
  if (startMs <= runUpMs) return { fromMs: 0, demuxer, skippedMs: startMs };
  const frameMs = demuxer === 'avformat' ? flacFrameMs(path) : null;
  if (frameMs !== null) return { demuxer, ...landingInFlac(startMs, frameMs) };
  return {
    fromMs: startMs - runUpMs,
    demuxer: 'avformat',
    skippedMs: runUpMs - lateMs[demuxer],
  };
};
