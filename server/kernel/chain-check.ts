import { setImmediate as turn } from 'node:timers/promises';
import type { EventLog } from './event-log.ts';
import { chainHash, genesisHash } from './hash-chain.ts';

export type ChainVerdict =
  | { readonly verdict: 'valid'; readonly position: number; readonly head: string }
  | {
      readonly verdict: 'broken';
      /** First global position that does not hold. */
      readonly position: number;
      readonly head: string;
      readonly fault: string;
    };

const pageSize = 2000;

/**
 * Reads the whole log and recomputes the chain and the positions. Gives the event loop a turn
 * between pages, so that sound goes on meanwhile. A `published` head (from a backup's name or a
 * retained message) also shows a log that was cut or written anew.
 */
export const checkChain = async (
  log: EventLog,
  progress: (position: number) => void = () => undefined,
  published?: { readonly position: number; readonly head: string },
): Promise<ChainVerdict> => {
  let hash = genesisHash;
  let position = 0;
  const broken = (at: number, fault: string): ChainVerdict => ({
    verdict: 'broken',
    position: at,
    head: hash.toString('hex'),
    fault,
  });
  for (;;) {
    const rows = log.readRows(position, pageSize);
    for (const row of rows) {
      if (row.global_position !== position + 1) {
        return broken(position + 1, `event ${position + 1} is missing`);
      }
      const expected = chainHash(hash, row);
      if (!expected.equals(row.hash)) {
        return broken(row.global_position, `event ${row.global_position} was altered`);
      }
      hash = expected;
      position = row.global_position;
      if (position === published?.position && hash.toString('hex') !== published.head) {
        return broken(position, `event ${position} is not the one whose hash was published`);
      }
    }
    if (rows.length < pageSize) break;
    progress(position);
    await turn();
  }
  // The log's own head may lag behind the rows, in a process that only reads; never lead.
  const reached = Math.max(log.head().position, published?.position ?? 0);
  return reached > position
    ? broken(position + 1, `events after ${position} are missing`)
    : { verdict: 'valid', position, head: hash.toString('hex') };
};
