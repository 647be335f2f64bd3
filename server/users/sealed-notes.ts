import { EncryptJWT, jwtDecrypt } from 'jose';
import type { z } from 'zod';
import { sha256 } from './secrets.ts';

export const noteMs = 10 * 60 * 1000;

/** Notes that a browser keeps for us between two requests: it can neither read nor change them. */
export type SealedNotes = {
  seal(purpose: string, note: Record<string, unknown>, nowMs: number): Promise<string>;
  /** Null for what is not ours, is for another purpose, or is too old. */
  open<S extends z.ZodType>(
    purpose: string,
    schema: S,
    sealed: string | undefined,
    nowMs: number,
  ): Promise<z.output<S> | null>;
};

export const createSealedNotes = (secret: string): SealedNotes => {
  const key = new Uint8Array(sha256(`sealed notes ${secret}`));
  return {
    seal: (purpose, note, nowMs) =>
      new EncryptJWT({ note })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setExpirationTime(Math.floor((nowMs + noteMs) / 1000))
        .encrypt(key),
    async open(purpose, schema, sealed, nowMs) {
      if (sealed === undefined) return null;
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          audience: purpose,
          currentDate: new Date(nowMs),
          requiredClaims: ['exp'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return schema.parse(payload['note']);
      } catch {
        return null;
      }
    },
  };
};
