import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { accepted, type Decider } from '../kernel/decider.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { additions } from './additions.ts';
import { playlistLimits } from './contract.ts';
import { playlistStream, type PlaylistEvent } from './events.ts';
import { playlistsProjection } from './projection.ts';

const asGiven: Decider<null, PlaylistEvent, PlaylistEvent, never> = {
  initialState: () => null,
  decide: (event) => accepted(event),
  evolve: (state) => state,
};

const openList = async () => {
  const kernel = testKernel({ projections: [playlistsProjection] });
  const record = (event: PlaylistEvent) =>
    kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) => {
      tx.decide(asGiven, playlistStream('p'), event);
      return done(null);
    });
  await record({
    type: 'PlaylistCreated',
    data: {
      playlist_id: 'p',
      name: 'P',
      description: '',
      visibility: 'private',
      owner_id: 'mira',
      rules: null,
    },
  });
  const order = kernel.storage
    .prepare<[], string>('SELECT entry_id FROM playlist_entries ORDER BY rank')
    .pluck();
  const recordAll = (events: readonly PlaylistEvent[]) =>
    kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) => {
      for (const event of events) tx.decide(asGiven, playlistStream('p'), event);
      return done(null);
    });
  return { kernel, record, recordAll, order: () => order.all() };
};

type Step =
  | { do: 'add'; at: number }
  | { do: 'move'; which: number; at: number }
  | { do: 'remove'; which: number }
  | { do: 'reverse' };

const place = fc.nat(40);
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), at: place }),
    fc.record({ do: fc.constant('move' as const), which: place, at: place }),
    fc.record({ do: fc.constant('remove' as const), which: place }),
    fc.record({ do: fc.constant('reverse' as const) }),
  ),
  { maxLength: 60 },
);

/** The event of a step on this list, and the list as it is then; undefined where it does not apply. */
const apply = (list: string[], step: Step, id: string): [PlaylistEvent, string[]] | undefined => {
  const playlist_id = 'p';
  const pick = (which: number) => list[which % Math.max(list.length, 1)];
  switch (step.do) {
    case 'add': {
      const before = list[step.at] ?? null;
      const at = before === null ? list.length : step.at;
      const data = { playlist_id, entry_id: id, sound_id: 's', before };
      return [{ type: 'EntryAdded', data }, list.toSpliced(at, 0, id)];
    }
    case 'move': {
      const entry_id = pick(step.which);
      if (entry_id === undefined) return undefined;
      const rest = list.filter((one) => one !== entry_id);
      const before = rest[step.at] ?? null;
      const at = before === null ? rest.length : step.at;
      const data = { playlist_id, entry_id, before };
      return [{ type: 'EntryMoved', data }, rest.toSpliced(at, 0, entry_id)];
    }
    case 'remove': {
      const entry_id = pick(step.which);
      if (entry_id === undefined) return undefined;
      const data = { playlist_id, entry_id, sound_id: 's' };
      return [{ type: 'EntryRemoved', data }, list.filter((one) => one !== entry_id)];
    }
    case 'reverse': {
      const entry_ids = list.toReversed();
      return [{ type: 'EntriesOrdered', data: { playlist_id, entry_ids } }, entry_ids];
    }
  }
};

describe('the order of entries', () => {
  it('is that of a plain array, whatever is added, moved and removed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { kernel, record, order } = await openList();
        let list: string[] = [];
        for (const [at, step] of plan.entries()) {
          const applied = apply(list, step, `e${at}`);
          if (!applied) continue;
          await record(applied[0]);
          list = applied[1];
        }
        expect(order()).toEqual(list);
        expect(kernel.projector.verify()).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('holds when the same place is taken again and again', async () => {
    const { kernel, record, order } = await openList();
    const add = (entry_id: string, before: string | null) =>
      record({ type: 'EntryAdded', data: { playlist_id: 'p', entry_id, sound_id: 's', before } });
    await add('first', null);
    await add('last', null);
    for (let at = 0; at < 60; at++) await add(`e${at}`, 'last');
    const between = Array.from({ length: 60 }, (_, at) => `e${at}`);
    expect(order()).toEqual(['first', ...between, 'last']);
    expect(kernel.projector.verify()).toEqual([]);
  });

  it('takes many at its front without touching those that stand there', async () => {
    const { kernel, record, recordAll, order } = await openList();
    const ids = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${name}${at}`);
    const adding = (entries: readonly string[], before: string | null): PlaylistEvent[] => {
      let made = 0;
      return additions(entries, before, () => (before === null ? 'old' : 'new') + made++).map(
        ({ type: _, known: __, ...data }) => ({
          type: 'EntryAdded',
          data: { playlist_id: 'p', ...data },
        }),
      );
    };
    await recordAll(adding(ids('s', 2000), null));
    const rowsChanged = kernel.storage.prepare<[], number>('SELECT total_changes()').pluck();
    const front = async (at: string) => {
      const before = rowsChanged.get() ?? 0;
      const added = adding(ids('s', playlistLimits.addedAtOnceMax), at);
      await recordAll(added);
      return { rows: (rowsChanged.get() ?? 0) - before, added };
    };
    const { rows, added } = await front('old0');
    // The event, the entry and the list's time of change, each once for an entry.
    expect(rows).toBeLessThan(4 * playlistLimits.addedAtOnceMax);
    const firsts = added.map(({ data }) => ('entry_id' in data ? data.entry_id : '')).toReversed();
    expect(order()).toEqual([...firsts, ...ids('old', 2000)]);
    await record({
      type: 'EntryMoved',
      data: { playlist_id: 'p', entry_id: 'old1999', before: firsts[0] ?? null },
    });
    expect(order()[0]).toBe('old1999');
    expect(kernel.projector.verify()).toEqual([]);
  });
});
