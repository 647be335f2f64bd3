import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHouseKernel } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { createVerifier } from '../verifier.ts';
import { atMost, timed, type Bench } from './bench.ts';
import { onDisk } from './plays.ts';

const plays = 333_334;
const perTransaction = 5000;
const extraMbMax = 200;
const loopDelayMsMax = 20;
const rssMb = () => process.memoryUsage().rss / 2 ** 20;

/** A house of a million events: presses from request to end, as the soundboard records them. */
const fill = async (path: string): Promise<number> => {
  const storage = openStorage(path);
  const kernel = createHouseKernel({ storage, logger: silentLogger });
  for (let number = 0; number < plays;) {
    storage.exec('BEGIN');
    for (const end = Math.min(plays, number + perTransaction); number < end; number++) {
      const [play_id, correlationId] = [uuidv7(), uuidv7()];
      const ids = { play_id, sound_id: `sound-${number % 500}` };
      const events = [
        { type: 'PlayRequested', data: { ...ids, user_id: `user-${number % 20}` } },
        { type: 'PlayStarted', data: { ...ids, latency_ms: 17.2 } },
        { type: 'PlayFinished', data: { ...ids, heard_ms: 900 } },
      ];
      const meta = { actor: 'ann', origin: 'http', correlationId, causationId: null } as const;
      for (const event of kernel.log.append(`play-${play_id}`, 0, events, meta)) {
        kernel.projector.project(event);
      }
    }
    storage.exec('COMMIT');
  }
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

/** Everything that verify proves, for a million events, from the server's thread and as a process. */
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
        { name: `verify of ${reached} events, in its thread`, unit: 's', median: ms / 1000 },
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
