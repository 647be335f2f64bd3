import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** file → one line of code in it, and what the linter has to say: nothing, or these words. */
type Sample = readonly [file: string, code: string, fault: string | null];

const emmett = '@event-driven-io/emmett';
const use = (path: string) => `import { x } from '${path}'; export const y = x;`;
const useType = (path: string) => `import type { x } from '${path}'; export type Y = x;`;

const samples: readonly Sample[] = [
  // Events and deciders
  ['server/alpha/a-decider.ts', use('../kernel/decider.ts'), null],
  ['server/alpha/b-decider.ts', useType('../kernel/event-log.ts'), null],
  ['server/alpha/c-decider.ts', use('../kernel/event-log.ts'), 'types (import type) and kernel/'],
  ['server/alpha/d-decider.ts', use('./a-events.ts'), null],
  ['server/alpha/e-decider.ts', use('./queries.ts'), 'events and deciders are pure'],
  ['server/alpha/f-decider.ts', useType('../beta/events.ts'), null],
  ['server/alpha/g-decider.ts', use('../beta/events.ts'), 'events and deciders are pure'],
  ['server/alpha/j-decider.ts', useType('../beta/contract.ts'), null],
  ['server/alpha/k-decider.ts', use('../beta/contract.ts'), 'events and deciders are pure'],
  ['server/alpha/h-decider.ts', use('node:crypto'), 'no package and no part of Node'],
  ['server/alpha/i-decider.ts', use('zod'), 'no package and no part of Node'],
  ['server/alpha/a-events.ts', use('../adapters/http/b.ts'), 'events and deciders are pure'],
  // Modules
  ['server/alpha/a.ts', use('../beta/index.ts'), null],
  ['server/alpha/b.ts', use('../beta/contract.ts'), null],
  ['server/alpha/c.ts', useType('../beta/events.ts'), null],
  ['server/alpha/d.ts', useType('../beta/player-link.ts'), null],
  ['server/alpha/e.ts', use('../beta/events.ts'), 'a module sees another only through'],
  ['server/alpha/f.ts', use('../beta/queries.ts'), 'a module sees another only through'],
  ['server/alpha/g.ts', useType('../beta/queries.ts'), 'a module sees another only through'],
  ['server/alpha/h.ts', use('./../alpha/../beta/queries.ts'), 'a module sees another only'],
  ['server/alpha/i.ts', `export * from '../beta/queries.ts';`, 'a module sees another only'],
  ['server/alpha/j.ts', `export { x } from '../beta/queries.ts';`, 'a module sees another only'],
  [
    'server/alpha/k.ts',
    `export const y = () => import('../beta/queries.ts');`,
    'a module sees another only',
  ],
  ['server/alpha/l.ts', use('../adapters/http/b.ts'), 'a module sees the kernel and modules'],
  ['server/alpha/m.ts', use('../config.ts'), 'a module sees the kernel and modules'],
  ['server/alpha/n.test.ts', use('../beta/queries.ts'), null],
  // Kernel
  ['server/kernel/a.ts', use('./event-log.ts'), null],
  ['server/kernel/b.ts', useType('../alpha/contract.ts'), 'the kernel sees nothing but itself'],
  ['server/kernel/c.ts', use('../config.ts'), 'the kernel sees nothing but itself'],
  ['server/kernel/d.ts', useType(emmett), null],
  ['server/kernel/e.ts', use(emmett), 'its types only, by import type'],
  ['server/kernel/f.test.ts', use(emmett), null],
  // Adapters
  ['server/adapters/http/a.ts', use('../../kernel/event-log.ts'), null],
  ['server/adapters/http/b.ts', use('../../beta/contract.ts'), null],
  ['server/adapters/http/c.ts', useType('../../beta/player-link.ts'), null],
  ['server/adapters/http/d.ts', use('../../beta/queries.ts'), 'never the inside of a module'],
  ['server/adapters/http/e.ts', use('../../beta/index.ts'), 'never the inside of a module'],
  ['server/adapters/http/f.ts', use('../../config.ts'), 'or the configuration'],
  // Programs and UI
  ['server/main.ts', use('./beta/queries.ts'), null],
  ['server/app.ts', use('../ui/a.ts'), 'the server sees nothing of ui/'],
  ['ui/a.ts', useType('../server/beta/contract.ts'), null],
  ['ui/b.ts', use('../server/beta/contract.ts'), 'a contract.ts by import type only'],
  ['ui/c.ts', useType('../server/beta/queries.ts'), 'no file of the server but contract.ts'],
  // The environment
  ['server/beta/a.ts', `export const y = process.env['HOME'];`, 'process.env'],
  ['server/beta/b.ts', `import { env } from 'node:process'; export const y = env;`, "'env' import"],
  ['server/config.ts', `export const y = process.env['HOME'];`, null],
  // What needs types, and what needs more than one file
  ['server/beta/c.ts', `const x = async () => 1; export const y = () => { x(); };`, 'Promises'],
  [
    'server/beta/d.ts',
    `export const y = (z: 'a' | 'b') => { switch (z) { case 'a': return 1; } return 2; };`,
    'not exhaustive',
  ],
  ['server/beta/e.ts', `export { z } from './f.ts'; export const x = 1;`, 'cycle'],
  ['server/beta/f.ts', `import { x } from './e.ts'; export const z = x;`, 'cycle'],
  // Lit
  [
    'ui/d.ts',
    `import { html } from 'lit'; export const y = html\`<p a="x" a="\${1}" .a="\${2}" .a="\${3}"></p>\`;`,
    'uplicate',
  ],
];

const imported = {
  'server/kernel/decider.ts': 'x',
  'server/kernel/event-log.ts': 'x',
  'server/beta/index.ts': 'x',
  'server/beta/contract.ts': 'x',
  'server/beta/events.ts': 'x',
  'server/beta/queries.ts': 'x',
  'server/beta/player-link.ts': 'x',
  'server/alpha/queries.ts': 'x',
};

type Diagnostic = { readonly filename: string; readonly message: string; readonly code: string };

let folder: string;
let said: ReadonlyMap<string, string>;

/** A project in small under the real configuration, linted once as a whole. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-law-'));
  const write = (file: string, code: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\n`);
  };
  for (const [file, name] of Object.entries(imported)) {
    write(file, `export const ${name} = 1; export type ${name} = 1;`);
  }
  for (const [file, code] of samples) write(file, code);
  for (const file of ['oxlint.config.ts', 'tsconfig.json', 'package.json', 'tools/import-law.ts']) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const run = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['-f', 'json', 'server', 'ui'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: readonly Diagnostic[] };
  const byFile = new Map<string, string>();
  for (const { filename, code, message } of diagnostics) {
    byFile.set(filename, `${byFile.get(filename) ?? ''}${code} ${message}\n`);
  }
  said = byFile;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter holds the law', () => {
  test.each(samples.filter(([, , fault]) => fault !== null))(
    '%s must not: %s',
    (file, _, fault) => {
      expect(said.get(file) ?? 'nothing').toContain(fault);
    },
  );

  test.each(samples.filter(([, , fault]) => fault === null))('%s may: %s', (file) => {
    expect(said.get(file) ?? '').not.toMatch(/import-law|process-env|restricted-imports/);
  });
});
