import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Bytes with brotli: page, styles and scripts of the first view, and of any script that comes later. */
const firstViewBytesMax = 45_000;
const lazyBytesMax = 35_000;
/** Fonts that start with the page; they are compressed as they are. */
const fontBytesMax = 32_000;

const partsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name ?? '');

const fontsOf = (html: string): string[] =>
  [...html.matchAll(/href="\/([^"]+\.woff2)"/g)].map(([, name]) => name ?? '');

/** Ends the build where the page has become too heavy. Stands after `precompress`. */
export const checkBudget = (): Plugin => {
  let outDir = '';
  const bytesOf = (name: string): number => statSync(join(outDir, `${name}.br`)).size;
  const hold = (what: string, bytes: number, bytesMax: number): void => {
    if (bytes <= bytesMax) return;
    throw new Error(`${what} has ${bytes} bytes as they are sent, and may have ${bytesMax}`);
  };
  return {
    name: 'encore-check-budget',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const page = readFileSync(join(outDir, 'index.html'), 'utf8');
      const parts = partsOf(page);
      const first = ['index.html', ...parts].map(bytesOf);
      hold(
        'the first view',
        first.reduce((sum, bytes) => sum + bytes, 0),
        firstViewBytesMax,
      );
      const fonts = fontsOf(page).map((name) => statSync(join(outDir, name)).size);
      hold(
        'the fonts of the first view',
        fonts.reduce((sum, bytes) => sum + bytes, 0),
        fontBytesMax,
      );
      const scripts = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'));
      for (const name of scripts.map((script) => `assets/${script}`)) {
        if (!parts.includes(name)) hold(name, bytesOf(name), lazyBytesMax);
      }
    },
  };
};
