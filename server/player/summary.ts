import type { Clock } from '../kernel/ports.ts';
import type { Storage } from '../kernel/storage.ts';
import type { PlaylistQueries } from '../playlists/index.ts';
import type { PlayerState as WireState, PlayerSummary, TrackSound } from './contract.ts';
import type { Jukebox } from './jukebox.ts';
import type { PlayerState } from './player-state.ts';

type SoundRow = Omit<TrackSound, 'tags' | 'duration'> & { duration_ms: number; tags: string };

/** How the jukebox shows itself: to screens, buttons and brokers. */
export const createSummaries = (
  storage: Storage,
  ports: {
    clock: Clock;
    state: () => PlayerState;
    playlists: PlaylistQueries;
    jukebox: Pick<Jukebox, 'placeOf' | 'durationOf'>;
  },
) => {
  const one = storage.prepare<[string], SoundRow>(
    'SELECT id, name, type, duration_ms, tags FROM sounds WHERE id = ?',
  );
  const soundOf = (id: string): TrackSound | null => {
    const row = one.get(id);
    if (!row) return null;
    const { duration_ms, tags, ...rest } = row;
    return { ...rest, duration: duration_ms, tags: JSON.parse(tags) as string[] };
  };

  const listOf = (playlistId: string | null) => {
    const list = playlistId === null ? undefined : ports.playlists.find(playlistId);
    return list?.deleted_at === null ? list : undefined;
  };

  const summary = (): PlayerSummary => {
    const state = ports.state();
    const { status, mode, volume, place, queued, sleep } = state;
    const list = listOf(state.playlist_id);
    const soundId = queued?.sound_id ?? place?.sound_id;
    const sound = soundId === undefined ? null : soundOf(soundId);
    return {
      status,
      mode,
      volume,
      position: ports.jukebox.placeOf(state),
      duration: Math.round(ports.jukebox.durationOf(state)) || (sound?.duration ?? 0),
      index: place?.index ?? null,
      entry_id: place?.entry_id ?? null,
      sound,
      from_queue: queued !== null,
      playlist: list ? { id: list.id, name: list.name, ...ports.playlists.sizeOf(list) } : null,
      queue: state.queue.flatMap(({ queue_id, sound_id }) => {
        const item = soundOf(sound_id);
        return item ? [{ queue_id, sound: item }] : [];
      }),
      sleep_timer: sleep,
      at: new Date(ports.clock.now()).toISOString(),
    };
  };

  return {
    summary,
    /** With the entries of the loaded list. */
    full(): WireState {
      const { playlist, ...rest } = summary();
      const list = listOf(playlist?.id ?? null);
      if (!playlist || !list) return { ...rest, playlist: null };
      const entries = ports.playlists.entries(list, 0, playlist.length);
      const sounds = entries.map(({ sound: { missing: _missing, ...sound } }) => sound);
      return { ...rest, playlist: { ...playlist, sounds } };
    },
  };
};
export type Summaries = ReturnType<typeof createSummaries>;
