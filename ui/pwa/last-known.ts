import { effect } from '@preact/signals-core';
import type { CatalogueItem } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import { lastKnownShelf } from '../api/last-known-shelf.ts';
import { wasSignedIn } from '../api/early.ts';
import type { SessionStore } from '../api/session.ts';
import type { Library, LastKnown } from '../board/library.ts';
import type { BoardSound } from '../board/sounds.ts';
import type { Feed } from '../feed/feed.ts';

type Kept = LastKnown & { user: User };

const key = '/last-known';
/** A scan changes the board many times a second; what is kept may be some seconds old. */
const keepAfterMs = 3_000;

const itemOf = ({
  hue: _hue,
  folded: _folded,
  foldedTags: _foldedTags,
  ...item
}: BoardSound): CatalogueItem => item;

const keep = async (kept: Kept): Promise<void> => {
  const cache = await caches.open(lastKnownShelf);
  // Somebody has signed out meanwhile, here or in another window.
  if (wasSignedIn()) await cache.put(key, Response.json(kept));
  else await caches.delete(lastKnownShelf);
};

/** Keeps the board, as long as somebody is signed in and the box is there to say what it is. */
export const keepLastKnown = (session: SessionStore, library: Library, feed: Feed): void => {
  if (!('caches' in globalThis)) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepNow = (): void => {
    const state = session.state.peek();
    if (state.status !== 'signed-in' || feed.link.peek() !== 'live') return;
    const board = {
      user: state.user,
      items: library.sounds.peek().map(itemOf),
      waveforms: library.waveforms.peek(),
      favourites: [...library.favourites.ids.peek()],
    };
    // A full disk is no reason to say anything: the board is there.
    void keep(board).catch(() => undefined);
  };
  effect(() => {
    for (const one of [library.sounds, library.waveforms, library.favourites.ids]) void one.value;
    if (library.status.value !== 'ready' || feed.link.value !== 'live') return;
    clearTimeout(timer);
    timer = setTimeout(keepNow, keepAfterMs);
  });
};

/** Fills the board with what is kept of it, and answers whose it was; null where nothing is. */
export const recallLastKnown = async (library: Library): Promise<User | null> => {
  if (!('caches' in globalThis)) return null;
  const answer = await (await caches.open(lastKnownShelf)).match(key);
  if (!answer) return null;
  const { user, ...board } = (await answer.json()) as Kept;
  library.restore(board);
  return user;
};
