import { expect, it } from 'vitest';
import type { ExtractionProgress } from '../../extractions/contract.ts';
import { readProgress } from './progress.ts';

const read = (...chunks: readonly string[]) => {
  const seen: ExtractionProgress[] = [];
  const output = readProgress((progress) => seen.push(progress));
  for (const chunk of chunks) output.push(Buffer.from(chunk));
  return { seen, words: output.words() };
};

const line = (fields: string) => `encore-progress {${fields}}\n`;

it('tells reports from words, wherever the output is cut', () => {
  const report = line('"bytes":50,"total":200,"estimate":null,"speed":12.5');
  expect(read('[download] Destination: media\nencore-prog', report.slice(11), 'ERROR: no')).toEqual(
    {
      seen: [{ percent: 25, bytes: 50, bytes_total: 200, bytes_per_second: 12.5 }],
      words: '[download] Destination: media\nERROR: no',
    },
  );
});

it('takes an estimate where nobody knows the size, and never says more than all', () => {
  expect(read(line('"bytes":300,"total":null,"estimate":200.4,"speed":null')).seen).toEqual([
    { percent: 100, bytes: 300, bytes_total: 200, bytes_per_second: null },
  ]);
  expect(read(line('"bytes":300,"total":null,"estimate":null,"speed":null')).seen).toEqual([
    { percent: null, bytes: 300, bytes_total: null, bytes_per_second: null },
  ]);
});

it('takes nothing else for a report', () => {
  const { seen, words } = read(
    line('"bytes":null'),
    'encore-progress nonsense\n',
    line('"bytes":-1'),
  );
  expect(seen).toEqual([]);
  expect(words).toContain('nonsense');
});

it('keeps no more words than a person reads', () => {
  expect(read('x\n'.repeat(100_000)).words.length).toBeLessThan(10_000);
});
