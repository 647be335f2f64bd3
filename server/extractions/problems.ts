import { unreachable } from '../kernel/decider.ts';
import { invalidField, ProblemError, type Problem } from '../kernel/problem.ts';
import { extractionLimits } from './contract.ts';
import type { ExtractionRefusal } from './decider.ts';

export const extractionUnknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'unknown_extraction',
    title: 'Unknown extraction',
    detail: 'There is no such extraction.',
  });

export const badUrl = (message: string): ProblemError => invalidField('url', message);

export const tooManyOpen: Problem = {
  status: 409,
  code: 'too_many_extractions',
  title: 'Enough is waiting',
  detail: `You have ${extractionLimits.openPerUserMax} extractions that wait or run. Wait for one of them, or cancel one.`,
};

export const notYours: Problem = {
  status: 403,
  code: 'not_allowed',
  title: 'Not allowed',
  detail: "Only admins see other people's extractions.",
};

const ended = {
  completed: 'This extraction is completed.',
  failed: 'This extraction has failed already.',
  cancelled: 'This extraction was cancelled already.',
  open: 'This extraction waits or runs: wait for its end, or cancel it first.',
} as const;

export const refusalProblem = (refusal: ExtractionRefusal): Problem => {
  switch (refusal.code) {
    case 'unknown_extraction':
      return extractionUnknown().problem;
    case 'not_to_be_retried':
      return {
        status: 409,
        code: refusal.code,
        title: 'Not to be retried',
        detail: ended[refusal.status],
      };
    case 'extraction_ended':
      return {
        status: 409,
        code: refusal.code,
        title: 'Already ended',
        detail: ended[refusal.status],
      };
    default:
      return unreachable(refusal);
  }
};
