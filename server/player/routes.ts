import { z } from 'zod';
import type { Outcome } from '../kernel/command-bus.ts';
import { route, type Identity, type Route, type RouteReply } from '../kernel/door.ts';
import { invalidField, ProblemError, type Problem } from '../kernel/problem.ts';
import {
  modeBody,
  playIndex,
  playerState,
  playerSummary,
  seekBody,
  volumeBody,
} from './contract.ts';
import type { Asked, Jukebox } from './jukebox.ts';
import type { Summaries } from './summary.ts';

/** Without the entries of the list, which may be all sounds of the house. */
const stateQuery = z.object({ tracks: z.enum(['true', 'false']).optional() });

export const readAccess = { role: 'guest', scope: 'read' } as const;
export const controlAccess = { role: 'user', scope: 'player' } as const;

/** The result of a command, or its refusal as the answer. */
export const resultOf = <T>(outcome: Outcome<T, Problem>): { result: T; position: number } => {
  if (!outcome.ok) throw new ProblemError(outcome.reason);
  return { result: outcome.result, position: outcome.position };
};

export const askedOf = (request: {
  identity: Identity | null;
  command: Asked['command'];
}): Asked => {
  if (!request.identity) throw new Error('this route has an identity');
  return { identity: request.identity, command: request.command };
};

const noPlayer = { status: 503, code: 'player_unavailable' } as const;
const nothingToPlay = { status: 409, code: 'nothing_to_play' } as const;
const quietHours = { status: 409, code: 'quiet_hours' } as const;
const nothingPlaying = { status: 409, code: 'nothing_playing' } as const;

/** The jukebox by HTTP; its queue is in `queue-routes.ts`. */
export const playerRoutes = (jukebox: Jukebox, summaries: Summaries): Route[] => {
  const answers = { 200: { description: 'How the player stands then', schema: playerSummary } };
  const answer = async (outcome: Promise<Outcome<unknown, Problem>>): Promise<RouteReply> => {
    const { position } = resultOf(await outcome);
    return { status: 200, body: summaries.summary(), position };
  };
  const plain = (
    action: 'pause' | 'resume' | 'stop' | 'next' | 'previous',
    summary: string,
    problems: Route['problems'] = [],
  ) =>
    route({
      method: 'POST',
      path: `/player/${action}`,
      summary,
      access: controlAccess,
      answers,
      problems,
      handle: (request) => answer(jukebox[action](askedOf(request))),
    });

  return [
    route({
      method: 'GET',
      path: '/player/state',
      summary: 'What plays, where, and what is loaded',
      access: readAccess,
      query: stateQuery,
      answers: { 200: { description: 'The state', schema: z.union([playerState, playerSummary]) } },
      handle: ({ query: { tracks } }) => ({
        status: 200,
        body: tracks === 'false' ? summaries.summary() : summaries.full(),
      }),
    }),
    route({
      method: 'POST',
      path: '/player/play',
      summary: 'Play, or go on after a pause',
      access: controlAccess,
      answers,
      problems: [nothingToPlay, quietHours, noPlayer],
      handle: (request) => answer(jukebox.play(askedOf(request), null)),
    }),
    route({
      method: 'POST',
      path: '/player/play/{index}',
      summary: 'Play the entry at this place of the list, counted from 0',
      access: controlAccess,
      params: z.object({ index: z.string() }),
      answers,
      problems: [
        quietHours,
        noPlayer,
        { status: 422, code: 'index_out_of_range' },
        { status: 422, code: 'invalid_fields' },
      ],
      handle(request) {
        const index = playIndex.safeParse(request.params.index);
        if (index.success) return answer(jukebox.play(askedOf(request), index.data));
        throw invalidField('index', 'The index is a whole number from 0 on.');
      },
    }),
    plain('pause', 'Pause; the place in the track is kept'),
    plain('resume', 'Go on after a pause', [nothingPlaying, quietHours, noPlayer]),
    plain('stop', 'Stop the music; the board is not touched'),
    plain('next', 'The next track', [nothingToPlay, quietHours, noPlayer]),
    plain('previous', 'The beginning of the track, or the one before within its first 3 seconds', [
      { status: 409, code: 'no_previous_track' },
      quietHours,
      noPlayer,
    ]),
    route({
      method: 'POST',
      path: '/player/seek',
      summary: 'Another place in the track',
      access: controlAccess,
      body: seekBody,
      answers,
      problems: [nothingPlaying, { status: 422, code: 'seek_beyond_end' }],
      handle: (request) => answer(jukebox.seek(askedOf(request), request.body.position_ms)),
    }),
    route({
      method: 'POST',
      path: '/player/volume',
      summary: 'Volume of the music, 0 to 100; gain is (volume / 100)³',
      access: controlAccess,
      body: volumeBody,
      answers,
      handle: (request) => answer(jukebox.setVolume(askedOf(request), request.body.volume)),
    }),
    route({
      method: 'POST',
      path: '/player/mode',
      summary: 'What follows a track',
      access: controlAccess,
      body: modeBody,
      answers,
      handle: (request) => answer(jukebox.setMode(askedOf(request), request.body.mode)),
    }),
    route({
      method: 'POST',
      path: '/player/playlist/{playlist_id}',
      summary: 'Load a playlist: stops at its first track; the loaded one is followed to its place',
      access: controlAccess,
      params: z.object({ playlist_id: z.string() }),
      answers,
      problems: [{ status: 404, code: 'unknown_playlist' }],
      handle: (request) =>
        answer(jukebox.loadPlaylist(askedOf(request), request.params.playlist_id)),
    }),
    route({
      method: 'POST',
      path: '/player/reload-playlist',
      summary: 'Take the loaded playlist as it is now',
      access: controlAccess,
      answers,
      problems: [{ status: 409, code: 'no_playlist' }],
      handle: (request) => answer(jukebox.reloadPlaylist(askedOf(request), true)),
    }),
  ];
};
