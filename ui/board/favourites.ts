import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Http } from '../api/http.ts';

export type Favourites = {
  /** Sound ids, as the person wants them: ahead of the server's word while it is asked. */
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  load(): Promise<void>;
  /** What was known, until the box answers. */
  restore(soundIds: readonly string[]): void;
  /** Loads again if the last load failed. */
  catchUp(): void;
  /** Rejects where the server says no; then all is as it was. */
  toggle(soundId: string): Promise<void>;
  /** A message of the feed, for what another window of the same person did. */
  hear(message: FeedMessage): void;
};

const withOne = (ids: ReadonlySet<string>, id: string, isOne: boolean): ReadonlySet<string> => {
  const next = new Set(ids);
  if (isOne) next.add(id);
  else next.delete(id);
  return next;
};

/** The favourites of who is signed in. */
export const createFavourites = (http: Http): Favourites => {
  /** What the server has said. */
  const known = signal<ReadonlySet<string>>(new Set());
  /** What is asked for and not answered: sound id → wanted. */
  const wanted = signal<ReadonlyMap<string, boolean>>(new Map());
  const ids = computed(() =>
    [...wanted.value].reduce((all, [id, isOne]) => withOne(all, id, isOne), known.value),
  );
  let stale = false;

  const load = async (): Promise<void> => {
    try {
      known.value = new Set((await http.get<{ items: string[] }>('/sounds/favourites')).items);
      stale = false;
    } catch {
      // Empty hearts are no reason to keep anybody from the pads.
      stale = true;
    }
  };

  const want = (id: string, isOne: boolean | null): void => {
    const next = new Map(wanted.peek());
    if (isOne === null) next.delete(id);
    else next.set(id, isOne);
    wanted.value = next;
  };

  return {
    ids,
    load,
    restore(soundIds) {
      known.value = new Set(soundIds);
      stale = true;
    },
    catchUp() {
      if (stale) void load();
    },
    async toggle(id) {
      const busy = wanted.peek().has(id);
      want(id, !ids.peek().has(id));
      // One request at a time a sound, so that the last wish is the last one heard.
      if (busy) return;
      try {
        for (let isOne = wanted.peek().get(id); isOne !== undefined;) {
          const path = `/sounds/${id}/favourite`;
          await (isOne ? http.post(path) : http.delete(path));
          known.value = withOne(known.peek(), id, isOne);
          const latest = wanted.peek().get(id);
          if (latest === isOne) break;
          isOne = latest;
        }
      } finally {
        want(id, null);
      }
    },
    hear({ type, data }) {
      if (type === 'resync') void load();
      if (type !== 'sound_changed') return;
      const { sound_id: id, favourite } = data as { sound_id: string; favourite?: boolean };
      // Who asks now hears the answer itself, and not the echo of an older wish.
      if (favourite === undefined || wanted.peek().has(id)) return;
      known.value = withOne(known.peek(), id, favourite);
    },
  };
};
