import type { z } from 'zod';
import { ProblemError, type Problem } from '../../kernel/problem.ts';
import { RepeatKeyReused } from '../../kernel/repeats.ts';
import { StorageUnavailable } from '../../kernel/storage.ts';
import { fieldFaults } from './field-faults.ts';

/** What a fault means to whoever knocked; undefined for what only the log may know. */
export const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof StorageUnavailable) {
    return {
      status: 503,
      code: 'storage_unavailable',
      title: 'Nothing can be stored at the moment',
      detail: 'The disk is full, failing or read-only. Nothing was kept; try again later.',
    };
  }
  if (error instanceof RepeatKeyReused) {
    return {
      status: 422,
      code: 'idempotency_key_reused',
      title: 'Key used before',
      detail: 'This key was used for a different command. Send a new key with a new command.',
    };
  }
  return undefined;
};

export const unexpectedFault: Problem = {
  status: 500,
  code: 'internal',
  title: 'Something went wrong in Encore',
  detail: 'This is a fault of Encore. The log knows more under this request id.',
};

/** One entry per bad field, as people and forms need it. */
export const invalidFields = (error: z.ZodError, where?: string): Problem => ({
  status: 422,
  code: 'invalid_fields',
  title: 'Invalid fields',
  detail: 'Some fields are missing or not as they should be; see errors.',
  errors: fieldFaults(error).map(({ path, message }) => ({
    path: [...(where ? [where] : []), ...path.map(String)].join('.'),
    message,
  })),
});

/** The same in one sentence, for doors without a list of errors. */
export const invalidFieldsSentence = (error: z.ZodError): string =>
  fieldFaults(error)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
