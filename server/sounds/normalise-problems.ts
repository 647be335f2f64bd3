import type { Problem } from '../kernel/problem.ts';

export const alreadyNormalising: Problem = {
  status: 409,
  code: 'normalization_running',
  title: 'Already normalising',
  detail: 'Sounds are being normalised. Wait for the end, or cancel that first.',
};

export const notNormalising: Problem = {
  status: 409,
  code: 'normalization_not_running',
  title: 'Nothing to cancel',
  detail: 'No sounds are being normalised.',
};

export const neverNormalised: Problem = {
  status: 404,
  code: 'never_normalized',
  title: 'Never normalised',
  detail: 'No sounds were ever normalised: begin with POST /sounds/normalize/all.',
};

export const originalMissing: Problem = {
  status: 409,
  code: 'sound_missing',
  title: 'The file is gone',
  detail: 'The file of this sound is not in its folder any more. Put it back, or scan the library.',
};
