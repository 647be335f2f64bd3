import type { Household } from '../household/index.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createPlaylistQueries, createRuleVersions, mayOnPlaylist } from '../playlists/index.ts';
import { createFindPlaylist } from './find-playlist.ts';
import { createJukebox } from './jukebox.ts';
import { createLivePlace } from './live-place.ts';
import { createLoadedList } from './loaded-list.ts';
import { createLoudness } from './loudness.ts';
import type { PlayerLink } from './player-link.ts';
import { readPlayer } from './projection.ts';

/** The jukebox of a room, made once, for the player's own doors and for whoever plays for the house. */
export const openJukebox = (
  kernel: Kernel,
  { link, room, household }: { link: PlayerLink; room: string; household: Household },
) => {
  const { storage, clock } = kernel;
  const read = readPlayer(storage);
  const state = () => read(room);
  const versions = createRuleVersions();
  kernel.bus.onCommitted(versions.committed);
  const playlists = createPlaylistQueries(storage, clock.now, versions.now);
  const loadedList = createLoadedList(kernel, playlists);
  const entries = (playlistId: string | null) => loadedList(playlistId)?.entries() ?? [];
  const durationOf = storage
    .prepare<[string], number>('SELECT duration_ms FROM sounds WHERE id = ?')
    .pluck();
  const live = createLivePlace(clock);
  const loudness = createLoudness(clock, household);
  const seesPlaylist = (identity: Identity | null, id: string) => {
    const list = playlists.find(id);
    // The house plays what an admin has told it to.
    return list?.deleted_at === null && (!identity || mayOnPlaylist(identity, list, 'read'));
  };
  const followsRules = (id: string) => (playlists.find(id)?.rules ?? null) !== null;
  const jukebox = createJukebox(kernel, {
    room,
    live,
    state,
    entries,
    loudness,
    seesPlaylist,
    findPlaylist: createFindPlaylist(playlists, seesPlaylist),
    followsRules,
    soundExists: playlists.soundExists,
    durationOf: (soundId) => durationOf.get(soundId) ?? 0,
    connected: () => link.connected,
    quiet: (asked) => household.refusal('jukebox', asked),
  });
  return { jukebox, live, loudness, state, playlists, loadedList, entries, followsRules };
};
export type OpenJukebox = ReturnType<typeof openJukebox>;
