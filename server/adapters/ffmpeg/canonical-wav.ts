import type { FileHandle } from 'node:fs/promises';
import { wavHeader, wavHeaderBytes } from '../../kernel/wav.ts';

/** 48 kHz, two channels, 16 bit: what `decodeToWav` writes. */
export const bytesPerSecond = 48_000 * 2 * 2;

/** The header of a canonical WAV. */
export const canonicalHeader = (dataBytes: number): Buffer =>
  wavHeader(dataBytes, { rate: 48_000, channels: 2 });

/** Bytes of sound in a canonical 48 kHz s16 stereo WAV, or undefined when the file is another. */
export const dataBytesOf = async (file: FileHandle): Promise<number | undefined> => {
  const head = Buffer.alloc(wavHeaderBytes);
  const { bytesRead } = await file.read(head, 0, wavHeaderBytes, 0);
  const canonical =
    bytesRead === wavHeaderBytes &&
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    head.readUInt32LE(16) === 16 &&
    head.readUInt16LE(20) === 1 &&
    head.readUInt16LE(22) === 2 &&
    head.readUInt32LE(24) === 48_000 &&
    head.readUInt16LE(34) === 16 &&
    head.toString('latin1', 36, 40) === 'data';
  if (!canonical) return undefined;
  return Math.min(head.readUInt32LE(40), (await file.stat()).size - wavHeaderBytes);
};
