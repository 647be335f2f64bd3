/** Sounds of every kind that a normaliser meets, made by ffmpeg's generators and espeak-ng. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { ffmpeg } from './audio-files.ts';

export type CorpusSound = {
  readonly file: string;
  readonly source: string;
  readonly args?: readonly string[];
  /** What espeak-ng says instead of `source`. */
  readonly say?: string;
};

const sine = (hertz: number, seconds: number, rate = 48_000) =>
  `sine=frequency=${hertz}:duration=${seconds}:sample_rate=${rate}`;
const noise = (colour: string, seconds: number, level: number, rate = 48_000) =>
  `anoisesrc=d=${seconds}:c=${colour}:r=${rate}:a=${level}:seed=1`;
/** A half-millisecond click at full scale, each `every` seconds. */
const clicks = (every: number, seconds: number) =>
  `aevalsrc='if(lt(mod(t,${every}),0.0005),0.9,0)':d=${seconds}:s=48000`;

const stereo = ['-ac', '2'];

/** Normal sounds: one gain brings each to -23 LUFS below -2 dBTP. */
export const reachable: readonly CorpusSound[] = [
  { file: 'tone 0.1 s.wav', source: sine(440, 0.1) },
  { file: 'tone 0.3 s.mp3', source: sine(440, 0.3, 44_100), args: stereo },
  { file: 'tone 1 s.flac', source: sine(880, 1), args: stereo },
  { file: 'tone 8 kHz.wav', source: sine(500, 4, 8000) },
  { file: 'steady tone.ogg', source: sine(440, 6, 44_100), args: stereo },
  { file: 'white 0.7 s 96 kHz.wav', source: noise('white', 0.7, 0.9, 96_000), args: stereo },
  {
    file: 'louder than full scale.wav',
    source: noise('white', 4, 1),
    args: ['-af', 'volume=12dB', '-c:a', 'pcm_f32le', ...stereo],
  },
  { file: 'faint pink.opus', source: noise('pink', 4, 0.02), args: ['-ac', '1'] },
  { file: 'pink 22 kHz.mp3', source: noise('pink', 5, 0.3, 22_050) },
  {
    file: 'wide range.m4a',
    source: noise('pink', 20, 0.5, 44_100),
    args: ['-af', "volume='if(lt(mod(t,10),5),1,0.08)':eval=frame", ...stereo],
  },
  { file: 'surround.flac', source: noise('pink', 3.5, 0.3), args: ['-ac', '6'] },
  {
    file: 'half a minute.mp3',
    source: `${noise('brown', 32, 0.4, 44_100)},tremolo=f=0.2:d=0.8`,
    args: stereo,
  },
  {
    file: 'late.wav',
    source: `aevalsrc='if(gt(t,0.42),0.5*sin(2000*t),0)':d=0.47:s=48000`,
  },
  { file: 'word.wav', source: '', say: 'Yes' },
  {
    file: 'speech.mp3',
    source: '',
    say: 'The laundry is done. Please come and take it out of the machine, the next load waits.',
    args: ['-ar', '44100'],
  },
];

/** Their peaks leave no room: the ceiling comes first. */
export const peaky: readonly CorpusSound[] = [
  { file: 'one click.wav', source: clicks(9, 0.5) },
  { file: 'clicks.wav', source: clicks(1, 5) },
];

export const silent: readonly CorpusSound[] = [
  { file: 'silence.wav', source: 'anullsrc=d=4' },
  { file: 'short silence.mp3', source: 'anullsrc=d=0.5' },
  { file: 'noise floor.wav', source: noise('pink', 4, 0.00001), args: ['-c:a', 'pcm_f32le'] },
];

const outputOf = (folder: string, { file, args = [] }: CorpusSound) => [
  ...args,
  `file:${join(folder, file)}`,
];

export const makeSound = async (folder: string, sound: CorpusSound): Promise<string> => {
  const path = join(folder, sound.file);
  await mkdir(dirname(path), { recursive: true });
  const output = outputOf(folder, sound);
  if (sound.say === undefined) {
    await ffmpeg('-f', 'lavfi', '-i', sound.source, ...output);
    return path;
  }
  const spoken = await execa('espeak-ng', ['--stdout', sound.say], { encoding: 'buffer' });
  await execa('ffmpeg', ['-v', 'error', '-y', '-i', 'pipe:0', ...output], { input: spoken.stdout });
  return path;
};

/** Those of the generators by one ffmpeg: its start takes longer than most sounds. */
export const makeSounds = async (folder: string, sounds: readonly CorpusSound[]): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const generated = sounds.filter(({ say }) => say === undefined);
  await ffmpeg(
    ...generated.flatMap(({ source }) => ['-f', 'lavfi', '-i', source]),
    ...generated.flatMap((sound, index) => ['-map', `${index}:a`, ...outputOf(folder, sound)]),
  );
  for (const sound of sounds) if (sound.say !== undefined) await makeSound(folder, sound);
};
