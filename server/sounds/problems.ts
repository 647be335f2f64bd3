import { ProblemError } from '../kernel/problem.ts';

export const soundUnknown = () =>
  new ProblemError({
    status: 404,
    code: 'unknown_sound',
    title: 'Unknown sound',
    detail: 'There is no such sound.',
  });
