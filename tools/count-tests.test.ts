import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-count-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const count = (report: object | null, exitCode: number) => {
  const file = join(folder, 'vitest.json');
  if (report) writeFileSync(file, JSON.stringify(report));
  const script = join(import.meta.dirname, 'count-tests.mjs');
  const run = spawnSync(process.execPath, [script, file, String(exitCode)], { encoding: 'utf8' });
  return `${run.stdout.trim()} → ${run.status}`;
};

const report = (numPassedTests: number, numFailedTests: number, numPendingTests = 0) => {
  const success = numFailedTests === 0;
  return { numPassedTests, numFailedTests, numPendingTests, numTodoTests: 0, success };
};

describe('the closing line', () => {
  test.each([
    ['all passed', report(42, 0), 0, '42 passed, 0 failed → 0'],
    ['one was skipped', report(41, 0, 1), 0, '41 passed, 0 failed, 1 skipped → 0'],
    ['two failed', report(40, 2), 1, '40 passed, 2 failed → 1'],
    ['a check before the tests failed', null, 1, '0 passed, 1 failed → 1'],
    ['a check after the tests failed', report(42, 0), 1, '42 passed, 1 failed → 1'],
    ['a file did not load', { ...report(42, 0), success: false }, 1, '42 passed, 1 failed → 1'],
    ['no test ran', report(0, 0), 0, '0 passed, 1 failed → 1'],
  ])('%s', (_, result, exitCode, line) => {
    expect(count(result, exitCode)).toBe(line);
  });
});
