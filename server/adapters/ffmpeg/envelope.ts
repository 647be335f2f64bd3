/**
 * The loudness contour of a stream of stereo s16 samples whose length is not known beforehand:
 * blocks are merged in pairs whenever there are too many, so two hours take as much memory as two
 * seconds.
 */
export type Envelope = {
  push(samples: Int16Array): void;
  frames(): number;
  /** `count` levels, each 0–1, 1 being the loudest of them; all 0 for silence. */
  levels(count: number): Float64Array;
};

const blocksMax = 8192;
/** 2.7 ms at 24 kHz: fine enough that 800 levels of a one-second sound still differ. */
const firstBlockFrames = 64;
/** Peaks alone look like a brick, RMS alone hides clicks. */
const rmsShare = 0.6;
/** Below 1 it lifts quiet parts, so that a tail stays visible beside its attack. */
const contour = 0.72;

export const createEnvelope = (): Envelope => {
  const peaks = new Float64Array(blocksMax);
  const squares = new Float64Array(blocksMax);
  let blockFrames = firstBlockFrames;
  let blocks = 0;
  let inBlock = 0;
  let peak = 0;
  let square = 0;
  let frames = 0;

  const halve = () => {
    for (let i = 0; i < blocksMax / 2; i++) {
      peaks[i] = Math.max(peaks[2 * i] ?? 0, peaks[2 * i + 1] ?? 0);
      squares[i] = (squares[2 * i] ?? 0) + (squares[2 * i + 1] ?? 0);
    }
    blocks = blocksMax / 2;
    blockFrames *= 2;
  };

  const close = () => {
    peaks[blocks] = peak;
    squares[blocks] = square;
    blocks += 1;
    inBlock = peak = square = 0;
    if (blocks === blocksMax) halve();
  };

  const levelBetween = (from: number, to: number): number => {
    let loudest = 0;
    let energy = 0;
    for (let i = from; i < to; i++) {
      loudest = Math.max(loudest, peaks[i] ?? 0);
      energy += squares[i] ?? 0;
    }
    const rms = Math.sqrt(energy / ((to - from) * blockFrames * 2));
    return rmsShare * rms * Math.SQRT2 + (1 - rmsShare) * loudest;
  };

  return {
    push(samples) {
      for (let i = 0; i + 1 < samples.length; i += 2) {
        const left = samples[i] ?? 0;
        const right = samples[i + 1] ?? 0;
        const high = Math.max(Math.abs(left), Math.abs(right));
        if (high > peak) peak = high;
        square += left * left + right * right;
        inBlock += 1;
        frames += 1;
        if (inBlock === blockFrames) close();
      }
    },
    frames: () => frames,
    levels(count) {
      const total = blocks + (inBlock > 0 ? 1 : 0);
      const levels = new Float64Array(count);
      if (total === 0) return levels;
      peaks[blocks] = peak;
      squares[blocks] = square;
      for (let bar = 0; bar < count; bar++) {
        const from = Math.min(total - 1, Math.floor((bar * total) / count));
        const to = Math.max(from + 1, Math.floor(((bar + 1) * total) / count));
        levels[bar] = levelBetween(from, to);
      }
      const top = Math.max(...levels);
      return top === 0 ? levels : levels.map((level) => (level / top) ** contour);
    },
  };
};
