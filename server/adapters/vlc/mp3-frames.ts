/**
 * How much music an mp3 file holds. Its encoder fills the last frame up with silence, which libvlc
 * plays, and says in the first frame how much that is ("Xing" or "Info" tag with LAME's extension,
 * http://gabriel.mp3-tech.org/mp3infotag.html). The delay at the head is skipped by libvlc itself.
 */
import { open } from 'node:fs/promises';

const mixerRate = 48_000;
const id3HeaderBytes = 10;
const firstFrameBytesMax = 512;
/** Tags after the last frame. Of what is longer the first frame knows nothing: files put together from several. */
const trailingBytesMax = 16 * 1024;
const ratesHz = [44_100, 48_000, 32_000] as const;

/** An ID3v2 tag before the first frame, of any length. */
const id3BytesOf = (head: Buffer): number => {
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  return size + id3HeaderBytes;
};

type FrameHeader = { rateHz: number; samples: number; sideInfoBytes: number };

/** Layer III only. */
const frameHeaderOf = (frame: Buffer): FrameHeader | null => {
  if (frame.length < 4) return null;
  const bits = frame.readUInt32BE(0);
  const isLayer3 = bits >>> 21 === 0x7ff && ((bits >>> 17) & 3) === 1;
  const version = (bits >>> 19) & 3;
  const rate = ratesHz[(bits >>> 10) & 3];
  if (!isLayer3 || version === 1 || rate === undefined) return null;
  const isMono = ((bits >>> 6) & 3) === 3;
  if (version === 3) return { rateHz: rate, samples: 1152, sideInfoBytes: isMono ? 17 : 32 };
  const rateHz = version === 2 ? rate / 2 : rate / 4;
  return { rateHz, samples: 576, sideInfoBytes: isMono ? 9 : 17 };
};

/**
 * Frames of music at the mixer's rate, from the first frame of a file that has `bytes` bytes from there on;
 * null: the frame does not say, or not of all of it.
 */
export const musicFramesIn = (firstFrame: Buffer, bytes: number): number | null => {
  const header = frameHeaderOf(firstFrame);
  if (header === null) return null;
  const tag = firstFrame.subarray(4 + header.sideInfoBytes);
  if (tag.length < 144 || !['Xing', 'Info'].includes(tag.toString('latin1', 0, 4))) return null;
  const flags = tag.readUInt32BE(4);
  // Frames, bytes, table of contents and quality come before LAME's part, each if its flag is set.
  if ((flags & 3) !== 3 || bytes - tag.readUInt32BE(12) > trailingBytesMax) return null;
  const lame = 8 + 4 + 4 + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const delayAt = lame + 21;
  if (tag[lame] === 0 || tag.length < delayAt + 3) return null;
  const delays = tag.readUIntBE(delayAt, 3);
  const samples = tag.readUInt32BE(8) * header.samples - (delays >>> 12) - (delays & 0xfff);
  return samples > 0 ? Math.round((samples * mixerRate) / header.rateHz) : null;
};

/** null: the file does not say, or cannot be read, which libvlc will notice too. */
export const musicFramesOf = async (path: string): Promise<number | null> => {
  try {
    await using file = await open(path);
    const head = Buffer.alloc(id3HeaderBytes);
    await file.read(head, 0, id3HeaderBytes, 0);
    const frame = Buffer.alloc(firstFrameBytesMax);
    const from = id3BytesOf(head);
    const { bytesRead } = await file.read(frame, 0, firstFrameBytesMax, from);
    const { size } = await file.stat();
    return musicFramesIn(frame.subarray(0, bytesRead), size - from);
  } catch {
    return null;
  }
};
