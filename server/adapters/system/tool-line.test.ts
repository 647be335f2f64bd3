import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../config.ts';

const tools = {
  bench: 'server/bench/run.ts',
  soak: 'server/bench/soak/run.ts',
  simulate: 'server/simulation/run.ts',
  appliance: 'tools/appliance/run.ts',
};

const call = (tool: keyof typeof tools, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectRoot, tools[tool]), ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

it.each(['simulate', 'appliance'] as const)('%s tells how it is used', (tool) => {
  const { status, stdout, stderr } = call(tool, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: npm run /);
});

it.each([
  ['bench', ['--minuets', '1'], "Unknown option '--minuets'"],
  ['bench', ['prese'], 'There is no bench prese.'],
  ['soak', ['--minutes', 'ten'], '--minutes takes a number above 0, and "ten" is not that.'],
  ['simulate', ['--seed', 'x'], '--seed takes a whole number, and "x" is not that.'],
  ['simulate', ['--proof', 'tall'], '--proof takes short or long.'],
  ['appliance', ['--part', 'sond'], 'There is no part sond.'],
] as const)('%s says what is wrong with %j, and begins nothing', (tool, args, words) => {
  const { status, stdout, stderr } = call(tool, ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.startsWith(words)).toBe(true);
  expect(stderr).toContain('Usage: npm run ');
  expect(stderr).not.toContain('node:internal');
});
