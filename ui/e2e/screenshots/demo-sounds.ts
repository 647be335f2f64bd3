import { execa } from 'execa';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.ts';

/** Folder, name, and what ffmpeg's `aevalsrc` makes of it: an expression and seconds. */
type Recipe = readonly [folder: string, name: string, expression: string, seconds: number];

const fade = 'exp(-5*t)';
const quick: readonly Recipe[] = [
  ['kitchen', 'Egg timer', '0.5*sin(2*PI*1900*t)*gt(sin(2*PI*9*t),0)', 2.4],
  ['kitchen', 'Kettle whistle', '0.4*sin(2*PI*(1200+400*t)*t)*min(1,t)', 3.1],
  ['kitchen', 'Dinner bell', `0.7*sin(2*PI*880*t)*exp(-2*t)+0.2*sin(2*PI*2217*t)*${fade}`, 2.8],
  ['kitchen', 'Toast is up', `0.8*sin(2*PI*(300+900*t)*t)*${fade}`, 0.9],
  [
    'animals',
    'Blackbird',
    '0.4*sin(2*PI*(2400+900*sin(2*PI*7*t))*t)*gt(sin(2*PI*1.6*t),-0.2)',
    4.6,
  ],
  ['animals', 'Frog pond', '0.6*sin(2*PI*180*t)*pow(max(0,sin(2*PI*4*t)),4)', 3.7],
  ['animals', 'Bee in the room', '0.3*(2*mod(210*t+0.3*sin(8*t),1)-1)', 3],
  ['animals', 'Woodpecker', '0.8*(random(0)*2-1)*pow(max(0,sin(2*PI*11*t)),24)', 1.7],
  ['space', 'Airlock', '0.5*(random(0)*2-1)*exp(-1.2*t)', 2.9],
  ['space', 'Red alert', '0.5*sin(2*PI*(480+240*mod(t,0.8))*t)', 3.2],
  ['space', 'Teleporter', '0.5*sin(2*PI*(200+1800*t*t)*t)*sin(PI*t/2)', 2],
  ['space', 'Sonar', '0.7*sin(2*PI*1100*mod(t,1.6))*exp(-4*mod(t,1.6))', 4.8],
  [
    'doors',
    'Front door',
    `0.6*sin(2*PI*659*t)*${fade}+0.6*sin(2*PI*523*(t-0.4))*gt(t,0.4)*exp(-4*(t-0.4))`,
    1.8,
  ],
  ['doors', 'Garage opens', '0.4*(2*mod(90*t,1)-1)*min(1,t)*min(1,5-t)', 5],
  ['doors', 'Keys', '0.5*(random(0)*2-1)*pow(max(0,sin(2*PI*3.3*t)),12)', 1.4],
];

const chord = (root: number, beat: number): string =>
  `0.18*(sin(2*PI*${root}*t)+sin(2*PI*${root * 1.2599}*t)+sin(2*PI*${root * 1.4983}*t))*(0.35+0.65*pow(abs(sin(PI*${beat}*t)),3))*(0.6+0.4*sin(2*PI*t/40))`;
const tracks: readonly Recipe[] = [
  ['records', 'Harbour at six', chord(196, 0.8), 95],
  ['records', 'Slow tram', chord(147, 0.5), 88],
  ['records', 'Paper lanterns', chord(220, 1), 72],
  ['records', 'North window', chord(175, 0.7), 101],
  ['records', 'Second breakfast', chord(262, 1.4), 64],
  ['records', 'Lights out', chord(131, 0.4), 97],
];

/** The sounds that come along, and more of them, so that a board of every hue is full. */
export const fillDemoSounds = async (soundsDir: string): Promise<void> => {
  const shelf = join(soundsDir, 'originals', 'soundboard');
  cpSync(join(projectRoot, 'sounds', 'originals', 'soundboard'), shelf, { recursive: true });
  for (const [folder, name, expression, seconds] of [...quick, ...tracks]) {
    mkdirSync(join(shelf, folder), { recursive: true });
    const source = `aevalsrc=${expression.replaceAll(',', '\\,')}:d=${seconds}:s=16000`;
    const file = `file:${join(shelf, folder, `${name}.ogg`)}`;
    // One after the other: the house that comes up beside has work of its own.
    await execa('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      source,
      '-b:a',
      '64k',
      file,
    ]);
  }
};
