import type { Recorded } from '../kernel/event.ts';
import type { FeedDraft, FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import type { PlaylistChanged } from './contract.ts';
import { entryRoutes } from './entry-routes.ts';
import type { PlaylistEvent } from './events.ts';
import { forgottenPeople } from './forgotten-people.ts';
import { createMembership } from './membership.ts';
import { createPlaylists } from './playlists.ts';
import { playlistsProjection } from './projection.ts';
import { createPlaylistQueries, type PlaylistQueries } from './queries.ts';
import { playlistRoutes } from './routes.ts';
import { createRuleVersions } from './rule-cache.ts';
import { createTransfer } from './transfer.ts';
import { transferRoutes } from './transfer-routes.ts';

export { mainPlaylistId } from './events.ts';
export { may as mayOnPlaylist } from './playlists.ts';
export { createPlaylistQueries, type PlaylistQueries } from './queries.ts';
export { createRuleVersions } from './rule-cache.ts';

const changes: Record<PlaylistEvent['type'], PlaylistChanged['change']> = {
  PlaylistCreated: 'created',
  PlaylistRenamed: 'described',
  PlaylistDescribed: 'described',
  PlaylistShared: 'described',
  PlaylistRulesSet: 'entries',
  PlaylistMaterialised: 'entries',
  EntryAdded: 'entries',
  EntryMoved: 'entries',
  EntryRemoved: 'entries',
  EntriesOrdered: 'entries',
  PlaylistDeleted: 'deleted',
  PlaylistRestored: 'restored',
};

/** To those who see the list, and of one that was just made private to those who saw it. */
const feedOf = (queries: PlaylistQueries): FeedMap => {
  const draft = (event: Recorded): FeedDraft => {
    const { playlist_id } = event.data as PlaylistEvent['data'];
    const change = changes[event.type as PlaylistEvent['type']];
    const data: PlaylistChanged = { playlist_id, change };
    // Once for all who listen.
    const list = queries.find(playlist_id);
    return {
      type: 'playlist_changed',
      data,
      ...(change === 'entries' ? { same: `entries of ${playlist_id}` } : {}),
      audience({ actor, role }) {
        if (role === 'admin' || event.type === 'PlaylistShared') return true;
        return list?.visibility === 'household' || list?.owner_id === actor;
      },
    };
  };
  return Object.fromEntries(Object.keys(changes).map((type) => [type, draft]));
};

/** Ordered lists of sounds, and lists that rules fill. */
export const playlists: Module = {
  name: 'playlists',
  projections: [playlistsProjection],
  setup(kernel) {
    const versions = createRuleVersions();
    kernel.bus.onCommitted(versions.committed);
    const queries = createPlaylistQueries(kernel.storage, kernel.clock.now, versions.now);
    const commands = createPlaylists(kernel, queries);
    const membership = createMembership(kernel, queries);
    return {
      routes: [
        ...playlistRoutes(commands),
        ...entryRoutes(commands, queries),
        ...transferRoutes(commands, queries, createTransfer(kernel.storage)),
      ],
      reactors: [membership.reactor, forgottenPeople(kernel, queries)],
      feed: feedOf(queries),
      start: () => membership.catchUp(),
    };
  },
};
