import type { Identity } from '../kernel/door.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PlaylistQueries } from '../playlists/index.ts';
import { unknownPlaylistName } from './problems.ts';

export type FoundPlaylist = { readonly playlist_id: string } | { readonly problem: Problem };

/** The list that somebody means by an id or a name, among those that they see. */
export const createFindPlaylist =
  (
    playlists: Pick<PlaylistQueries, 'byName' | 'names'>,
    sees: (identity: Identity | null, playlistId: string) => boolean,
  ) =>
  (identity: Identity | null, wish: string): FoundPlaylist => {
    if (sees(identity, wish)) return { playlist_id: wish };
    const viewer = identity?.actor ?? '';
    const [found, ...others] = playlists.byName(wish, viewer);
    if (found && others.length === 0) return { playlist_id: found.id };
    const suggestions = found
      ? [found, ...others].map(({ name, id }) => `${name} (${id})`)
      : nearest(wish, playlists.names(viewer));
    return { problem: unknownPlaylistName(wish, suggestions) };
  };
