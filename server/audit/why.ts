import type { EventRow } from '../kernel/hash-chain.ts';
import type { Storage } from '../kernel/storage.ts';
import type { CauseChain } from './contract.ts';
import { toRecordedEvent } from './queries.ts';

export const whyLimits = { causesMax: 1000, eventsMax: 1000 } as const;

/**
 * Why an event happened and what came of it: its causes up to the first, and the first
 * `eventsMax` events of the same correlation. Undefined: there is no such event.
 */
export const createWhy = (storage: Storage) => {
  const byId = storage.prepare<[string], EventRow>('SELECT * FROM events WHERE event_id = ?');
  const together = storage.prepare<[string], EventRow>(
    `SELECT * FROM events WHERE correlation_id = ? ORDER BY global_position LIMIT ${whyLimits.eventsMax}`,
  );

  return (eventId: string): CauseChain | undefined => {
    const asked = byId.get(eventId);
    if (!asked) return undefined;
    const rows = new Map<number, EventRow>();
    let cause: EventRow | undefined = asked;
    while (cause && !rows.has(cause.global_position) && rows.size < whyLimits.causesMax) {
      rows.set(cause.global_position, cause);
      cause = cause.causation_id === null ? undefined : byId.get(cause.causation_id);
    }
    for (const row of together.all(asked.correlation_id)) rows.set(row.global_position, row);
    const inOrder = [...rows.values()].sort((a, b) => a.global_position - b.global_position);
    const first = inOrder[0]?.recorded_at ?? asked.recorded_at;
    const chain = inOrder.map((row) => ({
      ...toRecordedEvent(row),
      after_ms: row.recorded_at - first,
    }));
    return { chain };
  };
};
export type Why = ReturnType<typeof createWhy>;
