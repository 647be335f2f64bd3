import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Authenticator, Identity } from '../../kernel/door.ts';
import type { Problem } from '../../kernel/problem.ts';
import { bearerToken } from '../door/bearer-token.ts';
import { isOwnOrigin, type OriginSettings } from '../door/origin.ts';
import { rawProblemResponse } from '../http/problem-reply.ts';

export const socketPath = '/api/v1/socket';

export type Admitted = { readonly identity: Identity; readonly after: number | undefined };

/** Before there is a WebSocket the answer is plain HTTP. */
export const refuseUpgrade = (socket: Duplex, problem: Problem, requestId: string): void => {
  socket.end(rawProblemResponse(problem, requestId));
};

export const malformedHandshake = (detail: string): Problem => ({
  status: 400,
  code: 'malformed',
  title: 'Malformed request',
  detail,
});

export const otherSite: Problem = {
  status: 403,
  code: 'cross_site',
  title: 'Request from another site',
  detail: 'This page belongs to another site.',
};

export const tooManyConnections = (connectionsMax: number): Problem => ({
  status: 503,
  code: 'too_many_connections',
  title: 'Too many connections',
  detail: `At most ${connectionsMax} connections.`,
});

const elsewhere: Problem = {
  status: 404,
  code: 'not_found',
  title: 'Not found',
  detail: `The WebSocket feed is at ${socketPath}.`,
};

const signInNeeded: Problem = {
  status: 401,
  code: 'sign_in_needed',
  title: 'Sign in needed',
  detail:
    'Sign in, or send "Authorization: Bearer" with an API token; where that header cannot be set, the protocols "bearer" and the token.',
};

const cookieOf = (request: IncomingMessage, name: string): string | undefined => {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
};

/** Browsers cannot send Authorization here, so that the token rides in the protocol list. */
const tokenOf = (request: IncomingMessage, cookie: string): string | undefined => {
  const { authorization = '', 'sec-websocket-protocol': offered = '' } = request.headers;
  const [scheme, token] = offered.split(',').map((part) => part.trim());
  if (scheme === 'bearer') return token;
  if (authorization === '') return cookieOf(request, cookie);
  return bearerToken(authorization);
};

export const targetOf = (request: IncomingMessage): URL | undefined => {
  const url = request.url ?? '';
  return URL.canParse(url, 'http://socket') ? new URL(url, 'http://socket') : undefined;
};

/** Who wants in, and from which position on; or why not. */
export const admit = async (
  request: IncomingMessage,
  authenticator: Authenticator,
  settings: OriginSettings,
): Promise<Admitted | Problem> => {
  const target = targetOf(request);
  if (target?.pathname.replace(/\/$/, '') !== socketPath) return elsewhere;
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, request.headers, settings)) {
    return otherSite;
  }
  const after = target.searchParams.get('after');
  if (after !== null && !/^\d{1,15}$/.test(after)) {
    return malformedHandshake('"after" is the last seen position: a whole number from 0 on.');
  }
  const token = tokenOf(request, authenticator.accessCookie);
  const identity = token ? await authenticator.byToken(token) : null;
  if (!identity) return signInNeeded;
  return { identity, after: after === null ? undefined : Number(after) };
};
