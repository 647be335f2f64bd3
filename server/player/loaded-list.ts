import type { Kernel } from '../kernel/kernel.ts';
import type { PlaylistQueries } from '../playlists/index.ts';
import type { TrackSound } from './contract.ts';
import type { ListEntry } from './next-track.ts';

export type LoadedList = {
  readonly id: string;
  readonly name: string;
  /** `duration` of all entries together, in ms. */
  size(): { readonly length: number; readonly duration: number };
  /** What plays, in order. */
  entries(): readonly ListEntry[];
  /** The same for a screen. */
  sounds(): readonly TrackSound[];
};

const lazily = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

/**
 * The list that is loaded, read anew only after something changed that it is made of: whoever looks
 * at the state of a list of thousands asks again and again.
 */
export const createLoadedList = (
  { storage, bus }: Pick<Kernel, 'storage' | 'bus'>,
  playlists: Pick<PlaylistQueries, 'find' | 'order' | 'entries' | 'sizeOf'>,
) => {
  let kept: LoadedList | undefined;
  bus.onCommitted((events) => {
    const changed = ({ streamId }: { streamId: string }) =>
      streamId.startsWith('playlist-') || streamId.startsWith('sound-');
    if (events.some(changed)) kept = undefined;
  });

  const read = (playlistId: string): { list: LoadedList; stays: boolean } | undefined => {
    const row = playlists.find(playlistId);
    if (row?.deleted_at !== null) return undefined;
    const size = lazily(() => playlists.sizeOf(row));
    const list: LoadedList = {
      id: row.id,
      name: row.name,
      size,
      entries: lazily(() => playlists.order(row)),
      sounds: lazily(() =>
        playlists
          .entries(row, 0, size().length)
          .map(({ sound: { missing: _, ...sound } }): TrackSound => sound),
      ),
    };
    // Rules look at the clock and at plays too, and are kept where they are worked out.
    return { list, stays: row.rules === null };
  };

  /** Undefined: there is no such list any more. */
  return (playlistId: string | null): LoadedList | undefined => {
    if (playlistId === null) return undefined;
    if (storage.inTransaction) return read(playlistId)?.list;
    if (kept?.id === playlistId) return kept;
    const found = read(playlistId);
    if (found?.stays) kept = found.list;
    return found?.list;
  };
};
