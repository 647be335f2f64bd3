import type { Cookie, Identity, RouteReply, RouteRequest } from '../kernel/door.ts';
import { accessTokenSeconds } from './access-tokens.ts';
import { accessCookie } from './authenticator.ts';
import { noSuchSession } from './problems.ts';
import { refreshTokenMs, type SignedInWithCookies, type Visitor } from './sessions.ts';

export const refreshCookie = 'encore_refresh';
/** Sent to sign-in routes alone, so that no other request carries it. */
const signInPath = '/api/v1/auth';

const cookiePair = (access: string, refresh: string): Cookie[] => [
  { name: accessCookie, value: access, path: '/', maxAgeMs: accessTokenSeconds * 1000 },
  { name: refreshCookie, value: refresh, path: signInPath, maxAgeMs: refreshTokenMs },
];

export const signInCookies = ({ answer, refreshToken }: SignedInWithCookies): Cookie[] =>
  cookiePair(answer.access_token, refreshToken);

export const signOutCookies = (): Cookie[] =>
  cookiePair('', '').map((cookie) => ({ ...cookie, maxAgeMs: 0 }));

export const signedInReply = (status: number, signedIn: SignedInWithCookies): RouteReply => ({
  status,
  body: signedIn.answer,
  cookies: signInCookies(signedIn),
  position: signedIn.position,
});

type AnyRequest = RouteRequest<unknown, unknown, unknown>;

export const visitorOf = ({
  address,
  header,
}: Pick<AnyRequest, 'address' | 'header'>): Visitor => ({
  address,
  userAgent: header('User-Agent'),
});

/** The user id; on routes that are not for nobody there is one. */
export const actorOf = (identity: Identity | null): string => {
  if (!identity) throw noSuchSession();
  return identity.actor;
};
