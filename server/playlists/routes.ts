import { z } from 'zod';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { newPlaylistBody, playlist, playlistChangesBody } from './contract.ts';
import type { Playlists } from './playlists.ts';

export const readAccess = { role: 'guest', scope: 'read' } as const;
export const changeAccess = { role: 'user', scope: 'library' } as const;
export const playlistParams = z.object({ id: z.string() });

export const unknownPlaylist = { status: 404, code: 'unknown_playlist' } as const;
export const notYours = { status: 403, code: 'not_your_playlist' } as const;
export const followsRules = { status: 409, code: 'follows_rules' } as const;
export const mainPlaylist = { status: 409, code: 'main_playlist' } as const;

const tooMany = [
  { status: 409, code: 'too_many_playlists' },
  { status: 409, code: 'too_many_ruled_playlists' },
] as const;

/** The door has let nobody in without one. */
export const whoOf = (identity: Identity | null): Identity => {
  if (!identity) throw new Error('this route has an identity');
  return identity;
};

/** Lists themselves; their entries are in `entry-routes.ts`. */
export const playlistRoutes = (playlists: Playlists): Route[] => [
  route({
    method: 'GET',
    path: '/playlists/',
    summary: 'The main playlist, those of the household and one’s own, by name',
    access: readAccess,
    query: z.object({ limit: pageLimit, cursor: z.string().max(64).optional() }),
    answers: { 200: { description: 'A page of playlists', schema: pageOf(playlist) } },
    handle: ({ identity, query }) => ({
      status: 200,
      body: playlists.list(whoOf(identity), query.cursor, query.limit),
    }),
  }),
  route({
    method: 'POST',
    path: '/playlists/',
    summary: 'Make a playlist: ordered by hand, or with rules that choose its sounds',
    access: changeAccess,
    body: newPlaylistBody,
    answers: { 201: { description: 'The playlist', schema: playlist } },
    problems: tooMany,
    async handle({ command, identity, body }) {
      const made = await playlists.create(command, whoOf(identity), body);
      return { status: 201, body: made.playlist, position: made.position };
    },
  }),
  route({
    method: 'GET',
    path: '/playlists/{id}',
    summary: 'One playlist',
    access: readAccess,
    params: playlistParams,
    answers: { 200: { description: 'The playlist', schema: playlist } },
    problems: [unknownPlaylist],
    handle({ identity, params }) {
      const who = whoOf(identity);
      return { status: 200, body: playlists.show(who, playlists.find(who, params.id)) };
    },
  }),
  route({
    method: 'PATCH',
    path: '/playlists/{id}',
    summary: 'Change name, description, rules, or who sees it',
    access: changeAccess,
    params: playlistParams,
    body: playlistChangesBody,
    answers: { 200: { description: 'The playlist', schema: playlist } },
    problems: [unknownPlaylist, notYours, mainPlaylist, { status: 409, code: 'follows_no_rules' }],
    async handle({ command, identity, params, body }) {
      const changed = await playlists.change(command, whoOf(identity), params.id, body);
      return { status: 200, body: changed.playlist, position: changed.position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/playlists/{id}',
    summary: 'Delete a playlist; it can be brought back for 30 days',
    access: changeAccess,
    params: playlistParams,
    answers: { 204: { description: 'Deleted', schema: null } },
    problems: [unknownPlaylist, notYours, mainPlaylist],
    async handle({ command, identity, params }) {
      const { position } = await playlists.remove(command, whoOf(identity), params.id);
      return { status: 204, position };
    },
  }),
  route({
    method: 'POST',
    path: '/playlists/{id}/restore',
    summary: 'Bring a deleted playlist back',
    access: changeAccess,
    params: playlistParams,
    answers: { 200: { description: 'The playlist', schema: playlist } },
    problems: [unknownPlaylist, ...tooMany, { status: 409, code: 'restore_too_late' }],
    async handle({ command, identity, params }) {
      const restored = await playlists.restore(command, whoOf(identity), params.id);
      return { status: 200, body: restored.playlist, position: restored.position };
    },
  }),
  route({
    method: 'POST',
    path: '/playlists/{id}/materialise',
    summary: 'Turn what the rules give now into a playlist ordered by hand',
    access: changeAccess,
    params: playlistParams,
    answers: { 200: { description: 'The playlist', schema: playlist } },
    problems: [unknownPlaylist, notYours, { status: 409, code: 'follows_no_rules' }],
    async handle({ command, identity, params }) {
      const changed = await playlists.materialise(command, whoOf(identity), params.id);
      return { status: 200, body: changed.playlist, position: changed.position };
    },
  }),
];
