const headerBytes = 44;
const bytesPerSample = 2;

/** A canonical WAV of mono 16-bit samples. */
export const wavOf = (pcm: Buffer, sample_rate: number): Buffer => {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0);
  header.writeUInt32LE(headerBytes - 8 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sample_rate, 24);
  header.writeUInt32LE(sample_rate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
};

/** Of full scale; a voice's softest consonants are a hundred times louder. */
const silentBelow = 32;

/** Whether nothing can be heard in it. */
export const isSilent = (pcm: Buffer): boolean => {
  for (let at = 0; at + bytesPerSample <= pcm.length; at += bytesPerSample) {
    if (Math.abs(pcm.readInt16LE(at)) >= silentBelow) return false;
  }
  return true;
};
