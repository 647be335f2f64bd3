import { accepted, refused, unreachable, type Decider, type Decision } from '../kernel/decider.ts';
import type { PlayerMode } from './contract.ts';
import {
  queueItemsMax,
  type PauseReason,
  type Place,
  type PlayerEvent,
  type TrackChoice,
} from './events.ts';
import {
  entryAt,
  followingTrack,
  nextTrack,
  previousTrack,
  type Candidate,
  type ListEntry,
} from './next-track.ts';
import { evolvePlayer, initialPlayerState, type PlayerState } from './player-state.ts';

/** Further in than this, "previous" means the beginning of the same track. */
const restartAfterMs = 3000;

/** The share of a track that has to be heard for its start to count as a play. */
const countedShare = 0.2;

type Connected = Omit<Extract<PlayerEvent, { type: 'PlayerConnected' }>['data'], 'room'>;
type Entries = { entries: readonly ListEntry[] };
/** The id for the start of a track, should one be chosen. */
type NextId = { track_id: string };
/** `duration_ms` 0: not known. */
type Heard = { heard_ms: number; duration_ms: number };

/** `room` is the stream's. Positions and times in milliseconds. */
export type PlayerCommand = { room: string } & (
  | ({ type: 'ReportConnected' } & Connected)
  | { type: 'ReportLost'; reason: string }
  | ({ type: 'Play'; index: number | null } & Entries & NextId)
  | { type: 'Pause'; position_ms: number; reason: PauseReason }
  | { type: 'Resume' }
  | { type: 'Stop' }
  | ({ type: 'Next' } & Entries & NextId)
  | ({ type: 'Previous'; position_ms: number } & Entries & NextId)
  /** `duration_ms` of the track that plays. */
  | { type: 'Seek'; position_ms: number; duration_ms: number }
  | { type: 'SetVolume'; volume: number }
  | { type: 'SetMode'; mode: PlayerMode; seed: number }
  | ({ type: 'LoadPlaylist'; playlist_id: string } & Entries)
  /**
   * `forced`: keep that it was asked for, also where nothing has changed. `plays_on`: the track
   * goes on where its entry is gone.
   */
  | ({ type: 'ReloadPlaylist'; forced: boolean; plays_on: boolean } & Entries)
  | { type: 'QueueTrack'; queue_id: string; sound_id: string; before: string | null }
  | { type: 'UnqueueTrack'; queue_id: string }
  | { type: 'OrderQueue'; queue_ids: readonly string[] }
  | { type: 'SetSleepTimer'; ends_at: string | null; fade_ms: number }
  | { type: 'ClearSleepTimer' }
  | { type: 'SleepNow' }
  | { type: 'ReportStarted'; track_id: string }
  /** The player went on by itself to the track that it was told would follow. */
  | ({ type: 'ReportAdvanced'; from: string; to: TrackChoice } & Heard)
  | ({ type: 'ReportFinished'; ended: string } & Heard & Entries & NextId)
  | ({ type: 'ReportFailed'; failed: string; code: string; message: string } & Entries & NextId)
  | ({ type: 'ReportHeard'; track_id: string } & Heard)
);

export type PlayerRefusal =
  | { code: 'nothing_to_play' }
  | { code: 'nothing_playing' }
  | { code: 'no_previous_track' }
  | { code: 'index_out_of_range'; length: number }
  | { code: 'seek_beyond_end'; duration_ms: number }
  | { code: 'unknown_queue_item' }
  | { code: 'queue_full' }
  | { code: 'order_stale' };

type PlayerDecision = Decision<PlayerEvent, PlayerRefusal>;

const choose = (
  room: string,
  candidate: Candidate,
  track_id: string,
): Extract<PlayerEvent, { type: 'TrackChosen' }> => ({
  type: 'TrackChosen',
  data: { room, track_id, position_ms: 0, ...candidate },
});

const stop = (
  room: string,
  reason: Extract<PlayerEvent, { type: 'PlaybackStopped' }>['data']['reason'],
  fade_ms = 0,
): PlayerEvent => ({ type: 'PlaybackStopped', data: { room, reason, fade_ms } });

const placeOf = (entries: readonly ListEntry[], index: number): Place | null =>
  entryAt(entries, index)?.place ?? null;

const firstAvailable = (entries: readonly ListEntry[]): Place | null =>
  placeOf(
    entries,
    Math.max(
      0,
      entries.findIndex(({ missing }) => !missing),
    ),
  );

/** What begins when nothing plays yet: the place where the list stands, unless it is through. */
const firstTrack = (state: PlayerState, entries: readonly ListEntry[]): Candidate | null => {
  if (state.through) return entryAt(entries, firstAvailable(entries)?.index ?? 0);
  if (state.place) return entryAt(entries, state.place.index);
  return nextTrack(state, entries);
};

const play = (
  command: Extract<PlayerCommand, { type: 'Play' }>,
  state: PlayerState,
): PlayerDecision => {
  const { room, index, entries, track_id } = command;
  if (index !== null) {
    const candidate = entryAt(entries, index);
    if (!candidate) return refused({ code: 'index_out_of_range', length: entries.length });
    return accepted(choose(room, candidate, track_id));
  }
  if (state.status === 'playing') return accepted();
  if (state.status === 'paused') return accepted({ type: 'PlaybackResumed', data: { room } });
  const candidate = firstTrack(state, entries);
  if (!candidate) return refused({ code: 'nothing_to_play' });
  return accepted(choose(room, candidate, track_id));
};

const next = (
  { room, entries, track_id }: Extract<PlayerCommand, { type: 'Next' }>,
  state: PlayerState,
): PlayerDecision => {
  const candidate = nextTrack(state, entries);
  if (candidate) return accepted(choose(room, candidate, track_id));
  if (state.status === 'stopped') return refused({ code: 'nothing_to_play' });
  return accepted(stop(room, 'end'));
};

const previous = (
  command: Extract<PlayerCommand, { type: 'Previous' }>,
  state: PlayerState,
): PlayerDecision => {
  const { room, entries, track_id, position_ms } = command;
  const { track } = state;
  const candidate = previousTrack(state, entries);
  if (track && (position_ms > restartAfterMs || !candidate)) {
    const data = { room, track_id: track.track_id, position_ms: 0 };
    return accepted({ type: 'Seeked', data });
  }
  if (!candidate) return refused({ code: 'no_previous_track' });
  return accepted(choose(room, candidate, track_id));
};

const seek = (
  { room, position_ms, duration_ms }: Extract<PlayerCommand, { type: 'Seek' }>,
  { track }: PlayerState,
): PlayerDecision => {
  if (!track) return refused({ code: 'nothing_playing' });
  if (position_ms > duration_ms) return refused({ code: 'seek_beyond_end', duration_ms });
  return accepted({ type: 'Seeked', data: { room, track_id: track.track_id, position_ms } });
};

const samePlace = (a: Place | null, b: Place | null): boolean =>
  a?.entry_id === b?.entry_id && a?.index === b?.index;

/** The list was edited: follow the track to where it is now; if it is gone, stop at the first. */
const reload = (
  {
    room,
    forced,
    plays_on,
    entries,
  }: Omit<Extract<PlayerCommand, { type: 'ReloadPlaylist' }>, 'type'>,
  state: PlayerState,
): PlayerDecision => {
  const { playlist_id, place, status, queued } = state;
  if (playlist_id === null) return accepted();
  const index = entries.findIndex(({ entry_id }) => entry_id === place?.entry_id);
  const followed = index < 0 ? null : placeOf(entries, index);
  const gone = place !== null && !followed;
  if (gone && plays_on && status !== 'stopped') return accepted();
  // A track of the queue is in no list, and plays on; the list goes on after the place that is gone.
  const fallback = queued
    ? placeOf(entries, Math.min((place?.index ?? 0) - 1, entries.length - 1))
    : firstAvailable(entries);
  const stopped = gone && status !== 'stopped' && !queued;
  const to = followed ?? (gone || place === null ? fallback : null);
  if (!forced && !stopped && samePlace(place, to)) return accepted();
  return accepted({ type: 'PlaylistReloaded', data: { room, playlist_id, place: to, stopped } });
};

const load = (
  { room, playlist_id, entries }: Extract<PlayerCommand, { type: 'LoadPlaylist' }>,
  state: PlayerState,
): PlayerDecision => {
  if (playlist_id === state.playlist_id) {
    return reload({ room, forced: true, plays_on: false, entries }, state);
  }
  const place = firstAvailable(entries);
  return accepted({ type: 'PlaylistLoaded', data: { room, playlist_id, place } });
};

const queueTrack = (
  command: Extract<PlayerCommand, { type: 'QueueTrack' }>,
  { queue }: PlayerState,
): PlayerDecision => {
  const { room, queue_id, sound_id, before } = command;
  if (queue.length >= queueItemsMax) return refused({ code: 'queue_full' });
  const known = before === null || queue.some((item) => item.queue_id === before);
  if (!known) return refused({ code: 'unknown_queue_item' });
  return accepted({ type: 'TrackQueued', data: { room, queue_id, sound_id, before } });
};

const orderQueue = (
  { room, queue_ids }: Extract<PlayerCommand, { type: 'OrderQueue' }>,
  { queue }: PlayerState,
): PlayerDecision => {
  const wanted = new Set(queue_ids);
  const complete = queue.every((item) => wanted.has(item.queue_id));
  if (!complete || queue_ids.length !== queue.length) return refused({ code: 'order_stale' });
  if (queue.every((item, at) => item.queue_id === queue_ids[at])) return accepted();
  return accepted({ type: 'QueueOrdered', data: { room, queue_ids: [...queue_ids] } });
};

const heardEnough = (heardMs: number, durationMs: number): boolean =>
  durationMs > 0 && heardMs >= durationMs * countedShare;

/** What was heard whole counts, also where it was over before a report of its place came. */
const finishedEvents = (
  room: string,
  { track_id, sound_id, counted }: NonNullable<PlayerState['track']>,
  { heard_ms, duration_ms }: Heard,
): PlayerEvent[] => {
  const counts = !counted && heardEnough(heard_ms, duration_ms);
  return [
    ...(counts ? [{ type: 'TrackCounted', data: { room, track_id, sound_id } } as const] : []),
    { type: 'TrackFinished', data: { room, track_id, sound_id, heard_ms } },
  ];
};

/**
 * A track can end while a pause still fades, and fail while it stands still: what follows is chosen,
 * and waits.
 */
const waits = (room: string, { status, paused_for: reason }: PlayerState): PlayerEvent[] =>
  status === 'paused' ? [{ type: 'PlaybackPaused', data: { room, position_ms: 0, reason } }] : [];

/** After a track that ended or failed: the next one, or the end. */
const goOn = (
  room: string,
  track_id: string,
  entries: readonly ListEntry[],
  state: PlayerState,
): PlayerEvent[] => {
  if (state.sleep?.ends_at === null) {
    return [stop(room, 'sleep_timer'), { type: 'SleepTimerCleared', data: { room } }];
  }
  const candidate = followingTrack(state, entries);
  if (!candidate) return [stop(room, 'end')];
  return [choose(room, candidate, track_id), ...waits(room, state)];
};

const failed = (
  command: Extract<PlayerCommand, { type: 'ReportFailed' }>,
  state: PlayerState,
): PlayerDecision => {
  const { room, failed: trackId, code, message, entries, track_id } = command;
  const { track, mode, place, queued } = state;
  if (track?.track_id !== trackId) return accepted();
  const { sound_id } = track;
  const failure: PlayerEvent = {
    type: 'TrackFailed',
    data: { room, track_id: trackId, sound_id, code, message },
  };
  // Every entry has had its try and none sounded: going on would only spin.
  if (state.failures + 1 >= Math.max(entries.length, 1) && state.queue.length === 0) {
    return accepted(failure, stop(room, 'nothing_playable'));
  }
  // A broken track must not hold the modes that stay on one track for ever.
  const skips = mode === 'loop_one' && !queued;
  const going = skips ? { ...state, mode: 'loop' as const, place } : state;
  return accepted(failure, ...goOn(room, track_id, entries, going));
};

const advanced = (
  command: Extract<PlayerCommand, { type: 'ReportAdvanced' }>,
  state: PlayerState,
): PlayerDecision => {
  const { room, from, to } = command;
  const { track } = state;
  if (track?.track_id !== from) return accepted();
  return accepted(
    ...finishedEvents(room, track, command),
    { type: 'TrackChosen', data: { room, ...to } },
    { type: 'TrackStarted', data: { room, track_id: to.track_id, sound_id: to.sound_id } },
    ...waits(room, state),
  );
};

/** One room's jukebox. Reports of the player may come twice or late: what does not fit changes nothing. */
export const playerDecider: Decider<PlayerState, PlayerCommand, PlayerEvent, PlayerRefusal> = {
  initialState: () => initialPlayerState,
  evolve: evolvePlayer,

  decide(command, state) {
    const { room } = command;
    const { status, track } = state;
    switch (command.type) {
      case 'ReportConnected': {
        const { version, vlc_version, output } = command;
        return accepted({ type: 'PlayerConnected', data: { room, version, vlc_version, output } });
      }
      case 'ReportLost':
        if (!state.connected) return accepted();
        return accepted({ type: 'PlayerLost', data: { room, reason: command.reason } });
      case 'Play':
        return play(command, state);
      case 'Pause': {
        const { position_ms, reason } = command;
        if (status !== 'playing') return accepted();
        return accepted({ type: 'PlaybackPaused', data: { room, position_ms, reason } });
      }
      case 'Resume':
        if (status === 'stopped') return refused({ code: 'nothing_playing' });
        if (status === 'playing') return accepted();
        return accepted({ type: 'PlaybackResumed', data: { room } });
      case 'Stop':
        return status === 'stopped' ? accepted() : accepted(stop(room, 'asked'));
      case 'Next':
        return next(command, state);
      case 'Previous':
        return previous(command, state);
      case 'Seek':
        return seek(command, state);
      case 'SetVolume': {
        const { volume } = command;
        if (volume === state.volume) return accepted();
        return accepted({ type: 'VolumeSet', data: { room, volume } });
      }
      case 'SetMode': {
        const { mode, seed } = command;
        if (mode === state.mode) return accepted();
        return accepted({ type: 'ModeSet', data: { room, mode, seed } });
      }
      case 'LoadPlaylist':
        return load(command, state);
      case 'ReloadPlaylist':
        return reload(command, state);
      case 'QueueTrack':
        return queueTrack(command, state);
      case 'UnqueueTrack': {
        const item = state.queue.find(({ queue_id }) => queue_id === command.queue_id);
        if (!item) return refused({ code: 'unknown_queue_item' });
        return accepted({ type: 'TrackUnqueued', data: { room, ...item } });
      }
      case 'OrderQueue':
        return orderQueue(command, state);
      case 'SetSleepTimer': {
        const { ends_at, fade_ms } = command;
        return accepted({ type: 'SleepTimerSet', data: { room, ends_at, fade_ms } });
      }
      case 'ClearSleepTimer':
        if (!state.sleep) return accepted();
        return accepted({ type: 'SleepTimerCleared', data: { room } });
      case 'SleepNow': {
        if (!state.sleep) return accepted();
        const cleared: PlayerEvent = { type: 'SleepTimerCleared', data: { room } };
        if (status === 'stopped') return accepted(cleared);
        return accepted(stop(room, 'sleep_timer', state.sleep.fade_ms), cleared);
      }
      case 'ReportStarted': {
        if (track?.track_id !== command.track_id || track.started) return accepted();
        const { track_id, sound_id } = track;
        return accepted({ type: 'TrackStarted', data: { room, track_id, sound_id } });
      }
      case 'ReportAdvanced':
        return advanced(command, state);
      case 'ReportFinished': {
        const { ended, entries, track_id } = command;
        if (track?.track_id !== ended) return accepted();
        return accepted(
          ...finishedEvents(room, track, command),
          ...goOn(room, track_id, entries, state),
        );
      }
      case 'ReportFailed':
        return failed(command, state);
      case 'ReportHeard': {
        const { track_id, heard_ms, duration_ms } = command;
        if (track?.track_id !== track_id || track.counted) return accepted();
        if (!heardEnough(heard_ms, duration_ms)) return accepted();
        const { sound_id } = track;
        return accepted({ type: 'TrackCounted', data: { room, track_id, sound_id } });
      }
      default:
        return unreachable(command);
    }
  },
};
