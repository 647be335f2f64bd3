import { join } from 'node:path';
import { openLedger } from '../credits/index.ts';
import { done, refuse } from '../kernel/command-bus.ts';
import { createKernel } from '../kernel/kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemClock, uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { modules } from '../modules.ts';
import { playDecider } from '../soundboard/decider.ts';
import { playStream } from '../soundboard/events.ts';
import { creditsDecider } from '../credits/decider.ts';
import { creditsStream } from '../credits/events.ts';
import { createCreditsQueries } from '../credits/queries.ts';
import { planDecider } from '../credits/plan-decider.ts';
import { planStream } from '../credits/plan-events.ts';
import { userDecider } from '../users/decider.ts';
import { userStream } from '../users/events.ts';
import { atMost, median, p95, timed, type Bench } from './bench.ts';
import { onDisk } from './plays.ts';

const blocks = 30;
const perBlock = 50;
const transactions = 10_000;
const balances = 50;
const user = 'somebody';
const by = { actor: user, origin: 'http' } as const;

/** The kernel with every room's read models, and the ledger. */
export const openHouse = (file: string) => {
  const kernel = createKernel({
    storage: openStorage(file),
    clock: systemClock,
    ids: uuidv7,
    logger: silentLogger,
    upcasters: [],
    projections: modules.flatMap(({ projections }) => projections ?? []),
    sideTables: modules.flatMap(({ sideTables }) => sideTables ?? []),
  });
  return { kernel, ledger: openLedger(kernel, { play: 1, extraction: 5, tts: 1 }) };
};

/** A press with a reservation of a metered account against the same press for free, and replays of a long ledger. */
export const ledgerCost: Bench = {
  name: 'ledger',
  run: () =>
    onDisk(async (folder) => {
      const { kernel, ledger } = openHouse(join(folder, 'encore.db'));
      await kernel.bus.execute(by, (tx) => {
        const terms = {
          name: 'Free',
          initial_credits: 0,
          max_credits: 0,
          refill_amount: 0,
          refill_period: 'day',
          unlimited: false,
          prices: {},
          cooldowns: { user_ms: 0, sound_ms: 0, global_ms: 0 },
        } as const;
        tx.decide(planDecider, planStream('admin'), { type: 'DefinePlan', code: 'admin', terms });
        const command = { type: 'RegisterFirstAdmin', user_id: user, accounts: 0 } as const;
        tx.decide(userDecider, userStream(user), command);
        return done(null);
      });
      await kernel.bus.execute(by, (tx) => {
        ledger.openAccount(tx, user, 'admin');
        const adjust = { type: 'AdjustCredits', amount: 1_000_000, reason: 'bench' } as const;
        tx.decide(creditsDecider, creditsStream(user), adjust);
        return done(null);
      });
      const press = (paid: boolean) =>
        kernel.bus.execute(by, (tx) => {
          const play_id = tx.newId();
          const subject = { play_id, sound_id: 'a-sound' };
          if (paid) {
            const answer = ledger.reserve(tx, {
              userId: user,
              action: 'play',
              reservationId: play_id,
              subject,
            });
            if (!answer.ok) return refuse(answer.problem);
          }
          const request = { type: 'RequestPlay', user_id: user, gain_cap_db: null } as const;
          const command = { ...request, ...subject };
          tx.decide(playDecider, playStream(play_id), command);
          return done(play_id);
        });
      const settle = (reservationId: string) =>
        kernel.bus.execute(by, (tx) => {
          ledger.settle(tx, user, reservationId);
          return done(null);
        });

      const samples: Record<'free' | 'paid', number[]> = { free: [], paid: [] };
      const ratios: number[] = [];
      for (let block = -4; block < blocks; block++) {
        const here: Record<'free' | 'paid', number[]> = { free: [], paid: [] };
        for (const kind of ['free', 'paid'] as const) {
          for (let index = 0; index < perBlock; index++) {
            let id = '';
            const ms = await timed(async () => {
              const outcome = await press(kind === 'paid');
              if (outcome.ok) id = outcome.result;
            });
            here[kind].push(ms * 1000);
            if (kind === 'paid') await settle(id);
          }
        }
        if (block < 0) continue;
        samples.free.push(...here.free);
        samples.paid.push(...here.paid);
        ratios.push(median(here.paid) / median(here.free));
      }

      const queries = createCreditsQueries(kernel.storage);
      const grown: Promise<unknown>[] = [];
      for (let index = 0; index < transactions; index++) {
        const adjust = { type: 'AdjustCredits', amount: 1, reason: 'bench' } as const;
        grown.push(
          kernel.bus.execute(by, (tx) => {
            tx.decide(creditsDecider, creditsStream(user), adjust);
            return done(null);
          }),
        );
        if (grown.length % 200 === 0) await Promise.all(grown.splice(0));
      }
      await Promise.all(grown);
      const replays: number[] = [];
      for (let index = 0; index < balances; index++) {
        replays.push(await timed(() => queries.balanceAt(user, systemClock.now())));
      }
      await kernel.stop();
      const ratio = median(ratios);
      return [
        {
          name: 'press without a price',
          unit: 'µs',
          median: median(samples.free),
          p95: p95(samples.free),
        },
        {
          name: 'press with a reservation',
          unit: 'µs',
          median: median(samples.paid),
          p95: p95(samples.paid),
          ratio,
          goal: atMost(1.2, ratio, ' ×'),
        },
        {
          name: `balance at a moment, after ${transactions} transactions`,
          unit: 'ms',
          median: median(replays),
          p95: p95(replays),
          goal: atMost(20, p95(replays), ' ms p95'),
        },
      ];
    }),
};
