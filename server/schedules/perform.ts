import { unreachable } from '../kernel/decider.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Jukebox } from '../player/index.ts';
import type { Board } from '../soundboard/index.ts';
import type { Speech } from '../speech/index.ts';
import type { Perform } from './scheduler.ts';

export type PerformPorts = {
  readonly board: Board;
  readonly jukebox: Jukebox;
  readonly speech: Pick<Speech, 'say'>;
  readonly clock: Clock;
};

/** Schedules play by the very commands that people play by: as the house, and free. */
export const createPerform =
  ({ board, jukebox, speech, clock }: PerformPorts): Perform =>
  async (what, { command, alarm }) => {
    const asked = { command, identity: null, alarm };
    const press = { ...asked, receivedAtMs: clock.monotonic() };
    switch (what.type) {
      case 'play_sound': {
        const outcome = await board.playById(press, what.sound_id);
        return outcome.ok ? undefined : outcome.reason;
      }
      case 'play_playlist': {
        const { playlist_id, volume = null, fade_in_ms } = what;
        const outcome = await jukebox.playPlaylist(asked, { playlist_id, volume, fade_in_ms });
        return outcome.ok ? undefined : outcome.reason;
      }
      case 'say': {
        const { type: _, ...wish } = what;
        const outcome = await speech.say({ ...asked, wish });
        return outcome.ok ? undefined : outcome.reason;
      }
      case 'stop': {
        await board.stop(press, {});
        const outcome = await jukebox.stop(asked);
        return outcome.ok ? undefined : outcome.reason;
      }
      default:
        return unreachable(what);
    }
  };
