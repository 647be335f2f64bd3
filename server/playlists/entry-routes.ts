import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import {
  addedEntries,
  moveBody,
  newEntriesBody,
  orderBody,
  playlistEntry,
  playlistLimits,
} from './contract.ts';
import type { Playlists } from './playlists.ts';
import type { PlaylistQueries } from './queries.ts';
import {
  changeAccess,
  followsRules,
  mainPlaylist,
  notYours,
  playlistParams,
  readAccess,
  unknownPlaylist,
  whoOf,
} from './routes.ts';

const entryParams = z.object({ id: z.string(), entry_id: z.string() });
const unknownEntry = { status: 404, code: 'unknown_entry' } as const;

/** Every entry of a full list: an id with its quotes and comma has 39 bytes. */
const orderBytesMax = playlistLimits.entriesMax * 40 + 1024;

const placeCursor = z
  .string()
  .regex(/^\d{1,9}$/, 'not a cursor of this list')
  .transform(Number);

/** What stands in a playlist. */
export const entryRoutes = (playlists: Playlists, queries: PlaylistQueries): Route[] => [
  route({
    method: 'GET',
    path: '/playlists/{id}/sounds',
    summary: 'The entries of a playlist, in order',
    access: readAccess,
    params: playlistParams,
    query: z.object({ limit: pageLimit, cursor: placeCursor.default(0) }),
    answers: { 200: { description: 'A page of entries', schema: pageOf(playlistEntry) } },
    problems: [unknownPlaylist],
    handle({ identity, params, query }) {
      const row = playlists.find(whoOf(identity), params.id);
      const items = queries.entries(row, query.cursor, query.limit);
      const total = queries.sizeOf(row).length;
      const next = query.cursor + items.length;
      return {
        status: 200,
        body: { items, next_cursor: next < total ? String(next) : null, total },
      };
    },
  }),
  route({
    method: 'POST',
    path: '/playlists/{id}/sounds',
    summary: 'Add a sound, or several that stay together',
    access: changeAccess,
    params: playlistParams,
    body: newEntriesBody,
    answers: { 201: { description: 'The new entries', schema: addedEntries } },
    problems: [
      unknownPlaylist,
      notYours,
      followsRules,
      { status: 404, code: 'unknown_sound' },
      { status: 409, code: 'playlist_full' },
    ],
    async handle({ command, identity, params, body }) {
      const sound_ids = 'sound_ids' in body ? body.sound_ids : [body.sound_id];
      const where = { sound_ids, position: body.position };
      const added = await playlists.add(command, whoOf(identity), params.id, where);
      const { result: entry_ids, position } = added;
      return { status: 201, body: { entry_id: entry_ids[0] ?? '', entry_ids }, position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/playlists/{id}/sounds/{entry_id}',
    summary: 'Take an entry out',
    access: changeAccess,
    params: entryParams,
    answers: { 204: { description: 'Taken out', schema: null } },
    problems: [unknownPlaylist, unknownEntry, notYours, followsRules, mainPlaylist],
    async handle({ command, identity, params: { id, entry_id } }) {
      const { position } = await playlists.removeEntry(command, whoOf(identity), id, entry_id);
      return { status: 204, position };
    },
  }),
  route({
    method: 'POST',
    path: '/playlists/{id}/sounds/{entry_id}/move',
    summary: 'Put an entry before another one, or last',
    access: changeAccess,
    params: entryParams,
    body: moveBody,
    answers: { 204: { description: 'Moved', schema: null } },
    problems: [unknownPlaylist, unknownEntry, notYours, followsRules],
    async handle({ command, identity, params: { id, entry_id }, body: { before } }) {
      const move = { entry_id, before };
      const { position } = await playlists.moveEntry(command, whoOf(identity), id, move);
      return { status: 204, position };
    },
  }),
  route({
    method: 'PUT',
    path: '/playlists/{id}/sounds/order',
    summary: 'Put all entries in a new order',
    access: changeAccess,
    params: playlistParams,
    body: orderBody,
    bodyBytesMax: orderBytesMax,
    answers: { 204: { description: 'Ordered', schema: null } },
    problems: [unknownPlaylist, notYours, followsRules, { status: 409, code: 'order_stale' }],
    async handle({ command, identity, params, body }) {
      const { entry_ids } = body;
      const { position } = await playlists.order(command, whoOf(identity), params.id, entry_ids);
      return { status: 204, position };
    },
  }),
];
