import { frames, mixStereo, shape } from './signal.ts';
import type { Signal, Stereo } from './signal.ts';

/** Delay lengths of Schroeder's and Moorer's design as Jezar tuned it, for 44.1 kHz. */
const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const allpasses = [556, 441, 341, 225];
const spread = 23;
const to48k = 48 / 44.1;

const comb = (input: Signal, delay: number, feedback: number, damping: number): Signal => {
  const line = new Float64Array(delay);
  let damped = 0;
  return input.map((x, i) => {
    const out = line[i % delay]!;
    damped = out * (1 - damping) + damped * damping;
    line[i % delay] = x + damped * feedback;
    return out;
  });
};

const allpass = (input: Signal, delay: number): Signal => {
  const line = new Float64Array(delay);
  return input.map((x, i) => {
    const delayed = line[i % delay]!;
    line[i % delay] = x + delayed * 0.5;
    return delayed - x;
  });
};

const side = (input: Signal, offset: number, feedback: number, damping: number): Signal => {
  const sum = new Float64Array(input.length);
  for (const length of combs) {
    const rung = comb(input, Math.round((length + offset) * to48k), feedback, damping);
    for (let i = 0; i < sum.length; i++) sum[i]! += rung[i]!;
  }
  return allpasses.reduce<Signal>(
    (signal, length) => allpass(signal, Math.round((length + offset) * to48k)),
    sum,
  );
};

export type Room = {
  /** Seconds that the sound goes on after its end. */
  readonly tail: number;
  /** 0 a cupboard … 1 a cathedral. */
  readonly size: number;
  /** 0 tiles … 1 carpets. */
  readonly damping: number;
  /** Level of the room beside the direct sound. */
  readonly wet: number;
};

export const inRoom = (dry: Stereo, room: Room): Stereo => {
  const length = dry.left.length + frames(room.tail);
  const input = new Float64Array(length);
  for (let i = 0; i < dry.left.length; i++) input[i] = (dry.left[i]! + dry.right[i]!) * 0.015;
  const feedback = 0.6 + room.size * 0.37;
  const damping = room.damping * 0.6;
  const wet = {
    left: side(input, 0, feedback, damping),
    right: side(input, spread, feedback, damping),
  };
  return mixStereo([dry], [wet, 0.008, room.wet * 3]);
};

/** Repeats that get quieter, thrown from side to side. */
export const echo = (dry: Stereo, delay: number, feedback: number, count: number): Stereo =>
  mixStereo(
    [dry],
    ...Array.from({ length: count }, (_, n) => {
      const gain = feedback ** (n + 1);
      const near = shape(dry.left, gain);
      const far = shape(dry.right, gain * 0.4);
      return [
        n % 2 === 0 ? { left: far, right: near } : { left: near, right: far },
        delay * (n + 1),
      ] as const;
    }),
  );
