import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Playlist, PlaylistChanged, PlaylistEntry } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { moveIn } from '../player/move-in.ts';
import { allOf, pathOf } from './playlists.ts';

/** An entry as rows and grids want it. */
export type Entry = { id: string; sound: PlaylistEntry['sound'] };

export type Entries = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'gone' | 'error'>;
  readonly error: ReadonlySignal<string>;
  readonly list: ReadonlySignal<Playlist | null>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  load(): Promise<void>;
  hear(message: FeedMessage): void;
  /** Puts an entry at another place, at once here and then there; rejects when refused. */
  move(id: string, to: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** `position` is 0-based; the end when left out. */
  add(soundId: string, position?: number): Promise<void>;
};

const reloadAfterMs = 400;

/** One playlist with all its entries. */
export const createEntries = (http: Http, id: string): Entries => {
  const status = signal<'loading' | 'ready' | 'gone' | 'error'>('loading');
  const error = signal('');
  const list = signal<Playlist | null>(null);
  const entries = signal<readonly Entry[]>([]);
  const path = pathOf(id);
  let turn = 0;
  let reload: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    const mine = ++turn;
    try {
      const [one, items] = await Promise.all([
        http.get<Playlist>(path),
        allOf<PlaylistEntry>(http, `${path}/sounds`),
      ]);
      // Something changed meanwhile, here or there: that comes with the next answer.
      if (mine !== turn) return;
      list.value = one;
      entries.value = items.map(({ entry_id, sound }) => ({ id: entry_id, sound }));
      status.value = 'ready';
    } catch (cause) {
      if (mine !== turn) return;
      if (cause instanceof ApiProblem && cause.status === 404) status.value = 'gone';
      else if (status.peek() !== 'ready') {
        error.value = sentenceOf(cause);
        status.value = 'error';
      }
    }
  };

  const reloadSoon = (): void => {
    turn++;
    clearTimeout(reload);
    reload = setTimeout(() => void load(), reloadAfterMs);
  };

  /** What is shown before the server has agreed is undone when it does not. */
  const hopefully = async (next: readonly Entry[], ask: Promise<unknown>): Promise<void> => {
    turn++;
    entries.value = next;
    try {
      await ask;
    } catch (cause) {
      await load();
      throw cause;
    }
  };

  return {
    status,
    error,
    list,
    entries,
    load,
    hear({ type, data }) {
      const changed = type === 'playlist_changed' && (data as PlaylistChanged).playlist_id === id;
      if (changed || type === 'resync') reloadSoon();
    },
    async move(entryId, to) {
      const next = moveIn(entries.peek(), entryId, to);
      const at = next.findIndex((entry) => entry.id === entryId);
      const before = next[at + 1]?.id ?? null;
      const ask = http.post(`${path}/sounds/${encodeURIComponent(entryId)}/move`, { before });
      await hopefully(next, ask);
    },
    async remove(entryId) {
      const next = entries.peek().filter((entry) => entry.id !== entryId);
      await hopefully(next, http.delete(`${path}/sounds/${encodeURIComponent(entryId)}`));
    },
    async add(soundId, position) {
      const where = position === undefined ? {} : { position };
      await http.post(`${path}/sounds`, { sound_id: soundId, ...where });
      reloadSoon();
    },
  };
};
