import { setImmediate as turn } from 'node:timers/promises';
import type { EventLog } from './event-log.ts';
import { chainHash, genesisHash, type EventRow } from './hash-chain.ts';

export type ChainVerdict =
  | { readonly verdict: 'valid'; readonly position: number; readonly head: string }
  | ({ readonly verdict: 'broken'; readonly head: string } & Fault);

/** What does not hold. */
export type Fault = {
  /** The first global position that does not hold. */
  readonly position: number;
  /** A sentence for a person. */
  readonly fault: string;
};

/** A head that somebody wrote down: `head` is its hash in lower-case hex. */
export type PublishedHead = { readonly position: number; readonly head: string };

/**
 * Takes the rows of the log one after the other and says which one does not hold. `published` heads
 * also show a log that was cut or written anew.
 */
export const foldChain = (published: readonly PublishedHead[] = []) => {
  const heads = Map.groupBy(published, (one) => one.position);
  let hash = genesisHash;
  let position = 0;
  return {
    see(row: EventRow): Fault | undefined {
      const next = position + 1;
      if (row.global_position !== next) {
        return { position: next, fault: `event ${next} is missing` };
      }
      const expected = chainHash(hash, row);
      if (!expected.equals(row.hash)) return { position: next, fault: `event ${next} was altered` };
      hash = expected;
      position = next;
      if (heads.get(next)?.some(({ head }) => head !== hash.toString('hex'))) {
        const fault = `event ${next} is not the one whose hash was published`;
        return { position: next, fault };
      }
      return undefined;
    },
    /** At the log's end; `reached` is how far it must have gone. */
    end(reached: number): Fault | undefined {
      const known = Math.max(reached, ...heads.keys());
      return known > position
        ? { position: position + 1, fault: `events after ${position} are missing` }
        : undefined;
    },
    position: () => position,
    verdict: (fault: Fault | undefined): ChainVerdict => {
      const head = hash.toString('hex');
      return fault ? { verdict: 'broken', head, ...fault } : { verdict: 'valid', head, position };
    },
  };
};

const pageSize = 2000;

/**
 * Reads the whole log and recomputes the chain and the positions. Gives the event loop a turn
 * between pages, so that sound goes on meanwhile.
 */
export const checkChain = async (
  log: EventLog,
  progress: (position: number) => void = () => undefined,
  published?: PublishedHead,
): Promise<ChainVerdict> => {
  const chain = foldChain(published && [published]);
  for (;;) {
    const rows = log.readRows(chain.position(), pageSize);
    for (const row of rows) {
      const fault = chain.see(row);
      if (fault) return chain.verdict(fault);
    }
    if (rows.length < pageSize) break;
    progress(chain.position());
    await turn();
  }
  // The log's own head may lag behind the rows, in a process that only reads; never lead.
  return chain.verdict(chain.end(log.head().position));
};
