import { unreachable } from '../kernel/decider.ts';
import type { PlayerMode, PlayerStatus } from './contract.ts';
import type { PauseReason, Place, PlayerEvent, QueueItem } from './events.ts';

export type PlayerState = {
  connected: boolean;
  playlist_id: string | null;
  status: PlayerStatus;
  place: Place | null;
  /** The list has been played to its end: it begins anew. */
  through: boolean;
  /** Plays instead of `place`. */
  queued: QueueItem | null;
  /** The start under way; null while stopped. */
  track: { track_id: string; sound_id: string; started: boolean; counted: boolean } | null;
  /** Where the track stood at the last event that says so. */
  position_ms: number;
  /** Why it paused the last time. */
  paused_for: PauseReason;
  mode: PlayerMode;
  seed: number;
  /** Tracks chosen since the mode was set: the next random number. */
  picks: number;
  /** Entries that have had their turn in this round of random mode, the last one last. */
  played: readonly string[];
  volume: number;
  queue: readonly QueueItem[];
  sleep: { ends_at: string | null; fade_ms: number } | null;
  /** Tracks that failed since one last sounded. */
  failures: number;
};

export const volumeDefault = 70;

export const initialPlayerState: PlayerState = {
  connected: false,
  playlist_id: null,
  status: 'stopped',
  place: null,
  through: false,
  queued: null,
  track: null,
  position_ms: 0,
  paused_for: 'asked',
  mode: 'continuous',
  seed: 0,
  picks: 0,
  played: [],
  volume: volumeDefault,
  queue: [],
  sleep: null,
  failures: 0,
};

const stopped = {
  status: 'stopped',
  track: null,
  queued: null,
  position_ms: 0,
  failures: 0,
} as const;

const chosen = (
  state: PlayerState,
  data: Extract<PlayerEvent, { type: 'TrackChosen' }>['data'],
): PlayerState => {
  const { track_id, sound_id, place, queue_id, position_ms, new_round } = data;
  const fromList = queue_id === null && place !== null;
  return {
    ...state,
    status: 'playing',
    place,
    through: false,
    queued: queue_id === null ? null : { queue_id, sound_id },
    queue: state.queue.filter((item) => item.queue_id !== queue_id),
    track: { track_id, sound_id, started: false, counted: false },
    position_ms,
    picks: state.picks + 1,
    played: fromList
      ? [...(new_round ? [] : state.played.filter((id) => id !== place.entry_id)), place.entry_id]
      : state.played,
  };
};

const withTrack = (
  state: PlayerState,
  trackId: string,
  change: Partial<NonNullable<PlayerState['track']>>,
): PlayerState =>
  state.track?.track_id === trackId ? { ...state, track: { ...state.track, ...change } } : state;

export const evolvePlayer = (state: PlayerState, event: PlayerEvent): PlayerState => {
  switch (event.type) {
    case 'PlayerConnected':
      return { ...state, connected: true };
    case 'PlayerLost':
      return { ...state, connected: false };
    case 'PlaylistLoaded': {
      const { playlist_id, place } = event.data;
      return { ...state, ...stopped, playlist_id, place, through: false, played: [] };
    }
    case 'PlaylistReloaded':
      return { ...state, ...(event.data.stopped ? stopped : {}), place: event.data.place };
    case 'TrackChosen':
      return chosen(state, event.data);
    case 'TrackStarted':
      return withTrack({ ...state, failures: 0 }, event.data.track_id, { started: true });
    case 'TrackCounted':
      return withTrack(state, event.data.track_id, { counted: true });
    case 'TrackFinished':
      return { ...state, position_ms: 0 };
    case 'TrackFailed':
      return { ...state, failures: state.failures + 1 };
    case 'PlaybackPaused':
      return {
        ...state,
        status: 'paused',
        paused_for: event.data.reason,
        position_ms: event.data.position_ms,
      };
    case 'PlaybackResumed':
      return { ...state, status: 'playing' };
    case 'PlaybackStopped': {
      // In mode `single` a track is through, not the list.
      const through = event.data.reason === 'end' && state.mode !== 'single';
      return { ...state, ...stopped, through };
    }
    case 'Seeked':
      return { ...state, position_ms: event.data.position_ms };
    case 'VolumeSet':
      return { ...state, volume: event.data.volume };
    case 'ModeSet': {
      const { mode, seed } = event.data;
      const current = mode === 'random' && state.place ? [state.place.entry_id] : [];
      return { ...state, mode, seed, picks: 0, played: current };
    }
    case 'TrackQueued': {
      const { queue_id, sound_id, before } = event.data;
      const at = state.queue.findIndex((item) => item.queue_id === before);
      const item = { queue_id, sound_id };
      return { ...state, queue: state.queue.toSpliced(at < 0 ? state.queue.length : at, 0, item) };
    }
    case 'TrackUnqueued': {
      const { queue_id } = event.data;
      return { ...state, queue: state.queue.filter((item) => item.queue_id !== queue_id) };
    }
    case 'QueueOrdered': {
      const items = new Map(state.queue.map((item) => [item.queue_id, item]));
      const queue = event.data.queue_ids.flatMap((id) => items.get(id) ?? []);
      return { ...state, queue };
    }
    case 'SleepTimerSet': {
      const { ends_at, fade_ms } = event.data;
      return { ...state, sleep: { ends_at, fade_ms } };
    }
    case 'SleepTimerCleared':
      return { ...state, sleep: null };
    default:
      return unreachable(event);
  }
};
