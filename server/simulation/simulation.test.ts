import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compileCache } from '../config.ts';
import { createDisk } from './disk.ts';
import { mutatedFiles } from './hooks.ts';
import { mutants } from './mutants.ts';
import { createRandom } from './random.ts';
import { createTimeline } from './timeline.ts';

const program = fileURLToPath(new URL('./run.ts', import.meta.url));

const simulate = async (...parameters: string[]) => {
  const child = spawn(process.execPath, [program, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Nights of 23 and 25 hours are part of it.
    env: { ...compileCache, ...process.env, TZ: 'Europe/Berlin' },
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { said, code: code as number };
};

it('keeps every promise through 50,000 commands, crashes, faults and lies of the clock', async () => {
  const { said, code } = await simulate('--seed', '7', '--commands', '50000');
  expect(said).toContain('every promise holds');
  expect(code).toBe(0);
}, 600_000);

it('says the same of the same seed', async () => {
  const once = await simulate('--seed', '11', '--commands', '1500');
  const again = await simulate('--seed', '11', '--commands', '1500');
  expect(once.code).toBe(0);
  expect(again).toEqual(once);
  const other = await simulate('--seed', '12', '--commands', '1500');
  expect(other.said).not.toBe(once.said);
}, 600_000);

it('finds a broken promise again at the step it names, with what led there', async () => {
  const mutant = ['--mutant', 'pay-for-silence'];
  const found = await simulate('--seed', '3', '--commands', '20000', ...mutant);
  expect(found.code).toBe(1);
  expect(found.said).toMatch(/^broken: no charge without a sound: /);
  const place = /--until (?<place>\d+\.\d+)/.exec(found.said)?.groups?.['place'] ?? '';
  const until = ['--until', place];
  const again = await simulate('--seed', '3', '--commands', '20000', ...mutant, ...until);
  expect(again.code).toBe(1);
  expect(again.said.endsWith(found.said)).toBe(true);
  expect(again.said.length).toBeGreaterThan(found.said.length);
}, 600_000);

it('has for each mutant its text in the sources, once', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  for (const mutant of mutants) expect(mutatedFiles(mutant).length).toBeGreaterThan(0);
});

it.each([
  ['has after a power cut what was committed and flushed', true, 2],
  ['loses at a power cut what was committed and not flushed', false, 0],
])('a disk %s', (_what, flushes, rows) => {
  const disk = createDisk(createRandom(1));
  const owner = { closed: false, flushes: () => flushes };
  disk.db.exec('CREATE TABLE coins (id INTEGER)');
  disk.connect(owner);
  for (let id = 0; id < 2; id++) {
    disk.begin(owner);
    disk.db.exec(`INSERT INTO coins VALUES (${id})`);
    disk.commit();
  }
  disk.begin(owner);
  disk.db.exec('INSERT INTO coins VALUES (3)');
  disk.endProcess(true);
  expect(disk.db.prepare('SELECT count(*) FROM coins').pluck().get()).toBe(rows);
  disk.db.close();
});

it('a process that was killed leaves behind what it had committed, flushed or not', () => {
  const disk = createDisk(createRandom(1));
  const owner = { closed: false, flushes: () => false };
  disk.db.exec('CREATE TABLE coins (id INTEGER)');
  disk.connect(owner);
  disk.begin(owner);
  disk.db.exec('INSERT INTO coins VALUES (1)');
  disk.commit();
  disk.endProcess(false);
  expect(disk.db.prepare('SELECT count(*) FROM coins').pluck().get()).toBe(1);
  disk.db.close();
});

it('on the timeline what is due first comes first, and the dead do nothing any more', () => {
  const timeline = createTimeline(createRandom(1));
  const server = { name: 'server', alive: true };
  const done: string[] = [];
  timeline.after(30, () => done.push('third'), timeline.world);
  timeline.after(10, () => done.push('first'), server);
  timeline.after(20, () => done.push('never'), server);
  timeline.after(15, () => void (server.alive = false), timeline.world);
  while (timeline.step());
  expect(done).toEqual(['first', 'third']);
  expect(timeline.now()).toBeGreaterThanOrEqual(1030);
});
