import { z } from 'zod';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import type { Boards, Which } from './boards.ts';
import { board, boardChangesBody, boardSummary, newBoardBody, revisionQuery } from './contract.ts';

export const changeAccess = { role: 'user', scope: 'library' } as const;
export const boardParams = z.object({ id: z.string() });
export const boardAnswer = { 200: { description: 'The board as it is then', schema: board } };

export const unknownBoard = { status: 404, code: 'unknown_board' } as const;
export const notYours = { status: 403, code: 'not_your_board' } as const;
export const changedMeanwhile = { status: 409, code: 'board_changed' } as const;
export const keysOnly = { status: 409, code: 'keys_only' } as const;
const tooMany = { status: 409, code: 'too_many_boards' } as const;

/** The door has let nobody in without one. */
export const whoOf = (identity: Identity | null): Identity => {
  if (!identity) throw new Error('this route has an identity');
  return identity;
};

export const whichOf = (
  { id }: { id: string },
  { revision }: { revision?: number | undefined },
): Which => ({ id, revision });

/** Boards themselves; what stands on them is in `pad-routes.ts`. */
export const boardRoutes = (boards: Boards): Route[] => [
  route({
    method: 'GET',
    path: '/boards',
    summary: 'Own and shared boards, by name',
    access: { role: 'guest', scope: 'read' },
    query: z.object({ limit: pageLimit, cursor: z.string().max(64).optional() }),
    answers: { 200: { description: 'A page of boards', schema: pageOf(boardSummary) } },
    handle: ({ identity, query }) => ({
      status: 200,
      body: boards.list(whoOf(identity), query.cursor, query.limit),
    }),
  }),
  route({
    method: 'POST',
    path: '/boards',
    summary: 'Make a board, with its first pads if any',
    access: changeAccess,
    body: newBoardBody,
    answers: { 201: { description: 'The board', schema: board } },
    problems: [tooMany, { status: 404, code: 'unknown_sound' }],
    async handle({ command, identity, body }) {
      const made = await boards.create(command, whoOf(identity), body);
      return { status: 201, body: made.board, position: made.position };
    },
  }),
  route({
    method: 'GET',
    path: '/boards/{id}',
    summary: 'One board with its pads and keys; `own`: the keys pinned where all sounds are shown',
    access: { role: 'guest', scope: 'read' },
    params: boardParams,
    answers: { 200: { description: 'The board', schema: board } },
    problems: [unknownBoard],
    handle: ({ identity, params }) => ({
      status: 200,
      body: boards.show(whoOf(identity), params.id),
    }),
  }),
  route({
    method: 'PATCH',
    path: '/boards/{id}',
    summary: 'Change name, colour, or who sees it',
    access: changeAccess,
    params: boardParams,
    query: revisionQuery,
    body: boardChangesBody,
    answers: boardAnswer,
    problems: [unknownBoard, notYours, changedMeanwhile, keysOnly],
    async handle({ command, identity, params, query, body }) {
      const which = whichOf(params, query);
      const changed = await boards.change(command, whoOf(identity), which, body);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/boards/{id}',
    summary: 'Delete a board; it can be brought back for 30 days',
    access: changeAccess,
    params: boardParams,
    query: revisionQuery,
    answers: { 204: { description: 'Deleted', schema: null } },
    problems: [unknownBoard, notYours, changedMeanwhile],
    handle: async ({ command, identity, params, query }) => ({
      status: 204,
      position: await boards.remove(command, whoOf(identity), whichOf(params, query)),
    }),
  }),
  route({
    method: 'POST',
    path: '/boards/{id}/restore',
    summary: 'Bring a deleted board back',
    access: changeAccess,
    params: boardParams,
    answers: boardAnswer,
    problems: [unknownBoard, tooMany, { status: 409, code: 'restore_too_late' }],
    async handle({ command, identity, params }) {
      const restored = await boards.restore(command, whoOf(identity), params.id);
      return { status: 200, body: restored.board, position: restored.position };
    },
  }),
];
