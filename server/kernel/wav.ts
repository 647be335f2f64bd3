const bytesPerSample = 2;

export const wavHeaderBytes = 44;

/** The header of a canonical WAV of 16-bit samples, `dataBytes` of them; `rate` in frames a second. */
export const wavHeader = (
  dataBytes: number,
  { rate, channels }: { rate: number; channels: 1 | 2 },
): Buffer => {
  const frameBytes = channels * bytesPerSample;
  const header = Buffer.alloc(wavHeaderBytes);
  header.write('RIFF', 0);
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
};
