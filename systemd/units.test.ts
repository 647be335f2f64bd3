import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = import.meta.dirname;
const analyze = (...args: string[]) =>
  spawnSync('systemd-analyze', args, { cwd: folder, encoding: 'utf8' });
const isHere = analyze('--version').status === 0;
if (!isHere) process.stderr.write('the units are not judged: systemd-analyze is not here\n');

/** What `systemd-analyze security` gives at most, 0 to 10. */
const exposuresMax = {
  'encore.service': 1.2,
  'encore-player.service': 0.9,
  'encore-backup.service': 0.5,
  'encore-ffmpeg@.service': 0.5,
  'encore-yt-dlp@.service': 1.3,
} as const;

it.runIf(isHere).each(Object.entries(exposuresMax))('%s exposes at most %d', (unit, max) => {
  const { stdout } = analyze('security', '--offline=true', '--no-pager', join(folder, unit));
  const exposure = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1];
  expect(Number(exposure)).toBeLessThanOrEqual(max);
});

it('judges every service that there is', () => {
  const services = readdirSync(folder).filter((name) => name.endsWith('.service'));
  expect(services.toSorted()).toEqual(Object.keys(exposuresMax).toSorted());
});

it.runIf(isHere)('systemd understands every line', () => {
  const units = readdirSync(folder).filter((name) =>
    /\.(service|socket|target|timer|slice)$/.test(name),
  );
  const { stderr } = analyze('verify', '--man=no', ...units.map((name) => join(folder, name)));
  // The programs are there once it is installed.
  const faults = stderr
    .split('\n')
    .filter((line) => /encore/.test(line) && !/is not executable/.test(line));
  expect(faults).toEqual([]);
});
