import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHouseKernel } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage, type Storage } from '../kernel/storage.ts';
import { creditsStream } from '../credits/events.ts';
import { userStream } from '../users/events.ts';
import { createVerifier } from '../verifier.ts';
import { atMost, timed, type Bench } from './bench.ts';
import { onDisk } from './plays.ts';

const accounts = 10_000;
const eventsWanted = 1_000_000;
const opening = 3;
const perPress = 5;
const presses = Math.ceil((eventsWanted - accounts * opening) / perPress);
/** Enough for every press of the account. */
const granted = 1000;
const perTransaction = 2000;
const extraMbMax = 200;
const loopDelayMsMax = 20;
const rssMb = () => process.memoryUsage().rss / 2 ** 20;

type Facts = readonly { readonly type: string; readonly data: Record<string, unknown> }[];

const inTransactions = (storage: Storage, count: number, one: (number: number) => void) => {
  for (let number = 0; number < count;) {
    storage.exec('BEGIN');
    for (const end = Math.min(count, number + perTransaction); number < end; number++) one(number);
    storage.exec('COMMIT');
  }
};

/** A house of a million events and 10,000 ledgers: presses from request to end, paid, as the rooms record them. */
const fill = async (path: string): Promise<number> => {
  const storage = openStorage(path);
  const kernel = createHouseKernel({ storage, logger: silentLogger });
  const userOf = (number: number) => `user-${number % accounts}`;

  const appendTo = (correlationId: string) => (stream: string, expected: number, facts: Facts) => {
    const meta = { actor: 'ann', origin: 'http', correlationId, causationId: null } as const;
    for (const event of kernel.log.append(stream, expected, facts, meta)) {
      kernel.projector.project(event);
    }
  };

  inTransactions(storage, accounts, (number) => {
    const append = appendTo(uuidv7());
    const user_id = userOf(number);
    const movement = { amount: granted, balance_before: 0, balance_after: granted };
    append(userStream(user_id), 0, [
      { type: 'UserRegistered', data: { user_id, role: 'user', plan: 'free' } },
    ]);
    append(creditsStream(user_id), 0, [
      { type: 'CreditAccountOpened', data: { user_id, plan: 'free', period: '2026-01-01' } },
      { type: 'CreditsGranted', data: { user_id, ...movement, reason: 'bench' } },
    ]);
  });

  inTransactions(storage, presses, (number) => {
    const append = appendTo(uuidv7());
    const [play_id, user_id] = [uuidv7(), userOf(number)];
    // The account's presses take turns with everybody else's.
    const earlier = Math.floor(number / accounts);
    const subject = { play_id, sound_id: `sound-${number % 500}` };
    const paid = { user_id, reservation_id: play_id, action: 'play', amount: 1, subject };
    const before = granted - earlier;
    const movement = { balance_before: before, balance_after: before - 1 };
    const [play, ledger] = [`play-${play_id}`, creditsStream(user_id)];
    const ledgerPosition = 2 + 2 * earlier;
    append(play, 0, [{ type: 'PlayRequested', data: { ...subject, user_id } }]);
    append(ledger, ledgerPosition, [{ type: 'CreditsReserved', data: paid }]);
    append(play, 1, [{ type: 'PlayStarted', data: { ...subject, latency_ms: 17.2 } }]);
    append(ledger, ledgerPosition + 1, [
      { type: 'CreditsDeducted', data: { ...paid, ...movement } },
    ]);
    append(play, 2, [{ type: 'PlayFinished', data: { ...subject, heard_ms: 900 } }]);
  });
  storage.pragma('wal_checkpoint(TRUNCATE)');
  const { position } = kernel.log.head();
  await kernel.stop();
  return position;
};

/** `encore audit verify` as a process: seconds, and the most memory it had. */
const byCommandLine = async (dataDir: string) => {
  const args = [join(import.meta.dirname, '..', 'cli.ts'), 'audit', 'verify', '--json'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMb = Math.max(peakMb, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended.
    }
  }, 50);
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  const ms = await timed(() => once(child, 'close'));
  clearInterval(watch);
  if (!said.includes('"valid"')) throw new Error(`the log should be valid: ${said}`);
  return { ms, peakMb };
};

/** Everything that verify proves, for a million events of 10,000 accounts, from the server's thread and as a process. */
export const verify: Bench = {
  name: 'verify',
  run: () =>
    onDisk(async (folder) => {
      const path = join(folder, 'encore.db');
      const reached = await fill(path);
      const before = rssMb();
      let peak = before;
      const sampled = setInterval(() => (peak = Math.max(peak, rssMb())), 50);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      await sleep(200);
      delay.enable();
      const { signal } = new AbortController();
      const ms = await timed(async () => {
        const verdict = await createVerifier(path)({ reached, signal, progress: () => undefined });
        if (verdict.verdict !== 'valid') throw new Error(verdict.fault);
      });
      delay.disable();
      clearInterval(sampled);
      const p99Ms = delay.percentile(99) / 1e6 - 5;
      const cli = await byCommandLine(folder);
      return [
        {
          name: `verify of ${reached} events of ${accounts} accounts, in its thread`,
          unit: 's',
          median: ms / 1000,
        },
        {
          name: 'memory more than before (RSS)',
          unit: 'MB',
          median: peak - before,
          goal: atMost(extraMbMax, peak - before, ' MB'),
        },
        {
          name: 'event-loop delay of the server meanwhile, p99',
          unit: 'ms',
          median: p99Ms,
          goal: atMost(loopDelayMsMax, p99Ms, ' ms'),
        },
        { name: 'encore audit verify, as a process', unit: 's', median: cli.ms / 1000 },
        { name: 'its memory at most (RSS)', unit: 'MB', median: cli.peakMb },
      ];
    }),
};
