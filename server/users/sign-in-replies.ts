import type { Cookie, Identity, RouteReply, RouteRequest } from '../kernel/door.ts';
import { accessTokenSeconds } from './access-tokens.ts';
import { accessCookie } from './authenticator.ts';
import { knownDeviceMs, type KnownDevices } from './known-devices.ts';
import { noSuchSession } from './problems.ts';
import { refreshTokenMs, type SignedInWithCookies, type Visitor } from './sessions.ts';

export const refreshCookie = 'encore_refresh';
const deviceCookie = 'encore_device';
/** Sent to sign-in routes alone, so that no other request carries it. */
export const signInPath = '/api/v1/auth';

const cookiePair = (access: string, refresh: string): Cookie[] => [
  { name: accessCookie, value: access, path: '/', maxAgeMs: accessTokenSeconds * 1000 },
  { name: refreshCookie, value: refresh, path: signInPath, maxAgeMs: refreshTokenMs },
];

export const signInCookies = (signedIn: SignedInWithCookies): Cookie[] => {
  const { answer, refreshToken, deviceToken } = signedIn;
  const pair = cookiePair(answer.access_token, refreshToken);
  if (deviceToken === undefined) return pair;
  return [
    ...pair,
    { name: deviceCookie, value: deviceToken, path: signInPath, maxAgeMs: knownDeviceMs },
  ];
};

export const signOutCookies = (): Cookie[] =>
  cookiePair('', '').map((cookie) => ({ ...cookie, maxAgeMs: 0 }));

export const signedInReply = (status: number, signedIn: SignedInWithCookies): RouteReply => ({
  status,
  body: signedIn.answer,
  cookies: signInCookies(signedIn),
  position: signedIn.position,
});

type AnyRequest = RouteRequest<unknown, unknown, unknown>;

export const createVisitorOf =
  (knownDevices: KnownDevices) =>
  async ({
    address,
    header,
    cookie,
  }: Pick<AnyRequest, 'address' | 'header' | 'cookie'>): Promise<Visitor> => ({
    address,
    userAgent: header('User-Agent'),
    device: await knownDevices.read(cookie(deviceCookie)),
  });
export type VisitorOf = ReturnType<typeof createVisitorOf>;

/** The user id; on routes that are not for nobody there is one. */
export const actorOf = (identity: Identity | null): string => {
  if (!identity) throw noSuchSession();
  return identity.actor;
};
