/** What was heard, and simple ways to ask about it. Mono, full scale 1. */

export const recordingRate = 48_000;
const bytesPerFrame = 4;
const growthFrames = 10 * recordingRate;

/** One stretch of sound between two silences. */
export type Sound = { startMs: number; lengthMs: number; peak: number };

export type SoundOptions = {
  /** Quieter is silence. */
  threshold?: number;
  /** A silence shorter than this does not end a sound. */
  gapMs?: number;
};

export class Recording {
  #samples = new Float32Array(growthFrames);
  #length = 0;
  #rest = Buffer.alloc(0);
  /** Clock reading of sample 0: the earliest that any piece allows, because pieces only ever arrive late. */
  startedAtMs = Number.POSITIVE_INFINITY;

  /** `data`: s16le stereo as it came from the monitor; `atMs`: when, on any one clock. */
  append(data: Buffer, atMs: number): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, data]) : data;
    const frames = Math.floor(bytes.length / bytesPerFrame);
    this.#reserve(frames);
    for (let i = 0; i < frames; i++) {
      const left = bytes.readInt16LE(i * bytesPerFrame);
      const right = bytes.readInt16LE(i * bytesPerFrame + 2);
      this.#samples[this.#length + i] = (left + right) / 65_536;
    }
    this.#length += frames;
    this.#rest = Buffer.from(bytes.subarray(frames * bytesPerFrame));
    this.startedAtMs = Math.min(this.startedAtMs, atMs - this.lengthMs);
  }

  #reserve(frames: number): void {
    if (this.#length + frames <= this.#samples.length) return;
    const larger = new Float32Array(this.#samples.length + Math.max(frames, growthFrames));
    larger.set(this.#samples);
    this.#samples = larger;
  }

  get lengthMs(): number {
    return (this.#length * 1000) / recordingRate;
  }

  /** A view, not a copy. */
  samples(fromMs = 0, toMs = this.lengthMs): Float32Array {
    const at = (ms: number) =>
      Math.min(this.#length, Math.max(0, Math.round((ms * recordingRate) / 1000)));
    return this.#samples.subarray(at(fromMs), at(toMs));
  }

  peak(fromMs?: number, toMs?: number): number {
    let peak = 0;
    for (const sample of this.samples(fromMs, toMs)) peak = Math.max(peak, Math.abs(sample));
    return peak;
  }

  rms(fromMs?: number, toMs?: number): number {
    const samples = this.samples(fromMs, toMs);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    return samples.length > 0 ? Math.sqrt(sum / samples.length) : 0;
  }

  /** The stretches of sound, in order; exact to a millisecond. */
  sounds({ threshold = 0.01, gapMs = 30 }: SoundOptions = {}): Sound[] {
    const found: { start: number; end: number; peak: number }[] = [];
    const gap = (gapMs * recordingRate) / 1000;
    const samples = this.samples();
    samples.forEach((sample, at) => {
      const level = Math.abs(sample);
      if (level < threshold) return;
      const last = found.at(-1);
      if (last === undefined || at - last.end > gap)
        found.push({ start: at, end: at, peak: level });
      else {
        last.end = at;
        last.peak = Math.max(last.peak, level);
      }
    });
    const toMs = (frames: number) => (frames * 1000) / recordingRate;
    return found.map(({ start, end, peak }) => ({
      startMs: toMs(start),
      lengthMs: toMs(end - start + 1),
      peak,
    }));
  }

  /** Amplitude of one frequency in a stretch (Goertzel). */
  level(frequencyHz: number, fromMs?: number, toMs?: number): number {
    const samples = this.samples(fromMs, toMs);
    const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / recordingRate);
    let [previous, beforeThat] = [0, 0];
    for (const sample of samples) {
      const next = sample + coefficient * previous - beforeThat;
      beforeThat = previous;
      previous = next;
    }
    const power = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
    return samples.length > 0 ? (2 * Math.sqrt(Math.max(0, power))) / samples.length : 0;
  }

  /** Which of the frequencies is the loudest in a stretch. */
  dominant(frequenciesHz: readonly number[], fromMs?: number, toMs?: number): number {
    const levels = frequenciesHz.map((frequency) => this.level(frequency, fromMs, toMs));
    return frequenciesHz[levels.indexOf(Math.max(...levels))] ?? Number.NaN;
  }
}
