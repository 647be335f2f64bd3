/** A 48 kHz mono WAV of a sine, written without any tool. */
export const sineWav = (hz: number, ms: number): Buffer => {
  const frames = Math.round(48 * ms);
  const wav = Buffer.alloc(44 + frames * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + frames * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(48_000, 24);
  wav.writeUInt32LE(96_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(frames * 2, 40);
  for (let frame = 0; frame < frames; frame++) {
    wav.writeInt16LE(
      Math.round(8000 * Math.sin((2 * Math.PI * hz * frame) / 48_000)),
      44 + frame * 2,
    );
  }
  return wav;
};
