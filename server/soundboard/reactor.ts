import type { Household } from '../household/index.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { PlayerLink } from '../player/player-link.ts';
import type { SoundQueries, TrimmedCopies } from '../sounds/index.ts';
import type { Board } from './board.ts';
import type { SoundboardEvent } from './events.ts';
import type { PlayQueries } from './queries.ts';
import type { Voices } from './voices.ts';

/** A sound at the wrong time is worse than none. */
export const freshMs = 3000;

/** Who queues wants to wait, but not for ever. */
const queuedFreshMs = 60_000;

/** Tells the player what was requested. */
export const boardReactor = (
  kernel: Kernel,
  ports: {
    sounds: SoundQueries;
    copies: TrimmedCopies;
    link: PlayerLink;
    board: Board;
    plays: PlayQueries;
    voices: Voices;
    household: Pick<Household, 'get'>;
  },
): Reactor => {
  const { clock } = kernel;
  const { link, voices } = ports;

  const fail = (playId: string, code: 'stale' | 'file_missing' | 'player_lost', message: string) =>
    voices.report(playId, { type: 'ReportFailed', code, message });

  const play = (event: Extract<Recorded<SoundboardEvent>, { type: 'PlayRequested' }>) => {
    const { play_id, sound_id } = event.data;
    if (!ports.plays.isOpen(play_id)) return undefined;
    const ageMs = clock.now() - event.recordedAt;
    const pressed_at_ms = ports.board.takePressedAt(play_id) ?? clock.monotonic() - ageMs;
    if (ageMs > freshMs) {
      return fail(play_id, 'stale', 'The press was too long ago when it could be played.');
    }
    const sound = ports.sounds.playable(sound_id);
    if (!sound) return fail(play_id, 'file_missing', 'The sound is not in the library any more.');
    const sent = link.send({
      type: 'play',
      command_id: play_id,
      play_id,
      sound_id,
      ...ports.copies.fileOf(sound),
      gain_db: Math.min(sound.gain_db, ports.plays.gainCapDb(play_id) ?? Infinity),
      policy: sound.policy,
      ...(sound.announces ? { ducks: ports.household.get('announcements') } : {}),
      pressed_at_ms,
      fresh_ms: sound.policy === 'queue' ? queuedFreshMs : freshMs,
    });
    if (!sent) return fail(play_id, 'player_lost', 'The player is not connected.');
    return undefined;
  };

  const stop = (event: Extract<Recorded<SoundboardEvent>, { type: 'StopRequested' }>) => {
    if (clock.now() - event.recordedAt > freshMs) return;
    const { play_id, fade_ms } = event.data;
    // Not connected: nothing sounds that could be stopped.
    link.send({ type: 'stop', command_id: event.eventId, play_id, fade_ms });
  };

  return {
    name: 'soundboard',
    on: ['PlayRequested', 'StopRequested'],
    react(recorded) {
      const event = recorded as Recorded<SoundboardEvent>;
      if (event.type === 'PlayRequested') return play(event);
      if (event.type === 'StopRequested') stop(event);
      return undefined;
    },
  };
};
