import { accepted, unreachable, type Decider } from '../kernel/decider.ts';
import type { PlayEvent, PlayFailure, SoundboardEvent, StopReason } from './events.ts';

export type PlayCommand =
  | {
      type: 'RequestPlay';
      play_id: string;
      sound_id: string;
      user_id: string | null;
      /** The gain in dB that it gets at most; null: no cap. */
      gain_cap_db: number | null;
    }
  | { type: 'ReportStarted'; latency_ms: number }
  | { type: 'ReportFinished'; heard_ms: number }
  | { type: 'ReportStopped'; heard_ms: number; reason: StopReason }
  | { type: 'ReportFailed'; code: PlayFailure; message: string };

type PlayState =
  | { kind: 'unknown' }
  | {
      kind: 'requested' | 'started' | 'ended';
      play_id: string;
      sound_id: string;
      user_id: string | null;
    };

/**
 * One press from request to end. Reports of the player may come twice or late: whatever does not
 * fit any more changes nothing.
 */
export const playDecider: Decider<PlayState, PlayCommand, PlayEvent, never> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, play) {
    if (command.type === 'RequestPlay') {
      const { play_id, sound_id, user_id, gain_cap_db } = command;
      if (play.kind !== 'unknown') return accepted();
      return accepted(
        { type: 'PlayRequested', data: { play_id, sound_id, user_id } },
        ...(gain_cap_db === null
          ? []
          : [{ type: 'PlayLowered', data: { play_id, gain_cap_db } } as const]),
      );
    }
    if (play.kind === 'unknown' || play.kind === 'ended') return accepted();
    const { play_id, sound_id } = play;
    switch (command.type) {
      case 'ReportStarted': {
        if (play.kind === 'started') return accepted();
        const { latency_ms } = command;
        return accepted({ type: 'PlayStarted', data: { play_id, sound_id, latency_ms } });
      }
      case 'ReportFinished': {
        const { heard_ms } = command;
        return accepted({ type: 'PlayFinished', data: { play_id, sound_id, heard_ms } });
      }
      case 'ReportStopped': {
        const { heard_ms, reason } = command;
        return accepted({ type: 'PlayStopped', data: { play_id, sound_id, heard_ms, reason } });
      }
      case 'ReportFailed': {
        const { code, message } = command;
        return accepted({ type: 'PlayFailed', data: { play_id, sound_id, code, message } });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(play, event) {
    if (event.type === 'PlayRequested') return { kind: 'requested', ...event.data };
    if (play.kind === 'unknown') return play;
    switch (event.type) {
      case 'PlayLowered':
        return play;
      case 'PlayStarted':
        return { ...play, kind: 'started' };
      case 'PlayFinished':
      case 'PlayStopped':
      case 'PlayFailed':
        return { ...play, kind: 'ended' };
      default:
        return unreachable(event);
    }
  },
};

export type StopCommand = { type: 'RequestStop'; play_id: string | null; fade_ms: number };

/** What concerns all voices; it remembers nothing. */
export const stopDecider: Decider<null, StopCommand, SoundboardEvent, never> = {
  initialState: () => null,
  decide: ({ play_id, fade_ms }) => accepted({ type: 'StopRequested', data: { play_id, fade_ms } }),
  evolve: (state) => state,
};
