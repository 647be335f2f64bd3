import type { Problem } from '../kernel/problem.ts';
import { queueItemsMax } from './events.ts';
import type { PlayerRefusal } from './decider.ts';

/** A track that begins by itself when the player is back would surprise the room. */
export const playerAway: Problem = {
  status: 503,
  code: 'player_unavailable',
  title: 'No player',
  detail: 'The player is not connected, so nothing can sound right now. It comes back by itself.',
};

/** Nothing is played where it is not sure what was meant. */
export const unknownPlaylistName = (name: string, suggestions: readonly string[]): Problem => ({
  status: 404,
  code: 'unknown_playlist',
  title: 'Unknown playlist',
  detail:
    suggestions.length > 0
      ? `No single playlist is called "${name}". Did you mean: ${suggestions.join(', ')}?`
      : `No playlist is called "${name}".`,
  extra: { suggestions },
});

export type JukeboxRefusal =
  | PlayerRefusal
  | { code: 'unknown_playlist' }
  | { code: 'unknown_sound' }
  | { code: 'no_playlist' };

const words: Record<JukeboxRefusal['code'], readonly [Problem['status'], string, string]> = {
  nothing_to_play: [
    409,
    'Nothing to play',
    'The list is at its end, or empty. Load a playlist, add sounds to it, or queue one.',
  ],
  nothing_playing: [409, 'Nothing plays', 'No track is playing or paused now.'],
  no_previous_track: [409, 'No track before', 'This is the first track.'],
  index_out_of_range: [422, 'No such place', 'The playlist has no entry at this index.'],
  seek_beyond_end: [422, 'Beyond the end', 'The track is not that long.'],
  unknown_queue_item: [404, 'Not in the queue', 'This track is not in the queue now.'],
  queue_full: [409, 'Queue full', `The queue holds at most ${queueItemsMax} tracks.`],
  order_stale: [
    409,
    'The queue has changed',
    'The queue changed meanwhile. Load it again and order it then.',
  ],
  unknown_playlist: [404, 'Unknown playlist', 'There is no such playlist.'],
  unknown_sound: [404, 'Unknown sound', 'There is no such sound.'],
  no_playlist: [409, 'No playlist', 'No playlist is loaded. Load one first.'],
};

/** The field that a refusal is about, for forms. */
const fields: Partial<Record<JukeboxRefusal['code'], string>> = {
  index_out_of_range: 'index',
  seek_beyond_end: 'position_ms',
};

export const jukeboxProblem = (refusal: JukeboxRefusal): Problem => {
  const { code, ...extra } = refusal;
  const [status, title, detail] = words[code];
  const path = fields[code];
  return {
    status,
    code,
    title,
    detail,
    ...(path === undefined ? {} : { errors: [{ path, message: detail }] }),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
};
