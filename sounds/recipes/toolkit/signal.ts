/** Mono signals are plain samples at 48 kHz; times are seconds. */
export const sampleRate = 48_000;

export type Signal = Float64Array<ArrayBuffer>;
export type Stereo = { readonly left: Signal; readonly right: Signal };
/** A value that may move while the sound runs. */
export type Curve = number | ((t: number) => number);

export const frames = (seconds: number): number => Math.round(seconds * sampleRate);

export const at = (curve: Curve, t: number): number =>
  typeof curve === 'number' ? curve : curve(t);

export const render = (seconds: number, sample: (t: number, i: number) => number): Signal =>
  Float64Array.from({ length: frames(seconds) }, (_, i) => sample(i / sampleRate, i));

export const shape = (signal: Signal, curve: Curve): Signal =>
  signal.map((value, i) => value * at(curve, i / sampleRate));

/** Soft saturation: rounds peaks and adds the odd harmonics of something driven hard. */
export const drive = (signal: Signal, amount: number): Signal =>
  signal.map((value) => Math.tanh(value * amount) / Math.tanh(amount));

export type Placed = readonly [signal: Signal, at?: number | undefined, gain?: number | undefined];

export const mix = (...parts: readonly Placed[]): Signal => {
  const length = Math.max(...parts.map(([signal, start = 0]) => frames(start) + signal.length));
  const sum = new Float64Array(length);
  for (const [signal, start = 0, gain = 1] of parts) {
    const offset = frames(start);
    for (let i = 0; i < signal.length; i++) sum[offset + i]! += signal[i]! * gain;
  }
  return sum;
};

/** Constant power; −1 is left, 1 is right. */
export const pan = (signal: Signal, position: number): Stereo => {
  const angle = ((position + 1) * Math.PI) / 4;
  return { left: shape(signal, Math.cos(angle)), right: shape(signal, Math.sin(angle)) };
};

export const centre = (signal: Signal): Stereo => pan(signal, 0);

export type PlacedStereo = readonly [
  signal: Stereo,
  at?: number | undefined,
  gain?: number | undefined,
];

export const mixStereo = (...parts: readonly PlacedStereo[]): Stereo => {
  const side = (pick: (signal: Stereo) => Signal) =>
    mix(...parts.map(([signal, start, gain]): Placed => [pick(signal), start, gain]));
  return { left: side((signal) => signal.left), right: side((signal) => signal.right) };
};

export const bothSides = (stereo: Stereo, change: (signal: Signal) => Signal): Stereo => ({
  left: change(stereo.left),
  right: change(stereo.right),
});

/** Straight lines through (time, value) points; the last value holds. */
export const line =
  (...points: readonly (readonly [t: number, value: number])[]) =>
  (t: number): number => {
    const next = points.findIndex(([time]) => time > t);
    if (next === 0) return points[0]![1];
    if (next === -1) return points.at(-1)![1];
    const [t0, v0] = points[next - 1]!;
    const [t1, v1] = points[next]!;
    return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
  };

/** The same in equal ratios, as pitch is heard; values are above 0. */
export const glide = (...points: readonly (readonly [t: number, value: number])[]) => {
  const logs = line(...points.map(([t, value]) => [t, Math.log(value)] as const));
  return (t: number): number => Math.exp(logs(t));
};

/** Quick rise, then a fall to a thousandth in `decay` seconds. */
export const strike =
  (decay: number, attack = 0.001) =>
  (t: number): number =>
    Math.min(1, t / attack) * 10 ** ((-3 * t) / decay);

/** A held note: rise, hold, and release at the end of `length`. */
export const hold = (length: number, attack: number, release: number) =>
  line([0, 0], [attack, 1], [length - release, 1], [length, 0]);

export const semitones = (frequency: number, steps: number): number =>
  frequency * 2 ** (steps / 12);
