import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import type { Boards } from './boards.ts';
import { boardLimits, newPadsBody, padMoveBody, pinBody, revisionQuery } from './contract.ts';
import {
  boardAnswer,
  boardParams,
  changeAccess,
  changedMeanwhile,
  keysOnly,
  notYours,
  unknownBoard,
  whichOf,
  whoOf,
} from './routes.ts';

const padParams = z.object({ id: z.string(), sound_id: z.string() });
const keyParams = z.object({
  id: z.string(),
  key: z.coerce.number().int().min(boardLimits.keyMin).max(boardLimits.keyMax),
});

/** Guests pin keys of their own. */
const keyAccess = { role: 'guest', scope: 'library' } as const;
const unknownPad = { status: 404, code: 'unknown_pad' } as const;
const unknownSound = { status: 404, code: 'unknown_sound' } as const;

/** What stands on a board, and what its keys play. */
export const padRoutes = (boards: Boards): Route[] => [
  route({
    method: 'POST',
    path: '/boards/{id}/pads',
    summary: 'Put sounds on the board: at the end, or before a pad',
    access: changeAccess,
    params: boardParams,
    query: revisionQuery,
    body: newPadsBody,
    answers: boardAnswer,
    problems: [
      unknownBoard,
      unknownPad,
      unknownSound,
      notYours,
      changedMeanwhile,
      keysOnly,
      { status: 409, code: 'board_full' },
    ],
    async handle({ command, identity, params, query, body }) {
      const which = whichOf(params, query);
      const changed = await boards.add(command, whoOf(identity), which, body);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/boards/{id}/pads/{sound_id}',
    summary: 'Take a pad off the board',
    access: changeAccess,
    params: padParams,
    query: revisionQuery,
    answers: boardAnswer,
    problems: [unknownBoard, unknownPad, notYours, changedMeanwhile],
    async handle({ command, identity, params, query }) {
      const which = whichOf(params, query);
      const changed = await boards.take(command, whoOf(identity), which, params.sound_id);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
  route({
    method: 'POST',
    path: '/boards/{id}/pads/{sound_id}/move',
    summary: 'Put a pad before another one, or last',
    access: changeAccess,
    params: padParams,
    query: revisionQuery,
    body: padMoveBody,
    answers: boardAnswer,
    problems: [unknownBoard, unknownPad, notYours, changedMeanwhile],
    async handle({ command, identity, params, query, body }) {
      const move = { sound_id: params.sound_id, before: body.before };
      const changed = await boards.move(command, whoOf(identity), whichOf(params, query), move);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
  route({
    method: 'PUT',
    path: '/boards/{id}/keys/{key}',
    summary: 'Pin a sound to a key from 1 to 9; it leaves the key that it had',
    access: keyAccess,
    params: keyParams,
    query: revisionQuery,
    body: pinBody,
    answers: boardAnswer,
    problems: [unknownBoard, unknownPad, unknownSound, notYours, changedMeanwhile],
    async handle({ command, identity, params, query, body }) {
      const pin = { key: params.key, sound_id: body.sound_id };
      const changed = await boards.pin(command, whoOf(identity), whichOf(params, query), pin);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/boards/{id}/keys/{key}',
    summary: 'Pin nothing to a key any more',
    access: keyAccess,
    params: keyParams,
    query: revisionQuery,
    answers: boardAnswer,
    problems: [unknownBoard, notYours, changedMeanwhile],
    async handle({ command, identity, params, query }) {
      const which = whichOf(params, query);
      const changed = await boards.unpin(command, whoOf(identity), which, params.key);
      return { status: 200, body: changed.board, position: changed.position };
    },
  }),
];
