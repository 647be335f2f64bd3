import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = join(import.meta.dirname, 'side-by-side.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-side-by-side-'));
  const scripts = { good: 'echo fine', bad: 'echo broken; echo words >&2; exit 3' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...names: string[]) =>
  spawnSync(process.execPath, [script, ...names], { cwd: folder, encoding: 'utf8' });

test('scripts that succeed are a line each', () => {
  const { status, stdout } = run('good', 'good');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^✓ good [\d.]+ s\n✓ good [\d.]+ s\n$/);
});

test('one that fails fails all of it, and its words come last', () => {
  const { status, stdout } = run('bad', 'good');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^✗ bad [\d.]+ s$/m);
  expect(stdout).toMatch(/^✓ good [\d.]+ s$/m);
  expect(stdout).toMatch(/\n── bad ──\nbroken\nwords\n$/);
});

test('a script that is not there fails', () => {
  expect(run('good', 'none').status).toBe(1);
});
