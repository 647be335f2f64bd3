import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { projectRoot } from '../config.ts';

/**
 * Fills a sounds folder with the shipped sounds of these names and their tags. The whole library is
 * read and measured for half a minute before it is still, which only a test of it should wait for.
 */
export const shippedSounds =
  (...names: readonly [string, ...string[]]) =>
  (soundsDir: string): void => {
    const shipped = join(projectRoot, 'sounds', 'originals', 'soundboard');
    const files = readdirSync(shipped, { recursive: true, encoding: 'utf8' });
    for (const name of names) {
      const file = files.find((one) => parse(one).name === name);
      if (file === undefined) throw new Error(`no shipped sound is called ${name}`);
      const copy = join(soundsDir, 'originals', 'soundboard', file);
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(join(shipped, file), copy);
    }
  };

/** An ordinary board, for tests that are not about the library. */
export const fewSounds = shippedSounds('Air horn', 'Coin', 'Gong');
