import type { Clock } from '../kernel/ports.ts';
import type { Storage } from '../kernel/storage.ts';
import type { PlayerState as WireState, PlayerSummary, TrackSound } from './contract.ts';
import type { Jukebox } from './jukebox.ts';
import type { LoadedList } from './loaded-list.ts';
import type { PlayerState } from './player-state.ts';

type SoundRow = Omit<TrackSound, 'tags' | 'duration'> & { duration_ms: number; tags: string };

/** How the jukebox shows itself: to screens, buttons and brokers. */
export const createSummaries = (
  storage: Storage,
  ports: {
    clock: Clock;
    state: () => PlayerState;
    loadedList: (playlistId: string | null) => LoadedList | undefined;
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

  const summary = (): PlayerSummary => {
    const state = ports.state();
    const { status, mode, volume, place, queued, sleep } = state;
    const list = ports.loadedList(state.playlist_id);
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
      playlist: list ? { id: list.id, name: list.name, ...list.size() } : null,
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
      const sounds = ports.loadedList(playlist?.id ?? null)?.sounds();
      return { ...rest, playlist: playlist && sounds ? { ...playlist, sounds } : null };
    },
  };
};
export type Summaries = ReturnType<typeof createSummaries>;
