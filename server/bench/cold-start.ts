import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultLimits } from '../adapters/system/supervised-child.ts';
import { creditsDecider } from '../credits/decider.ts';
import { creditsStream } from '../credits/events.ts';
import { done } from '../kernel/command-bus.ts';
import { startRealHouse } from '../testing/real-house.ts';
import { atMost, median, p95, timed, type Bench } from './bench.ts';
import { openHouse } from './ledger.ts';
import { cpuSeconds } from './resources.ts';

const accounts = 500;
const grantsPerAccount = 200;
const starts = 5;
const goalSeconds = 2;

const by = { actor: 'system', origin: 'system' } as const;

/** Some 100,000 events that each concern a read model. */
const fill = async (file: string): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  const { kernel, ledger } = openHouse(file);
  await kernel.bus.execute(by, (tx) => {
    for (let account = 0; account < accounts; account++) {
      ledger.openAccount(tx, `user-${account}`, 'free');
    }
    return done(null);
  });
  const adjust = { type: 'AdjustCredits', amount: 1, reason: 'bench' } as const;
  for (let round = 0; round < grantsPerAccount; round++) {
    await kernel.bus.execute(by, (tx) => {
      for (let account = 0; account < accounts; account++) {
        tx.decide(creditsDecider, creditsStream(`user-${account}`), adjust);
      }
      return done(null);
    });
  }
  await kernel.stop();
};

/** From a kill -9 of the server to `/readyz`, the launcher's pause of 0.2 s and the player's return included. */
export const coldStart: Bench = {
  name: 'cold-start',
  async run() {
    const house = await startRealHouse({
      fill: (soundsDir) => fill(join(dirname(soundsDir), 'data', 'encore.db')),
    });
    try {
      const samples: number[] = [];
      const work: number[] = [];
      for (let start = 0; start < starts; start++) {
        // A child that dies young is started again later each time.
        await sleep(defaultLimits.settledMs);
        const pid = house.pidOf('server');
        const ms = await timed(async () => {
          process.kill(pid, 'SIGKILL');
          await house.ready();
        });
        samples.push(ms / 1000);
        work.push(cpuSeconds(house.pidOf('server')));
      }
      const middle = median(samples);
      return [
        {
          name: `server killed → ready, ${accounts * grantsPerAccount} events`,
          unit: 's',
          median: middle,
          p95: p95(samples),
          goal: atMost(goalSeconds, middle, ' s'),
        },
        { name: 'of it computing time of the server', unit: 's', median: median(work) },
      ];
    } finally {
      await house.stop();
    }
  },
};
