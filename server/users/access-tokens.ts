import { jwtVerify, SignJWT } from 'jose';

export const accessTokenSeconds = 15 * 60;

const algorithm = 'HS256';
const issuer = 'encore';
const audience = 'encore';
const typ = 'at+jwt';

export type AccessClaims = { userId: string; sessionId: string };

export type AccessTokens = {
  sign(claims: AccessClaims, nowMs: number): Promise<string>;
  /** Null for anything that is not a valid access token of this box. */
  verify(token: string, nowMs: number): Promise<AccessClaims | null>;
};

/** Access JWTs: fixed algorithm, issuer, audience, type and expiry. `secret` is 32 bytes or more. */
export const createAccessTokens = (secret: string): AccessTokens => {
  const key = new TextEncoder().encode(secret);
  return {
    sign: ({ userId, sessionId }, nowMs) => {
      const now = Math.floor(nowMs / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm, typ })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + accessTokenSeconds)
        .sign(key);
    },
    async verify(token, nowMs) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ,
          currentDate: new Date(nowMs),
          requiredClaims: ['sub', 'exp'],
        });
        const { sub, sid } = payload as { sub: string; sid?: unknown };
        return typeof sid === 'string' ? { userId: sub, sessionId: sid } : null;
      } catch {
        return null; // Whatever is wrong with it, it is nobody's.
      }
    },
  };
};
