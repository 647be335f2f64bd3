import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Authenticator, Identity } from '../../kernel/door.ts';
import { isOwnOrigin, type OriginSettings } from '../door/origin.ts';

export const socketPath = '/api/v1/socket';

export type Refusal = { readonly status: number; readonly text: string };
export type Admitted = { readonly identity: Identity; readonly after: number | undefined };

/** Before there is a WebSocket the answer is plain HTTP. */
export const refuseUpgrade = (socket: Duplex, { status, text }: Refusal): void => {
  const body = `${text}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
      '',
      body,
    ].join('\r\n'),
  );
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
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
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
): Promise<Admitted | Refusal> => {
  const target = targetOf(request);
  if (target?.pathname.replace(/\/$/, '') !== socketPath) {
    return { status: 404, text: `The WebSocket feed is at ${socketPath}.` };
  }
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, request.headers, settings)) {
    return { status: 403, text: 'This page belongs to another site.' };
  }
  const after = target.searchParams.get('after');
  if (after !== null && !/^\d{1,15}$/.test(after)) {
    return { status: 400, text: '"after" is the last seen position: a whole number from 0 on.' };
  }
  const token = tokenOf(request, authenticator.accessCookie);
  const identity = token ? await authenticator.byToken(token) : null;
  if (!identity)
    return { status: 401, text: 'Sign in, or send the protocols "bearer" and an API token.' };
  return { identity, after: after === null ? undefined : Number(after) };
};
