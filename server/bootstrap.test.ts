import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  hashFiles,
  installLine,
  isPresent,
  parseInstalled,
  platformFault,
  startPackages,
  testPackages,
} from './bootstrap.mjs';

const script = join(import.meta.dirname, 'bootstrap.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encore-bootstrap-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('bootstrap', () => {
  test('only what dpkg calls installed counts', () => {
    const output =
      'gcc installed\nffmpeg config-files\nlibvlc5 installed\nchromium not-installed\n';
    expect(parseInstalled(output)).toEqual(['gcc', 'libvlc5']);
  });

  test('a program that came another way than by dpkg counts as present', () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'ffmpeg'), '');
    const ffmpeg = { name: 'ffmpeg', why: '', commands: ['ffmpeg', 'ffprobe'] };
    const env = { PATH: join(folder, 'bin') };
    expect(isPresent(ffmpeg, env)).toBe(false);
    writeFileSync(join(folder, 'bin', 'ffprobe'), '');
    expect(isPresent(ffmpeg, env)).toBe(true);
  });

  test('each package says what it is for and how to see it without dpkg', () => {
    const wrong = [...startPackages, ...testPackages].filter((one) => {
      const { name, why, ...probes } = one;
      return name === '' || why === '' || Object.values(probes).flat().length === 0;
    });
    expect(wrong).toEqual([]);
  });

  test('the line to run as root names every package', () => {
    expect(installLine(['gcc', 'libvlc5'])).toBe(
      'apt-get update && apt-get install -y --no-install-recommends gcc libvlc5',
    );
  });

  test('the hash of sources knows a change of name, of content and of the border between files', () => {
    const hashOf = (files: Record<string, string>) => {
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(folder, name), content);
      return hashFiles(
        folder,
        Object.keys(files).map((name) => join(folder, name)),
      );
    };
    const hashes = [{ a: '1', b: '23' }, { a: '12', b: '3' }, { a: '1', c: '23' }, { a: '1' }].map(
      hashOf,
    );
    expect(new Set(hashes).size).toBe(4);
    expect(hashOf({ a: '1', b: '23' })).toBe(hashes[0]);
  });

  test.each([
    [{ version: '12.22.12', platform: 'linux', arch: 'x64' }, /^Node 12.22.12 is too old/],
    [{ version: '20.20.2', platform: 'darwin', arch: 'arm64' }, /^Encore runs on Linux/],
    [{ version: '20.20.2', platform: 'linux', arch: 'arm' }, /64-bit .* this one is arm$/],
  ])('%o is told in a sentence', (machine, sentence) => {
    expect(platformFault(machine)).toMatch(sentence);
  });

  test.each(['18.20.4', '20.20.2', '26.10.0'])('Node %s on a 64-bit Linux is fine', (version) => {
    expect(platformFault({ version, platform: 'linux', arch: 'arm64' })).toBeUndefined();
  });

  test('a fault is one sentence and exit code 1', () => {
    const run = spawnSync(process.execPath, [script, 'dance'], { encoding: 'utf8' });
    expect(run.stderr).toBe('encore: usage: bootstrap.mjs start|test|build\n');
    expect(run.status).toBe(1);
  });

  test('a missing package without root ends with the list and the line', () => {
    const fake = (name: string, body: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    fake('dpkg-query', 'exit 1');
    fake('apt-get', 'exit 1');
    fake('sudo', 'exit 1');
    chmodSync(folder, 0o755);
    // Nobody's id and a PATH with the fakes alone: no sudo that works, and no program is found.
    const run = spawnSync(process.execPath, [script, 'test'], {
      encoding: 'utf8',
      env: { PATH: folder },
      ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}),
    });
    expect(run.stdout).toContain('mosquitto-clients  an MQTT client that is not ours');
    expect(run.stderr).toMatch(
      /^encore: run this line as root, then try again:\n {2}apt-get update && /,
    );
    expect(run.stderr).toContain('mosquitto-clients');
    expect(run.status).toBe(1);
  });
});
