import { expect, test } from 'vitest';
import { extractionLimits } from '../../server/extractions/contract.ts';
import { clipMomentMsMax, clipMsMin, cookiesBytesMax } from './limits.ts';

test('the limits told before are those of the server', () => {
  expect([clipMsMin, clipMomentMsMax, cookiesBytesMax]).toEqual([
    extractionLimits.clipMsMin,
    extractionLimits.clipStartMsMax,
    extractionLimits.cookiesBytesMax,
  ]);
});
