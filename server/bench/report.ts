import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Row } from './bench.ts';

/** One line that says what the figures were measured on. */
export const machineLine = (): string => {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${processors.length} × ${processors[0]?.model.trim() ?? arch()}, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}, load ${load}`;
};

const figure = (value: number | undefined): string => {
  if (value === undefined) return '';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
};

const cells = (row: Row): string[] => [
  row.name,
  figure(row.median),
  figure(row.p95),
  row.unit,
  row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
  row.goal ? `${row.goal.met ? 'ok  ' : 'MISS'} ${row.goal.text}` : '',
];

export const table = (rows: readonly Row[]): string => {
  const lines = [['', 'median', 'p95', 'unit', 'ratio', 'goal'], ...rows.map(cells)];
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (text: string, column: number) => {
    const width = widths?.[column] ?? 0;
    return [1, 2, 4].includes(column) ? text.padStart(width) : text.padEnd(width);
  };
  return lines.map((line) => `  ${line.map(pad).join('  ').trimEnd()}`).join('\n');
};

export type KeptRun = {
  readonly machine: string;
  /** Of the file. */
  readonly at: string;
  readonly benches: Readonly<Record<string, readonly Row[]>>;
};

/** The newest kept run that has this bench; undefined where there is none. */
export const lastRunOf = (folder: string, bench: string): KeptRun | undefined => {
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  for (const file of files.sort().reverse()) {
    const run = JSON.parse(readFileSync(join(folder, file), 'utf8')) as KeptRun;
    if (run.benches[bench]) return run;
  }
  return undefined;
};

/**
 * Each row against the one of its name in an earlier run: its ratio where both have one, since that
 * counts for more than a time, else its median. Rows without a counterpart are left out.
 */
export const comparison = (rows: readonly Row[], earlier: readonly Row[]): string => {
  const lines = rows.flatMap((row) => {
    const before = earlier.find(({ name }) => name === row.name);
    if (!before) return [];
    const byRatio = row.ratio !== undefined && before.ratio !== undefined;
    const [was, is] = byRatio ? [before.ratio, row.ratio] : [before.median, row.median];
    const unit = byRatio ? '×' : row.unit;
    return [[row.name, figure(was), '→', figure(is), unit]];
  });
  const width = Math.max(0, ...lines.map(([name]) => name?.length ?? 0));
  return lines
    .map(([name = '', ...rest]) => `  ${name.padEnd(width)}  ${rest.join(' ')}`)
    .join('\n');
};

/** Keeps the figures, so that runs compare. Returns the file's path. */
export const keepResults = (
  folder: string,
  results: { machine: string; at: Date; benches: Readonly<Record<string, readonly Row[]>> },
): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${results.at.toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
};
