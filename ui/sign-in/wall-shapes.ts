type Shape = (x: number) => number;

const bell = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2));

/** Envelopes of sounds everybody knows, drawn by hand: 0 … 1 over 0 … 1. */
const shapes: readonly Shape[] = [
  (x) => 0.15 + 0.55 * bell(x, 0.05, 0.12) + 0.7 * bell(x, 0.4, 0.12) + 0.85 * bell(x, 0.82, 0.1),
  (x) => 0.06 + 0.94 * Math.exp(-3.4 * x),
  (x) => 0.08 + 0.92 * bell(x, 0.4, 0.26),
  (x) => 0.1 + 0.9 * bell(x, 0.14, 0.13) + 0.85 * bell(x, 0.92, 0.1),
  (x) => 0.05 + 0.95 * Math.sin(Math.PI * x),
  (x) => 0.08 + 0.9 * Math.abs(Math.sin(x * 9.4)) ** 3,
  (x) => 0.35 + 0.6 * x,
  (x) => 0.12 + 0.8 * bell(x, 0.5, 0.16),
  (x) => 0.08 + 0.92 * (1 - ((x * 6) % 1)) ** 2,
];

/** 44 hex digits like those of the server, with a little grain so that they look recorded. */
export const wallShape = (index: number): string =>
  Array.from({ length: 44 }, (_, i) => {
    const shape = shapes[index % shapes.length];
    const grain = 0.78 + 0.22 * Math.abs(Math.sin((i + 1) * 12.9898 + index * 78.233));
    const level = shape ? Math.min(1, shape(i / 43)) * grain : 0;
    return Math.round(level * 15).toString(16);
  }).join('');
