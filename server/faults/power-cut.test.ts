/**
 * The power goes while people press: a real ext4 that is shut down without its journal, real server
 * and player, real HTTP. What clients were told has to be there afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, it, type TestContext } from 'vitest';
import { makeLoopDisk, type LoopDisk } from '../testing/loop-disk.ts';
import { anySound, lostOf, pressAway, verdictOn, type Held } from '../testing/held-presses.ts';
import { makePremises, type Premises } from '../testing/server-process.ts';

const diskMebibytes = 96;
const clients = 8;
const cuts = 10 * inject('effort');
/** A cut comes within so long of the first acknowledgement. */
const cutWithinMs = 800;

let dir: string;
let disk: LoopDisk | string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'encore-power-'));
  disk = makeLoopDisk(dir, diskMebibytes);
});
afterEach(() => {
  if (typeof disk !== 'string') disk.dispose();
  rmSync(dir, { recursive: true, force: true });
});

const needDisk = (context: TestContext): LoopDisk =>
  typeof disk === 'string' ? context.skip(disk) : disk;

/** Presses until the power goes; answers what this life acknowledged. */
const liveUntilCut = async (
  premises: Premises,
  on: LoopDisk,
  nodeArgs: readonly string[] = [],
): Promise<Held[]> => {
  const house = await premises.start({ nodeArgs });
  try {
    await house.ready();
    if (premises.token() === '') await premises.setUp();
    const held: Held[] = [];
    const press = pressAway(premises, { soundId: await anySound(premises), clients, held });
    while (held.length === 0) await sleep(1);
    await sleep(Math.random() * cutWithinMs);
    on.cutPower();
    await house.end('SIGKILL');
    await press.over();
    return held;
  } finally {
    await house.end('SIGKILL');
  }
};

it(
  `loses nothing that was acknowledged in ${cuts} power cuts under load`,
  async (context) => {
    const on = needDisk(context);
    const premises = await makePremises(dir, join(on.path, 'data'));
    const held: Held[] = [];
    for (let cut = 1; cut <= cuts; cut++) {
      held.push(...(await liveUntilCut(premises, on)));
      on.bootUp();
      expect(lostOf(premises, held), `after cut ${cut}`).toEqual([]);
    }
    expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
    const house = await premises.start();
    await house.ready();
    expect((await premises.call('POST', `/sounds/play/${await anySound(premises)}`)).status).toBe(
      202,
    );
    expect(await house.end('SIGTERM')).toBe(0);
    await context.annotate(`${cuts} cuts, ${held.length} acknowledged presses, 0 lost`);
  },
  600_000 * inject('effort'),
);

it('would lose some with synchronous=NORMAL: the cut is a real one', async (context) => {
  const on = needDisk(context);
  const premises = await makePremises(dir, join(on.path, 'data'));
  const careless = ['--import', new URL('../testing/careless-storage.ts', import.meta.url).href];
  const lost: Held[] = [];
  for (let cut = 1; cut <= 5 && lost.length === 0; cut++) {
    const held = await liveUntilCut(premises, on, careless);
    on.bootUp();
    lost.push(...lostOf(premises, held));
  }
  expect(lost).not.toEqual([]);
}, 600_000);
