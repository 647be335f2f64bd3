import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { randomSecret, readOrMakeSecret } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('secrets', () => {
  test('a random secret has 256 bits', () => {
    expect(Buffer.from(randomSecret(), 'base64url')).toHaveLength(32);
    expect(randomSecret()).not.toBe(randomSecret());
  });

  test('is made once, read afterwards, and the folder holds nothing else', () => {
    const file = join(folder, 'data', 'jwt.secret');
    const first = readOrMakeSecret(file, () => 'one');
    const second = readOrMakeSecret(file, () => 'two');
    expect([first, second]).toEqual(['one', 'one']);
    expect(readFileSync(file, 'utf8')).toBe('one\n');
    expect(readdirSync(join(folder, 'data'))).toEqual(['jwt.secret']);
  });

  test('is for its owner alone, also after somebody opened it', () => {
    const file = join(folder, 'jwt.secret');
    readOrMakeSecret(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    readOrMakeSecret(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('one that another process made meanwhile wins', () => {
    const file = join(folder, 'jwt.secret');
    const secret = readOrMakeSecret(file, () => {
      writeFileSync(file, 'theirs\n', { mode: 0o600 });
      return 'ours';
    });
    expect(secret).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['jwt.secret']);
  });

  test('an empty file is an error with a remedy', () => {
    const file = join(folder, 'jwt.secret');
    writeFileSync(file, '');
    expect(() => readOrMakeSecret(file)).toThrow('is empty: delete it');
  });
});
