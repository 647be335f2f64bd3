import type { VoiceFailureCode } from '../player/contract.ts';

/** Why a press made no sound, beside what the player itself reports. */
export type PlayFailure = VoiceFailureCode | 'player_lost';

/** Streams `play-<id>`, one press each, and `soundboard-<room>` for what concerns all voices. */
export type PlayEvent =
  | { type: 'PlayRequested'; data: { play_id: string; sound_id: string; user_id: string | null } }
  /** Quiet hours: the press that was just requested gets at most this gain. */
  | { type: 'PlayLowered'; data: { play_id: string; gain_cap_db: number } }
  | { type: 'PlayStarted'; data: { play_id: string; sound_id: string; latency_ms: number } }
  | { type: 'PlayFinished'; data: { play_id: string; sound_id: string; heard_ms: number } }
  | {
      type: 'PlayStopped';
      data: { play_id: string; sound_id: string; heard_ms: number; reason: StopReason };
    }
  | {
      type: 'PlayFailed';
      data: { play_id: string; sound_id: string; code: PlayFailure; message: string };
    };

export type StopReason = 'stopped' | 'restarted' | 'voice_limit';

export type SoundboardEvent =
  | PlayEvent
  | { type: 'StopRequested'; data: { play_id: string | null; fade_ms: number } };

export const playStream = (playId: string): string => `play-${playId}`;
export const soundboardStream = (room: string): string => `soundboard-${room}`;
