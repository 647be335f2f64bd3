import { statSync } from 'node:fs';
import { join } from 'node:path';
import { checkChain } from '../kernel/chain-check.ts';
import { openStorage } from '../kernel/storage.ts';
import { atMost, timed, type Bench } from './bench.ts';
import { fillPlays, onDisk, openPlays } from './plays.ts';

const events = 1_000_000;
const pageSize = 5000;
const extraMbMax = 100;

const rssMb = () => process.memoryUsage().rss / 2 ** 20;

/** A log of a million plays, then all read models and the whole chain from it. */
export const rebuild: Bench = {
  name: 'rebuild',
  run: () =>
    onDisk(async (folder) => {
      const path = join(folder, 'encore.db');
      const storage = openStorage(path);
      const filling = openPlays(storage, []);
      fillPlays(filling, events);
      const bytes = statSync(path).size / events;

      const scanMs = await timed(() => {
        for (let after = 0; after < events; after += pageSize) filling.log.readAll(after, pageSize);
      });
      const before = rssMb();
      const rebuildMs = await timed(() => openPlays(storage));
      const after = rssMb();
      let peak = after;
      const chainMs = await timed(() =>
        checkChain(filling.log, () => {
          peak = Math.max(peak, rssMb());
        }),
      );
      await filling.stop();
      return [
        { name: 'reading 1 million events', unit: 's', median: scanMs / 1000 },
        {
          name: 'the same into read models',
          unit: 's',
          median: rebuildMs / 1000,
          ratio: rebuildMs / scanMs,
          goal: atMost(10, rebuildMs / 1000, ' s'),
        },
        {
          name: 'memory more than before (RSS)',
          unit: 'MB',
          median: after - before,
          goal: atMost(extraMbMax, after - before, ' MB'),
        },
        {
          name: 'chain check of 1 million events',
          unit: 's',
          median: chainMs / 1000,
          ratio: chainMs / scanMs,
        },
        { name: 'memory at most (RSS)', unit: 'MB', median: peak },
        { name: 'event on disk, indexes included', unit: 'bytes', median: bytes },
      ];
    }),
};
