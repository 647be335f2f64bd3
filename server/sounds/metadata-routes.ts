import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit } from '../kernel/lists.ts';
import { favourites, sound, soundChangesBody, trash } from './contract.ts';
import { cursorText, listCursor, notACursor } from './cursor.ts';
import type { SoundFacts } from './facts.ts';
import { soundUnknown } from './problems.ts';
import type { SoundQueries } from './queries.ts';
import type { TrashQueries } from './trash-queries.ts';

const own = { role: 'user', scope: 'library' } as const;
const guest = { role: 'guest', scope: 'library' } as const;
const read = { role: 'guest', scope: 'read' } as const;

const params = z.object({ id: z.string() });
const trashOrder = 'removed';
const trashCursor = listCursor.transform(({ order, value, id }, context) => {
  if (order === trashOrder && typeof value === 'number') return { value, id };
  context.addIssue({ code: 'custom', message: notACursor });
  return z.NEVER;
});
const unknown = { status: 404, code: 'unknown_sound' } as const;
const notYours = { status: 403, code: 'not_your_sound' } as const;

/** What people say and decide of sounds. */
export const metadataRoutes = (ports: {
  facts: SoundFacts;
  queries: SoundQueries;
  files: TrashQueries;
}): Route[] => {
  const { facts, queries, files } = ports;
  const as = (id: string, userId: string) => {
    const found = queries.find(id, userId);
    if (!found) throw soundUnknown();
    return found;
  };

  return [
    route({
      method: 'PATCH',
      path: '/sounds/{id}',
      summary: 'Name, tags, gain, policy and trim of a sound; users change what they added',
      access: own,
      params,
      body: soundChangesBody,
      answers: { 200: { description: 'The sound as it is now', schema: sound } },
      problems: [unknown, notYours],
      async handle({ command, identity, params: { id }, body }) {
        const position = await facts.change(command, identity, id, body);
        return { status: 200, body: as(id, command.actor), position };
      },
    }),
    route({
      method: 'DELETE',
      path: '/sounds/{id}',
      summary: 'Remove a sound; for 30 days it can be restored, its history stays for ever',
      access: own,
      params,
      answers: { 204: { description: 'Removed', schema: null } },
      problems: [unknown, notYours],
      handle: async ({ command, identity, params: { id } }) => ({
        status: 204,
        position: await facts.remove(command, identity, id),
      }),
    }),
    route({
      method: 'GET',
      path: '/sounds/trash',
      summary: 'Removed sounds that can be restored: the own ones, to admins all',
      access: { role: 'user', scope: 'read' },
      query: z.object({ limit: pageLimit, cursor: trashCursor.optional() }),
      answers: { 200: { description: 'Latest first', schema: trash } },
      handle({ command, identity, query }) {
        const { limit, cursor } = query;
        const of = identity?.role === 'admin' ? null : command.actor;
        const { items, next, total } = files.removed(of, limit, cursor);
        const next_cursor = next ? cursorText({ order: trashOrder, ...next }) : null;
        return { status: 200, body: { items, next_cursor, total } };
      },
    }),
    route({
      method: 'POST',
      path: '/sounds/{id}/restore',
      summary: 'Bring a removed sound back, with its history',
      access: own,
      params,
      answers: { 200: { description: 'The sound', schema: sound } },
      problems: [unknown, notYours, { status: 409, code: 'sound_purged' }],
      async handle({ command, identity, params: { id } }) {
        const position = await facts.restore(command, identity, id);
        return { status: 200, body: as(id, command.actor), position };
      },
    }),
    route({
      method: 'GET',
      path: '/sounds/favourites',
      summary: 'Ids of the own favourites, oldest first',
      access: read,
      answers: { 200: { description: 'The favourites', schema: favourites } },
      handle({ command }) {
        const items = queries.favourites(command.actor);
        return { status: 200, body: { items, next_cursor: null, total: items.length } };
      },
    }),
    route({
      method: 'POST',
      path: '/sounds/{id}/favourite',
      summary: 'Make a sound an own favourite',
      access: guest,
      params,
      answers: { 204: { description: 'It is one', schema: null } },
      problems: [unknown],
      handle: async ({ command, params: { id } }) => ({
        status: 204,
        position: await facts.favourite(command, id),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/sounds/{id}/favourite',
      summary: 'Make a sound no favourite any more',
      access: guest,
      params,
      answers: { 204: { description: 'It is none', schema: null } },
      problems: [unknown],
      handle: async ({ command, params: { id } }) => ({
        status: 204,
        position: await facts.unfavourite(command, id),
      }),
    }),
  ];
};
