import { ProblemError, type Problem } from '../kernel/problem.ts';
import { playlistLimits } from './contract.ts';
import type { PlaylistRefusal } from './decider.ts';

export type PlaylistsRefusal =
  | PlaylistRefusal
  | { code: 'not_your_playlist' }
  | { code: 'unknown_sound' }
  | { code: 'too_many_playlists' }
  | { code: 'too_many_ruled_playlists' }
  | { code: 'restore_too_late' };

const { entriesMax, playlistsMax, ruledPlaylistsMax } = playlistLimits;

const words: Record<PlaylistsRefusal['code'], readonly [Problem['status'], string, string]> = {
  unknown_playlist: [404, 'Unknown playlist', 'There is no such playlist.'],
  unknown_entry: [
    404,
    'Unknown entry',
    'This entry is not in the playlist now. Load the list again.',
  ],
  unknown_sound: [404, 'Unknown sound', 'There is no such sound.'],
  not_your_playlist: [
    403,
    'Not your playlist',
    'Only its owner or an admin can change this. Make a playlist of your own.',
  ],
  order_stale: [
    409,
    'The list has changed',
    'Somebody changed this playlist meanwhile. Load it again and order it then.',
  ],
  playlist_full: [409, 'Playlist full', `A playlist holds at most ${entriesMax} entries.`],
  main_playlist: [
    409,
    'The main playlist',
    'Every sound joins this playlist by itself: it keeps its name and its sounds and cannot be deleted. Remove the sound from the library, or make a playlist of your own.',
  ],
  follows_rules: [
    409,
    'Follows rules',
    'The entries of this playlist follow its rules. Change the rules, or turn it into an ordinary one.',
  ],
  follows_no_rules: [409, 'Follows no rules', 'The entries of this playlist are set by hand.'],
  too_many_playlists: [
    409,
    'Too many playlists',
    `One person can have at most ${playlistsMax} playlists. Delete one first.`,
  ],
  too_many_ruled_playlists: [
    409,
    'Too many playlists with rules',
    `One person can have at most ${ruledPlaylistsMax} playlists with rules. Delete one first, or turn it into an ordinary one.`,
  ],
  restore_too_late: [
    409,
    'Too late',
    'A deleted playlist can be brought back for 30 days. These are over.',
  ],
};

export const playlistProblem = ({ code }: PlaylistsRefusal): ProblemError => {
  const [status, title, detail] = words[code];
  return new ProblemError({ status, code, title, detail });
};

export const wrongCursor = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'invalid_fields',
    title: 'Invalid fields',
    detail: 'cursor: not a cursor of this list',
    errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
  });
