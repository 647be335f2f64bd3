import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { complete } from './complete-lockfile.mjs';

const text = readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8');

describe('package-lock.json', () => {
  test('is fit for npm ci on every machine (mend: npm run lockfile)', () => {
    expect(complete(JSON.parse(text)).changed).toEqual([]);
  });

  test('names no host: packages come from the registry of whoever installs', () => {
    expect(text).not.toContain('"resolved"');
  });

  test('what is missing is added with the system that it is for', () => {
    const { lockfile, changed } = complete({
      packages: {
        '': { name: 'x' },
        'node_modules/a': {
          dev: true,
          optionalDependencies: { '@a/linux-arm64-musl': '1.2.3', '@a/wasm': '1.2.3' },
        },
      },
    });
    expect(changed).toEqual(['node_modules/@a/linux-arm64-musl']);
    expect(Object.keys(lockfile.packages)).toEqual([
      '',
      'node_modules/@a/linux-arm64-musl',
      'node_modules/a',
    ]);
    expect(lockfile.packages['node_modules/@a/linux-arm64-musl']).toEqual({
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
  });

  test('optional packages are installed whatever Node installs them', () => {
    const engines = { node: '>=22' };
    const { lockfile, changed } = complete({
      packages: {
        '': { name: 'x' },
        'node_modules/a': { version: '1.0.0', engines },
        'node_modules/b': { version: '1.0.0', optional: true, engines },
      },
    });
    expect(changed).toEqual(['node_modules/b']);
    expect(lockfile.packages).toEqual({
      '': { name: 'x' },
      'node_modules/a': { version: '1.0.0', engines },
      'node_modules/b': { version: '1.0.0', optional: true },
    });
  });
});
