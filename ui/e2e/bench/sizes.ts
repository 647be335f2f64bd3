import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Row } from '../../../server/bench/bench.ts';
import { projectRoot } from '../../../server/config.ts';

const dist = join(projectRoot, 'ui', 'dist');

/** As it goes over the line: with brotli where that was worth it. */
const bytesOf = (name: string): number => {
  const packed = join(dist, `${name}.br`);
  return statSync(existsSync(packed) ? packed : join(dist, name)).size;
};
const kB = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + bytesOf(name), 0) / 1000;

const row = (name: string, value: number, limit?: number): Row => ({
  name,
  unit: 'kB',
  median: value,
  ...(limit !== undefined && { goal: atMost(limit, value, ' kB') }),
});

/** Of the build that is there; `npm run build` makes it, and refuses what is too heavy. */
export const sizes = (): Row[] => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, name]) => name ?? '');
  const first = named.filter((name) => /\.(js|css)$/.test(name));
  const fonts = named.filter((name) => name.endsWith('.woff2'));
  const lazy = readdirSync(join(dist, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `assets/${name}`)
    .filter((name) => !first.includes(name))
    .toSorted((a, b) => bytesOf(b) - bytesOf(a));
  const [heaviest = ''] = lazy;
  return [
    row('first view: page, styles, scripts', kB(['index.html', ...first]), 45),
    row(
      `heaviest later chunk: ${heaviest.replace(/^assets\/|-[\w-]{8}\.js$/g, '')}`,
      kB([heaviest]),
      35,
    ),
    row('fonts of the first view', kB(fonts), 32),
    row('service worker', kB(['sw.js'])),
    row('all scripts, as the worker keeps them', kB([...first, ...lazy])),
  ];
};
