import { z } from 'zod';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { moment, pageLimit, pageOf, positionCursor } from '../kernel/lists.ts';
import type { Outcome } from '../kernel/command-bus.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { Board } from './board.ts';
import { play, playAccepted } from './contract.ts';
import { playUnknown } from './problems.ts';
import type { PlayQueries } from './queries.ts';

const mayPlay = { role: 'guest', scope: 'play' } as const;
const mayRead = { role: 'guest', scope: 'read' } as const;

const unwrap = <T>(outcome: Outcome<T, Problem>): { body: T; position: number } => {
  if (!outcome.ok) throw new ProblemError(outcome.reason);
  return { body: outcome.result, position: outcome.position };
};

const playsQuery = z.object({
  user_id: z.string().optional(),
  sound_id: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: pageLimit,
  cursor: positionCursor.optional(),
});

export const boardRoutes = (ports: { board: Board; plays: PlayQueries }): Route[] => {
  const { board, plays } = ports;
  const identified = <R extends { identity: Identity | null }>(request: R) =>
    // The door lets nobody in without an identity: these routes ask for a role.
    request as R & { identity: Identity };

  return [
    route({
      method: 'POST',
      path: '/sounds/play/{id}',
      summary: 'Play a sound through the speaker',
      access: mayPlay,
      params: z.object({ id: z.string() }),
      answers: { 202: { description: 'Durable; the sound follows', schema: playAccepted } },
      problems: [
        { status: 404, code: 'unknown_sound' },
        { status: 409, code: 'sound_missing' },
        { status: 409, code: 'not_enough_credits' },
        { status: 409, code: 'quiet_hours' },
        { status: 429, code: 'cooling_down' },
        { status: 503, code: 'player_unavailable' },
      ],
      handle: async (request) => ({
        status: 202,
        ...unwrap(await board.playById(identified(request), request.params.id)),
      }),
    }),
    route({
      method: 'POST',
      path: '/sounds/stop',
      summary: 'Stop every voice, or one',
      access: mayPlay,
      query: z.object({
        fade_ms: z.coerce.number().min(0).max(10_000).default(0),
        play_id: z.string().optional(),
      }),
      answers: { 202: { description: 'Durable; silence follows', schema: z.object({}) } },
      handle: async (request) => ({
        status: 202,
        ...unwrap(
          await board.stop(identified(request), {
            fade_ms: request.query.fade_ms,
            play_id: request.query.play_id ?? null,
          }),
        ),
      }),
    }),
    route({
      method: 'GET',
      path: '/plays',
      summary: 'Play history, newest first',
      access: mayRead,
      query: playsQuery,
      answers: {
        200: {
          description: 'A page of plays',
          schema: pageOf(play),
        },
      },
      handle({ query: { cursor, user_id, sound_id, from, to, limit } }) {
        const filter = { user_id, sound_id, from, to, limit, before: cursor };
        return { status: 200, body: plays.list(filter) };
      },
    }),
    route({
      method: 'GET',
      path: '/plays/{id}',
      summary: 'One play: whether it sounded, and if not, why',
      access: mayRead,
      params: z.object({ id: z.string() }),
      answers: { 200: { description: 'The play', schema: play } },
      problems: [{ status: 404, code: 'unknown_play' }],
      handle({ params }) {
        const found = plays.find(params.id);
        if (!found) throw new ProblemError(playUnknown);
        return { status: 200, body: found };
      },
    }),
  ];
};
