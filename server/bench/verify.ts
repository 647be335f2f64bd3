import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier } from '../verifier.ts';
import { atMost, timed, type Bench } from './bench.ts';
import { accounts, fillHouse } from './full-house.ts';
import { onDisk } from './plays.ts';

const eventsWanted = 1_000_000;
const extraMbMax = 200;
const loopDelayMsMax = 20;
const rssMb = () => process.memoryUsage().rss / 2 ** 20;

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
      const reached = await fillHouse(path, eventsWanted);
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
