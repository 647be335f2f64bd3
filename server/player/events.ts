import type { OutputState, PlayerMode } from './contract.ts';

/** An entry of the loaded playlist, and where it stood there. */
export type Place = { entry_id: string; sound_id: string; /** 0-based. */ index: number };

/** A sound that was put beside the playlist: it plays before the list goes on. */
export type QueueItem = { queue_id: string; sound_id: string };

/** What shall sound from here on. */
export type TrackChoice = {
  /** Names this one start: counting, positions and reports refer to it. */
  track_id: string;
  sound_id: string;
  /** Where the list stands; for a track of the queue, where it goes on from. */
  place: Place | null;
  /** The track comes from the queue. */
  queue_id: string | null;
  position_ms: number;
  /** Random mode: every entry has had its turn, so that all may come again. */
  new_round: boolean;
};

export type PauseReason = 'asked' | 'restart' | 'player_lost' | 'quiet_hours';
export type StopReason =
  | 'asked'
  /** The list, or the one track of mode `single`, is through. */
  | 'end'
  /** No entry of the list could be played. */
  | 'nothing_playable'
  | 'sleep_timer'
  /** The track left the list. */
  | 'track_removed';

/** Stream `player-<room>`. */
export type PlayerEvent =
  | {
      type: 'PlayerConnected';
      data: { room: string; version: string; vlc_version: string; output: OutputState['kind'] };
    }
  | { type: 'PlayerLost'; data: { room: string; reason: string } }
  /** Another list: what played ends. */
  | { type: 'PlaylistLoaded'; data: { room: string; playlist_id: string; place: Place | null } }
  /** The loaded list was edited; `stopped`: the track that played is not in it any more. */
  | {
      type: 'PlaylistReloaded';
      data: { room: string; playlist_id: string; place: Place | null; stopped: boolean };
    }
  | { type: 'TrackChosen'; data: TrackChoice & { room: string } }
  /** First sound heard. */
  | { type: 'TrackStarted'; data: { room: string; track_id: string; sound_id: string } }
  /** A fifth of it was heard: this start counts as a play. */
  | { type: 'TrackCounted'; data: { room: string; track_id: string; sound_id: string } }
  | {
      type: 'TrackFinished';
      data: { room: string; track_id: string; sound_id: string; heard_ms: number };
    }
  | {
      type: 'TrackFailed';
      data: { room: string; track_id: string; sound_id: string; code: string; message: string };
    }
  | { type: 'PlaybackPaused'; data: { room: string; position_ms: number; reason: PauseReason } }
  | { type: 'PlaybackResumed'; data: { room: string } }
  | { type: 'PlaybackStopped'; data: { room: string; reason: StopReason; fade_ms: number } }
  | { type: 'Seeked'; data: { room: string; track_id: string; position_ms: number } }
  | { type: 'VolumeSet'; data: { room: string; volume: number } }
  /** `seed` of the random order that begins here. */
  | { type: 'ModeSet'; data: { room: string; mode: PlayerMode; seed: number } }
  /** `before`: the item that follows; null: the end. */
  | { type: 'TrackQueued'; data: QueueItem & { room: string; before: string | null } }
  | { type: 'TrackUnqueued'; data: QueueItem & { room: string } }
  | { type: 'QueueOrdered'; data: { room: string; queue_ids: string[] } }
  /** `ends_at` RFC 3339; null: at the end of the track. */
  | { type: 'SleepTimerSet'; data: { room: string; ends_at: string | null; fade_ms: number } }
  | { type: 'SleepTimerCleared'; data: { room: string } };

export const playerStream = (room: string): string => `player-${room}`;

export const queueItemsMax = 500;
