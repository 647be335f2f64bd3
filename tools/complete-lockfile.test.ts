import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { complete } from './complete-lockfile.mjs';

const text = readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8');

describe('package-lock.json', () => {
  test('has every optional package, so that npm ci takes it (mend: npm run lockfile)', () => {
    expect(complete(JSON.parse(text)).added).toEqual([]);
  });

  test('names no host: packages come from the registry of whoever installs', () => {
    expect(text).not.toContain('"resolved"');
  });

  test('what is missing is added with the system that it is for', () => {
    const { lockfile, added } = complete({
      packages: {
        '': { name: 'x' },
        'node_modules/a': {
          dev: true,
          optionalDependencies: { '@a/linux-arm64-musl': '1.2.3', '@a/wasm': '1.2.3' },
        },
      },
    });
    expect(added).toEqual(['node_modules/@a/linux-arm64-musl']);
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
});
