import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparison, keepResults, lastRunOf } from './report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const row = (name: string, median: number, ratio?: number) => ({
  name,
  unit: 'ms',
  median,
  ...(ratio !== undefined && { ratio }),
});
const keep = (at: string, bench: string, median: number) => {
  const benches = { [bench]: [row('press', median)] };
  keepResults(folder, { machine: 'here', at: new Date(at), benches });
};

describe('the last kept run', () => {
  it('is the newest that has the bench', () => {
    keep('2026-01-01T00:00:00Z', 'press', 1);
    keep('2026-01-03T00:00:00Z', 'press', 3);
    keep('2026-01-04T00:00:00Z', 'scan', 4);
    writeFileSync(join(folder, 'notes.txt'), 'not a run');
    expect(lastRunOf(folder, 'press')?.benches['press']).toEqual([row('press', 3)]);
  });

  it('is none where nothing was kept, the folder included', () => {
    expect(lastRunOf(join(folder, 'new'), 'press')).toBeUndefined();
  });
});

describe('the comparison', () => {
  it('is of ratios where there are some, else of medians', () => {
    const [now, before] = [
      [row('press', 20, 1.5), row('floor', 10)],
      [row('press', 99, 2), row('floor', 30)],
    ];
    expect(comparison(now, before).split('\n')).toEqual([
      '  press  2.00 → 1.50 ×',
      '  floor  30.0 → 10.0 ms',
    ]);
  });

  it('leaves out what the other run has not', () => {
    expect(comparison([row('new', 1)], [row('old', 1)])).toBe('');
  });
});
