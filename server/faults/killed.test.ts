/** kill -9 of server and player, again and again while people press. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { openStorageToRead } from '../kernel/storage.ts';
import { anySound, lostOf, pressAway, verdictOn, type Held } from '../testing/held-presses.ts';
import { makePremises } from '../testing/server-process.ts';

const rounds = 3 * inject('effort');
const clients = 8;
const killWithinMs = 500;

it(
  `both are killed ${rounds} times under load: every acknowledged press is there, and none stays open`,
  async (context) => {
    const dir = mkdtempSync(join(tmpdir(), 'encore-killed-'));
    const premises = await makePremises(dir);
    let house = await premises.start();
    try {
      const held: Held[] = [];
      for (let round = 1; round <= rounds; round++) {
        await house.ready();
        if (round === 1) await premises.setUp();
        const soundId = await anySound(premises);
        const before = held.length;
        const presses = pressAway(premises, { soundId, clients, held });
        while (held.length === before) await sleep(1);
        // Once one of them first, once the other.
        const [first, second] =
          round % 2 === 0 ? [house.server, house.player] : [house.player, house.server];
        await sleep(Math.random() * killWithinMs);
        first.kill('SIGKILL');
        await sleep(Math.random() * killWithinMs);
        second.kill('SIGKILL');
        await house.end('SIGKILL');
        await presses.over();
        expect(lostOf(premises, held), `after round ${round}`).toEqual([]);
        house = await premises.start();
      }
      await house.ready();
      expect(await house.end('SIGTERM')).toBe(0);
      expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
      const storage = openStorageToRead(join(premises.dataDir, 'encore.db'));
      const open = storage
        .prepare(`SELECT id FROM plays WHERE status IN ('requested', 'started')`)
        .all();
      storage.close();
      expect(open).toEqual([]);
      await context.annotate(`${rounds} rounds, ${held.length} acknowledged presses, 0 lost`);
    } finally {
      await house.end('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    }
  },
  120_000 * (1 + inject('effort')),
);
