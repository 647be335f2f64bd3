import type { Recipe } from './recipe.ts';
import { bandpass, highpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, drive, hold, mix, shape } from './toolkit/signal.ts';
import type { Placed, Signal } from './toolkit/signal.ts';
import { random, sine, white } from './toolkit/sources.ts';

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const dialled: readonly (readonly [row: number, column: number])[] = [
  [1, 1],
  [1, 1],
  [1, 1],
  [0, 0],
  [2, 1],
  [0, 2],
  [1, 0],
];

const held = (signal: Signal, seconds: number) => shape(signal, hold(seconds, 0.002, 0.004));
const tones = (seconds: number, ...frequencies: number[]) =>
  held(mix(...frequencies.map((frequency): Placed => [sine(seconds, frequency), 0, 0.5])), seconds);

/** Frequency-shift keying, 300 baud: the first words the two machines exchange. */
const chatter = (seconds: number, mark: number, space: number, seed: number): Signal => {
  const next = random(seed);
  let bit = 0;
  let until = 0;
  return held(
    sine(seconds, (t) => {
      if (t >= until) {
        until += 1 / 150;
        bit = next() < 0.5 ? mark : space;
      }
      return bit;
    }),
    seconds,
  );
};

/** The trained line: data that sounds like noise, with its carrier shining through. */
const data = (seconds: number): Signal =>
  held(
    mix([bandpass(white(seconds, random(2)), 1750, 0.9), 0, 0.9], [sine(seconds, 1800), 0, 0.1]),
    seconds,
  );

export const dialUpModem: Recipe = {
  folder: 'memes',
  name: 'Dial-up modem',
  format: 'mp3',
  render: () => {
    const call = mix(
      ...dialled.map(([row, column], i): Placed => [
        tones(0.075, rows[row]!, columns[column]!),
        i * 0.11,
        0.9,
      ]),
      [tones(0.42, 2100), 0.95, 0.6],
      [chatter(0.32, 1180, 980, 4), 1.42, 0.6],
      [chatter(0.3, 1850, 1650, 5), 1.7, 0.6],
      [tones(0.2, 1200, 2250), 2.06, 0.6],
      [
        held(
          mix([sine(0.34, (t) => 600 + 300 * Math.floor(t / 0.034))], [tones(0.34, 2400), 0, 0.3]),
          0.34,
        ),
        2.28,
        0.6,
      ],
      [data(0.5), 2.66, 0.9],
      [tones(0.12, 1050, 2800), 3.18, 0.6],
      [data(1.1), 3.32, 1.1],
    );
    const line = drive(lowpass(highpass(call, 320), 3500), 1.5);
    return inRoom(centre(line), { tail: 0.25, size: 0.2, damping: 0.6, wet: 0.08 });
  },
};
