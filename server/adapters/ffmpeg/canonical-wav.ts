import type { FileHandle } from 'node:fs/promises';

/** 48 kHz, two channels, 16 bit: what `decodeToWav` writes. */
export const bytesPerSecond = 48_000 * 2 * 2;
export const headerBytes = 44;

/** The header of a canonical WAV. */
export const canonicalHeader = (dataBytes: number): Buffer => {
  const head = Buffer.alloc(headerBytes);
  head.write('RIFF', 0);
  head.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(bytesPerSecond, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(dataBytes, 40);
  return head;
};

/** Bytes of sound in a canonical 48 kHz s16 stereo WAV, or undefined when the file is another. */
export const dataBytesOf = async (file: FileHandle): Promise<number | undefined> => {
  const head = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(head, 0, headerBytes, 0);
  const canonical =
    bytesRead === headerBytes &&
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    head.readUInt32LE(16) === 16 &&
    head.readUInt16LE(20) === 1 &&
    head.readUInt16LE(22) === 2 &&
    head.readUInt32LE(24) === 48_000 &&
    head.readUInt16LE(34) === 16 &&
    head.toString('latin1', 36, 40) === 'data';
  if (!canonical) return undefined;
  return Math.min(head.readUInt32LE(40), (await file.stat()).size - headerBytes);
};
