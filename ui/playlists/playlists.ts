import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Playlist, PlaylistEntry } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';

type PageOf<T> = { items: T[]; next_cursor: string | null; total: number };

const pageLength = 200;
const reloadAfterMs = 250;
const coverSounds = 4;

/** Every page of a list, one after the other. */
export const allOf = async <T>(http: Http, path: string): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: PageOf<T> = await http.get(`${path}?limit=${pageLength}${query}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return items;
};

export const pathOf = (id: string): string => `/playlists/${encodeURIComponent(id)}`;

/** The first sounds of a list, by id. */
export type Covers = ReadonlyMap<string, readonly PlaylistEntry['sound'][]>;

export type Playlists = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** The main list first, then by name. */
  readonly lists: ReadonlySignal<readonly Playlist[]>;
  readonly covers: ReadonlySignal<Covers>;
  load(): Promise<void>;
  hear(message: FeedMessage): void;
};

/** The playlists that one person sees. */
export const createPlaylists = (http: Http): Playlists => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const lists = signal<readonly Playlist[]>([]);
  const covers = signal<Covers>(new Map());
  /** Of when the cover of a list is, so that only what changed is asked for again. */
  const drawn = new Map<string, string>();
  let turn = 0;
  let reload: ReturnType<typeof setTimeout> | undefined;

  const drawCovers = async (mine: number): Promise<void> => {
    for (const { id, length, updated_at } of lists.peek()) {
      const version = `${updated_at} ${length}`;
      if (mine !== turn) return;
      if (length === 0 || drawn.get(id) === version) continue;
      try {
        const page = await http.get<PageOf<PlaylistEntry>>(
          `${pathOf(id)}/sounds?limit=${coverSounds}`,
        );
        drawn.set(id, version);
        covers.value = new Map(covers.peek()).set(
          id,
          page.items.map((entry) => entry.sound),
        );
      } catch {
        // A list without a picture is still a list.
        return;
      }
    }
  };

  const load = async (): Promise<void> => {
    const mine = ++turn;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const loaded = await allOf<Playlist>(http, '/playlists/');
      if (mine !== turn) return;
      lists.value = loaded;
      status.value = 'ready';
    } catch (cause) {
      if (mine !== turn || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
      return;
    }
    await drawCovers(mine);
  };

  return {
    status,
    error,
    lists,
    covers,
    load,
    hear({ type }) {
      if (type !== 'playlist_changed' && type !== 'resync') return;
      clearTimeout(reload);
      reload = setTimeout(() => void load(), reloadAfterMs);
    },
  };
};
