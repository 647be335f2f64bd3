import { expect } from 'vitest';
import type { Event } from '../event.ts';
import { done } from '../command-bus.ts';
import { accepted, type Decider } from '../decider.ts';
import type { AnyProjection } from '../projections.ts';
import { testKernel } from './test-kernel.ts';

export type GivenEvent<E extends Event> = { stream: string; event: E; actor?: string };

const asGiven: Decider<null, readonly Event[], Event, never> = {
  decide: (events) => accepted(...events),
  evolve: (state) => state,
  initialState: () => null,
};

/**
 * Given these events (a minute apart, from 2026-01-01T12:00Z on), then these rows. Every use also
 * proves that a rebuild from the log gives the same tables, byte for byte.
 */
export const projectionSpec = <E extends Event>(projection: AnyProjection) => ({
  async given(...history: GivenEvent<E>[]) {
    const kernel = testKernel({ projections: [projection] });
    for (const { stream, event, actor = 'system' } of history) {
      await kernel.bus.execute({ actor, origin: 'system' }, (tx) => {
        tx.decide(asGiven, stream, [event]);
        return done(null);
      });
      kernel.clock.advance(60_000);
    }
    expect(kernel.projector.verify()).toEqual([]);
    return {
      thenRows: (sql: string, rows: readonly Record<string, unknown>[]) =>
        expect(kernel.storage.prepare(sql).all()).toEqual(rows),
    };
  },
});
