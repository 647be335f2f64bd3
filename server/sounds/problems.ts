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
