/**
 * The power goes while people press: a real ext4 that is shut down without its journal, real server
 * and player, real HTTP. What clients were told has to be there afterwards.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, it, type TestContext } from 'vitest';
import { openStorageToRead } from '../kernel/storage.ts';
import { makeLoopDisk, type LoopDisk } from '../testing/loop-disk.ts';
import { makePremises, pressAway, type Held, type Premises } from '../testing/server-process.ts';
import { verifyHouse } from '../verify-house.ts';

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

const database = (premises: Premises) => join(premises.dataDir, 'encore.db');

/** What the log has of presses, by play, and how far it goes. */
const readLog = (premises: Premises) => {
  if (!existsSync(database(premises))) return { requested: new Map<string, number>(), head: 0 };
  const storage = openStorageToRead(database(premises));
  try {
    const tables = storage.prepare(`SELECT name FROM sqlite_schema WHERE name = 'events'`).all();
    if (tables.length === 0) return { requested: new Map<string, number>(), head: 0 };
    const requested = storage
      .prepare<
        [],
        { stream: string; at: number }
      >(`SELECT stream_id AS stream, global_position AS at FROM events WHERE type = 'PlayRequested'`)
      .all();
    const head = storage.prepare<[], number>('SELECT max(global_position) FROM events').pluck();
    return {
      requested: new Map(requested.map(({ stream, at }) => [stream.slice('play-'.length), at])),
      head: head.get() ?? 0,
    };
  } finally {
    storage.close();
  }
};

const lostOf = (premises: Premises, held: readonly Held[]): Held[] => {
  const { requested, head } = readLog(premises);
  return held.filter(({ playId, position }) => {
    const at = requested.get(playId);
    return at === undefined || at > position || head < position;
  });
};

const soundId = async (premises: Premises): Promise<string> => {
  const { body } = await premises.call('GET', '/sounds/catalogue');
  return (body['items'] as { id: string }[])[0]?.id ?? '';
};

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
    const press = pressAway(premises, { soundId: await soundId(premises), clients, held });
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

it(`loses nothing that was acknowledged in ${cuts} power cuts under load`, async (context) => {
  const on = needDisk(context);
  const premises = await makePremises(dir, join(on.path, 'data'));
  const held: Held[] = [];
  for (let cut = 1; cut <= cuts; cut++) {
    held.push(...(await liveUntilCut(premises, on)));
    on.bootUp();
    expect(lostOf(premises, held), `after cut ${cut}`).toEqual([]);
  }
  const verdict = verifyHouse({ path: database(premises), progress: () => undefined });
  expect(verdict).toMatchObject({ verdict: 'valid' });
  const house = await premises.start();
  await house.ready();
  expect((await premises.call('POST', `/sounds/play/${await soundId(premises)}`)).status).toBe(202);
  expect(await house.end('SIGTERM')).toBe(0);
  await context.annotate(`${cuts} cuts, ${held.length} acknowledged presses, 0 lost`);
}, 600_000 * inject('effort'));

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
}, 120_000);
