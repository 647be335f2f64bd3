import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryOf } from './search-entry.ts';
import { createSearchIndex } from './search-index.ts';
import { createSoundOrders, soundSorts } from './sound-orders.ts';

const sound = fc
  .record({
    id: fc.nat({ max: 20 }).map(String),
    name: fc.constantFrom('Horn', 'horn', 'Bell', 'Été'),
    play_count: fc.nat({ max: 3 }),
    duration_ms: fc.nat({ max: 3 }),
    created_at: fc.nat({ max: 3 }),
  })
  .map((facts) => entryOf({ ...facts, type: 'SDB', tags: [], is_normalized: false }));
const change = fc.oneof(
  sound,
  fc.nat({ max: 25 }).map((id) => ({ gone: String(id) })),
);

it.each(soundSorts)('an order kept through changes is the one made anew: %s', (sort) => {
  fc.assert(
    fc.property(fc.array(sound), fc.array(change), (first, changes) => {
      const index = createSearchIndex();
      for (const entry of first) index.set(entry);
      const orders = createSoundOrders(index);
      orders.of(sort);
      for (const one of changes) {
        if ('gone' in one) orders.remove(one.gone);
        else orders.set(one);
      }
      expect(orders.of(sort)).toEqual(createSoundOrders(index).of(sort));
    }),
  );
});
