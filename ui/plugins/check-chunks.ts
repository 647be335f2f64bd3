import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Vite can end green with a chunk no browser parses (decorators it did not lower); node says so. */
export const checkChunks = (): Plugin => {
  let outDir = '';
  return {
    name: 'encore-check-chunks',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const file of readdirSync(join(outDir, 'assets')).filter((f) => f.endsWith('.js'))) {
        execFileSync(process.execPath, ['--check', join(outDir, 'assets', file)], {
          stdio: 'inherit',
        });
      }
    },
  };
};
