import { ProblemError, type Problem } from '../kernel/problem.ts';

export const scanCancelled: Problem = {
  status: 409,
  code: 'scan_cancelled',
  title: 'Scan cancelled',
  detail: 'The scan was cancelled. What it had found until then stays; scan again for the rest.',
};

export const noScanRunning: Problem = {
  status: 409,
  code: 'no_scan_running',
  title: 'No scan is running',
  detail: 'There is nothing to cancel: no scan is running.',
};

export const soundUnknown = () =>
  new ProblemError({
    status: 404,
    code: 'unknown_sound',
    title: 'Unknown sound',
    detail: 'There is no such sound.',
  });

export const notYourSound = () =>
  new ProblemError({
    status: 403,
    code: 'not_your_sound',
    title: 'Not your sound',
    detail: 'Only who added a sound, or an admin, may change it.',
  });

export const soundPurged = () =>
  new ProblemError({
    status: 409,
    code: 'sound_purged',
    title: 'Deleted for good',
    detail:
      'The file was in the trash for too long and is deleted. Add the file again and its history comes back with it.',
  });

export const trimBeyondEnd = (duration_ms: number) =>
  new ProblemError({
    status: 422,
    code: 'invalid_fields',
    title: 'Invalid fields',
    detail: `The sound is ${duration_ms} ms long: it cannot be cut after its end.`,
    errors: [{ path: 'trim.end_ms', message: `at most ${duration_ms}` }],
  });
