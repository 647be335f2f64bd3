import type { CorpusSound } from '../sounds/testing/loudness-corpus.ts';
import { makeSound } from '../sounds/testing/loudness-corpus.ts';

const formats = ['mp3', 'wav', 'ogg', 'flac', 'm4a', 'opus'] as const;
const rates = [44_100, 48_000, 22_050, 96_000] as const;
const colours = ['pink', 'brown', 'white'] as const;
const words = [
  'Dinner is ready.',
  'Somebody is at the front door, and the dog has noticed it first.',
  'The washing machine has finished. The dryer is free, and the sun is shining, so choose one.',
];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Speech, swelling noise, tones and thumps in turn, each a little different. */
const clip = (index: number, seconds: number): CorpusSound => {
  const rate = pick(rates, index);
  const format = pick(formats, index);
  const file = `clip ${index}.${format}`;
  // Opus knows one rate, and the others not all of these.
  const fixed = format === 'opus' || format === 'mp3' || format === 'm4a' ? ['-ar', '48000'] : [];
  const args = [...fixed, '-ac', index % 3 === 0 ? '1' : '2'];
  const level = 0.05 + ((index * 7) % 10) / 11;
  const tremolo = `tremolo=f=${0.2 + (index % 5)}:d=0.${1 + (index % 9)}`;
  const limited = [...args, '-t', String(seconds)];
  switch (index % 4) {
    case 0:
      return { file, source: '', say: pick(words, index), args: limited };
    case 1: {
      const colour = pick(colours, index);
      const noise = `anoisesrc=d=${seconds}:c=${colour}:r=${rate}:a=${level}:seed=${index}`;
      return { file, source: `${noise},${tremolo}`, args };
    }
    case 2: {
      const tone = `sine=frequency=${200 + index * 13}:duration=${seconds}:sample_rate=${rate}`;
      return { file, source: `${tone},volume=${level * 6},${tremolo}`, args };
    }
    default: {
      const thump = `exp(-mod(t\\,0.7)*${4 + (index % 7)})*sin(${300 + index * 9}*t)`;
      return { file, source: `aevalsrc=${level}*${thump}:d=${seconds}:s=${rate}`, args };
    }
  }
};

const shortSeconds = [0.4, 0.8, 1.5, 2.5, 4, 6, 8, 12, 15, 20] as const;
const corpusSeconds = [
  0.1, 0.3, 0.5, 1, 2, 2.9, 3.2, 5, 8, 12, 20, 30, 0.2, 0.7, 1.5, 4, 6, 15, 45, 90,
] as const;
const longSeconds = 300;

const make = async (folder: string, count: number, seconds: readonly number[]) => {
  const files: string[] = [];
  for (let index = 0; index < count; index += 1) {
    // By another step than the kinds, so that each kind has each length.
    const length = pick(seconds, index * 3 + Math.floor(index / seconds.length));
    files.push(await makeSound(folder, clip(index, length)));
  }
  return files;
};

/** A hundred clips of a soundboard: 0.4 to 20 s. */
export const makeClips = (folder: string) => make(folder, 100, shortSeconds);
/** Sixty sounds of 0.1 s to 5 min, most of them as short as those of a board. */
export const makeCorpus = async (folder: string) => [
  ...(await make(folder, 59, corpusSeconds)),
  await makeSound(folder, clip(59, longSeconds)),
];
