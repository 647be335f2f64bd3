import { hash as argon2, verify as argon2Verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { createGate } from './secrets.ts';

/** `memoryCost` in KiB, `timeCost` in passes, `parallelism` in lanes. */
export type PasswordCost = {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
};

/** argon2id as OWASP advises: 19 MiB, two passes, one lane. */
const advisedCost: PasswordCost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Password hashes at one time: each takes 19 MiB and a core. */
const hashesAtOnceMax = 2;
/** Some seconds' work on a small box: who waits longer has given up. */
const hashesWaitingMax = 128;

export type Passwords = {
  /** In PHC string format, its cost included. */
  hash(password: string): Promise<string>;
  /** Takes the same time for an account that does not exist (`stored` undefined). */
  check(stored: string | null | undefined, password: string): Promise<boolean>;
};

export const createPasswords = (cost = advisedCost): Passwords => {
  const gate = createGate(hashesAtOnceMax, hashesWaitingMax);
  const hash = (password: string) => gate(() => argon2(password, cost));
  let nobodysHash: Promise<string> | undefined;
  /** Made once, and anew where the gate was full. */
  const nobodys = (): Promise<string> => {
    nobodysHash ??= hash(randomBytes(16).toString('hex')).catch((error: unknown) => {
      nobodysHash = undefined;
      throw error;
    });
    return nobodysHash;
  };
  return {
    hash,
    async check(stored, password) {
      // Made whoever asks, so that the first unknown name takes no longer than the next.
      const nobody = nobodys();
      nobody.catch(() => undefined);
      const known = stored ?? (await nobody);
      const right = await gate(() => argon2Verify(known, password));
      return right && typeof stored === 'string';
    },
  };
};
