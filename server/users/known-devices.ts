import { jwtVerify, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';

/** Browsers keep no cookie for longer. */
export const knownDeviceMs = 400 * 24 * 60 * 60 * 1000;
/** Accounts that share a device, such as a family's tablet; the latest are kept. */
const accountsMax = 8;

const algorithm = 'HS256';
const issuer = 'encore';
const audience = 'encore-device';
const typ = 'device+jwt';

export type KnownDevice = { readonly id: string; readonly userIds: readonly string[] };

export type KnownDevices = {
  read(cookie: string | undefined): Promise<KnownDevice | null>;
  /** The cookie after a sign-in: the device knows this account from now on. */
  remember(device: KnownDevice | null, userId: string, nowMs: number): Promise<string>;
};

/** A signed note on a device about who has signed in there: it opens nothing by itself. */
export const createKnownDevices = (secret: string): KnownDevices => {
  const key = new TextEncoder().encode(secret);
  return {
    async read(cookie) {
      if (cookie === undefined) return null;
      try {
        const { payload } = await jwtVerify(cookie, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ,
        });
        const { jti, accounts } = payload as { jti?: unknown; accounts?: unknown };
        if (typeof jti !== 'string' || !Array.isArray(accounts)) return null;
        return { id: jti, userIds: accounts.filter((one) => typeof one === 'string') };
      } catch {
        return null; // Not ours: an unknown device.
      }
    },
    remember(device, userId, nowMs) {
      const others = (device?.userIds ?? []).filter((id) => id !== userId);
      return new SignJWT({ accounts: [userId, ...others].slice(0, accountsMax) })
        .setProtectedHeader({ alg: algorithm, typ })
        .setJti(device?.id ?? randomUUID())
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.floor(nowMs / 1000))
        .sign(key);
    },
  };
};
