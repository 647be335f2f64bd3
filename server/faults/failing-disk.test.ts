/** A disk that is full, fails, or has become read-only under the running server. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { anySound, lostOf, pressAway, verdictOn, type Held } from '../testing/held-presses.ts';
import { makeLoopDisk } from '../testing/loop-disk.ts';
import { makePremises, type Premises, type ServerProcess } from '../testing/server-process.ts';

const clients = 4;

let dir: string;
let house: ServerProcess | undefined;
let cleanUp: (() => void) | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'encore-disk-'));
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(house?.output() ?? '');
  await house?.end('SIGKILL');
  cleanUp?.();
  [house, cleanUp] = [undefined, undefined];
  rmSync(dir, { recursive: true, force: true });
});

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10);
};

const decoded = async (premises: Premises): Promise<number> => {
  const { body } = await premises.call('GET', '/sounds/waveforms');
  return Object.keys(body['items'] as object).length;
};

/** Presses that go on through the fault: what was acknowledged, and every other answer. */
const load = async (premises: Premises) => {
  const held: Held[] = [];
  const statuses = new Map<number, number>();
  const soundId = await anySound(premises);
  const { over } = pressAway(premises, { soundId, clients, held, statuses });
  const refused = () => statuses.get(503) ?? 0;
  const more = async (count: () => number, by: number) => {
    const enough = count() + by;
    await until(() => count() >= enough);
  };
  return {
    held,
    over,
    press: () => premises.call('POST', `/sounds/play/${soundId}`),
    /** Until so many more were taken, or refused. */
    taken: (by = 1) => more(() => held.length, by),
    refused: (by = 1) => more(refused, by),
    answers: () => [...statuses.keys()].toSorted((a, b) => a - b),
  };
};

const mountTmpfs = (path: string, size: string): string | undefined => {
  try {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'encore-test', path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return undefined;
  } catch (error) {
    return `a disk of its own needs root: ${(error as Error).message.trim()}`;
  }
};

it('full: presses get a 503 with words, what is there can be read, and it goes on with space again', async (context) => {
  const disk = join(dir, 'disk');
  const without = mountTmpfs(disk, '16m');
  if (without !== undefined) return context.skip(without);
  cleanUp = () => void execFileSync('umount', [disk]);
  const premises = await makePremises(dir, join(disk, 'data'));
  house = await premises.start();
  await house.ready();
  await premises.setUp();
  const presses = await load(premises);
  for (let round = 0; round < 2; round++) {
    await presses.taken(3);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, '');
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(16 * 1024));
    }).toThrow(/ENOSPC/);
    await presses.refused(5);
    const problem = await presses.press();
    if (problem.status === 503) {
      expect(problem.body).toMatchObject({ code: 'storage_unavailable', status: 503 });
    }
    expect((await premises.call('GET', '/plays?limit=5')).status).toBe(200);
    rmSync(ballast);
    await presses.taken(3);
  }
  await presses.over();
  expect(presses.answers()).toEqual([202, 503]);
  expect(await house.end('SIGTERM')).toBe(0);
  expect(lostOf(premises, presses.held)).toEqual([]);
  expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
}, 600_000);

it('read-only after an error of its own: presses get a 503, reading goes on, a new start mends it', async (context) => {
  const disk = makeLoopDisk(dir, 64);
  if (typeof disk === 'string') return context.skip(disk);
  cleanUp = disk.dispose;
  const premises = await makePremises(dir, join(disk.path, 'data'));
  house = await premises.start();
  await house.ready();
  await premises.setUp();
  const presses = await load(premises);
  await presses.taken(5);
  const heldBefore = new Set(presses.held);
  disk.breakReadOnly();
  await presses.refused(5);
  const problem = await presses.press();
  expect(problem.body).toMatchObject({ code: 'storage_unavailable', status: 503 });
  const answer = await premises.call('GET', '/plays?limit=5');
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.body['items']).toHaveLength(5);
  await presses.over();
  expect(presses.answers()).toEqual([202, 503]);
  await house.end('SIGKILL');
  disk.bootUp();
  const lost = lostOf(premises, presses.held);
  expect(lost.filter((press) => heldBefore.has(press))).toEqual([]);
  // An fdatasync that is under way while ext4 gives up its journal can answer that all went well.
  expect(lost.length).toBeLessThanOrEqual(clients);
  house = await premises.start();
  await house.ready();
  expect((await presses.press()).status).toBe(202);
  expect(await house.end('SIGTERM')).toBe(0);
  expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
}, 600_000);

describe('one call in three fails:', () => {
  const [eio, enospc] = [5, 28];
  const faults = [
    { name: 'posix/io/sync/fsync', failinfo: eio },
    { name: 'posix/io/rw/pwrite', failinfo: eio },
    { name: 'posix/io/rw/pwrite', failinfo: enospc },
    { name: 'posix/io/rw/pwrite/reduce', failinfo: eio },
    { name: 'posix/io/rw/pread', failinfo: eio },
  ];

  it(
    'no acknowledged press is lost, none is half done, and it goes on when the fault is over',
    async (context) => {
      if (!existsSync('/usr/bin/fiu-run')) return context.skip('this needs Debian’s fiu-utils');
      const control = join(dir, 'fiu');
      const premises = await makePremises(dir);
      const through = ['fiu-run', '-x', '-f', control];
      // Sounds are decoded before the faults: in what a process under libfiu forks, it can deadlock.
      house = await premises.start();
      await house.ready();
      await premises.setUp();
      await until(async () => (await decoded(premises)) === 2);
      await house.end('SIGTERM');
      house = await premises.start({ through });
      await house.ready();
      const presses = await load(premises);
      const { pid } = house.server;
      const tell = (command: string) =>
        execFileSync('fiu-ctrl', ['-f', control, '-c', command, String(pid)], { timeout: 10_000 });
      for (let round = 0; round < inject('effort'); round++) {
        for (const { name, failinfo } of faults) {
          await presses.taken(3);
          tell(`enable_random name=${name},probability=0.33,failinfo=${failinfo}`);
          // What a WAL is read from is in memory: it may well not be noticed.
          if (/fsync|pwrite$/.test(name)) await presses.refused(3);
          else await presses.taken(5);
          tell(`disable name=${name}`);
          await presses.taken(3);
        }
      }
      await presses.over();
      expect(presses.answers()).toEqual([202, 503]);
      expect(await house.end('SIGTERM')).toBe(0);
      expect(lostOf(premises, presses.held)).toEqual([]);
      expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
    },
    300_000 * (1 + inject('effort')),
  );
});
