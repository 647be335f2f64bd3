import { createHmac, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { tooBusy } from './problems.ts';

export const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');

export const sameBytes = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** Lets in so many at once; so many more may wait, and the rest is told to come later. */
export const createGate = (atOnceMax: number, waitingMax: number) => {
  let free = atOnceMax;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else if (waiting.length >= waitingMax) throw tooBusy();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
};

const tokenPrefix = 'enc_';
const checksum = (body: string): string => crc32(body).toString(16).padStart(8, '0');

/** `enc_` + 256 random bits + checksum, so that scanners of leaked secrets can tell one. */
export const makeApiToken = (): string => {
  const body = randomBytes(32).toString('base64url');
  return `${tokenPrefix}${body}${checksum(body)}`;
};

/** Whether a text can be an API token at all; spares the database a look-up for each JWT. */
export const isApiToken = (text: string): boolean => {
  if (!text.startsWith(tokenPrefix)) return false;
  const body = text.slice(tokenPrefix.length, -8);
  return body.length === 43 && text.endsWith(checksum(body));
};

/** `<session id>.<256 random bits>`: names its family, so that reuse of an old one can end it. */
export const makeRefreshToken = (sessionId: string): string =>
  `${sessionId}.${randomBytes(32).toString('base64url')}`;

/**
 * The token after this one, always the same: windows that refresh at once, and one whose answer was
 * lost, all end with the one that the box knows.
 */
export const nextRefreshToken = (sessionId: string, token: string, secret: string): string =>
  `${sessionId}.${createHmac('sha256', secret).update(`refresh:${token}`).digest('base64url')}`;

/** 128 random bits that go well into a link. */
export const makeInviteCode = (): string => randomBytes(16).toString('base64url');

/** Letters and digits that nobody mixes up when reading them from a log. */
const codeLetters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

const groupOfLetters = (): string =>
  Array.from({ length: 4 }, () => codeLetters[randomInt(codeLetters.length)]).join('');

/** Eight letters in two groups: 39 bits, and guesses are slowed down. */
export const makeSetupCode = (): string => `${groupOfLetters()}-${groupOfLetters()}`;

/** Sixteen letters in four groups: 79 bits that can be read out over the phone. */
export const makePassword = (): string => Array.from({ length: 4 }, groupOfLetters).join('-');

const bareCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

export const sameCode = (a: string, b: string): boolean =>
  sameBytes(sha256(bareCode(a)), sha256(bareCode(b)));
