import type { Kernel } from '../kernel/kernel.ts';
import type { EventDensity } from './contract.ts';

/**
 * Where in the log a moment is. Found by halving, for which times have to rise with the positions:
 * where somebody set the clock back, it is one of the places that the moment has.
 */
export const createLogTimes = ({ storage, log, clock }: Kernel) => {
  const timeAt = storage
    .prepare<[number], number>('SELECT recorded_at FROM events WHERE global_position = ?')
    .pluck();

  /** The last position recorded by a moment, in ms since the epoch; 0 before the first. */
  const positionAt = (moment: number, from = 0): number => {
    let [low, high] = [from, log.head().position];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((timeAt.get(middle) ?? Infinity) <= moment) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    positionAt,
    head: () => log.head().position,
    /** RFC 3339; null for position 0. */
    recordedAt(position: number): string | null {
      const ms = timeAt.get(position);
      return ms === undefined ? null : new Date(ms).toISOString();
    },
    /** Over all of the log's time. Looks at few rows, however long the log is. */
    density(buckets: number): EventDensity {
      const total = log.head().position;
      const now = clock.now();
      const first = timeAt.get(1) ?? now;
      const to = Math.max(now, timeAt.get(total) ?? now);
      const counts: number[] = [];
      let counted = 0;
      for (let bucket = 1; bucket <= buckets; bucket++) {
        const end = first + ((to - first) * bucket) / buckets;
        const upTo = bucket === buckets ? total : positionAt(end, counted);
        counts.push(upTo - counted);
        counted = upTo;
      }
      return {
        from: new Date(Math.min(first, to)).toISOString(),
        to: new Date(to).toISOString(),
        total,
        counts,
      };
    },
  };
};
export type LogTimes = ReturnType<typeof createLogTimes>;
