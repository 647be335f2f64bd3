import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RealHouse } from '../../testing/real-house.ts';
import { loopDelayMs } from '../house-calls.ts';
import { cpuSeconds, memoryMiB } from '../resources.ts';

export type ProcessSample = {
  readonly pid: number;
  readonly rssMiB: number;
  /** Used of all cores since it began. */
  readonly cpuSeconds: number;
  readonly descriptors: number;
  readonly threads: number;
};

/** How the house is at one moment of the run. */
export type Sample = {
  readonly atMs: number;
  readonly server: ProcessSample;
  readonly player: ProcessSample;
  /** Of the server, p99 since the sample before; null where it did not answer. */
  readonly loopDelayMs: number | null;
  readonly walMiB: number;
};

const mebibyte = 1024 * 1024;

const processSample = (pid: number): ProcessSample => ({
  pid,
  rssMiB: memoryMiB(pid),
  cpuSeconds: cpuSeconds(pid),
  descriptors: readdirSync(`/proc/${pid}/fd`).length,
  threads: readdirSync(`/proc/${pid}/task`).length,
});

/** @throws Error where server or player is gone, which the launcher then starts again */
export const takeSample = async (house: RealHouse, atMs: number): Promise<Sample> => {
  const wal = join(house.dir, 'data', 'encore.db-wal');
  return {
    atMs,
    server: processSample(house.pidOf('server')),
    player: processSample(house.pidOf('player')),
    loopDelayMs: await loopDelayMs(house),
    walMiB: (statSync(wal, { throwIfNoEntry: false })?.size ?? 0) / mebibyte,
  };
};
