import { describe, expect, it } from 'vitest';
import type { Recorded } from '../kernel/event.ts';
import { chargeCheck } from './charge-check.ts';

type Told = readonly [type: string, data?: Record<string, unknown>];

const reserved: Told = ['CreditsReserved', { reservation_id: 'r1', action: 'tts' }];
const deducted: Told = ['CreditsDeducted', { reservation_id: 'r1' }];
const released: Told = ['CreditsReleased', { reservation_id: 'r1' }];
const made: Told = ['SpeechCompleted'];
const failed: Told = ['SpeechFailed'];

/** The first fault of a log of these events, from position 1. */
const faultIn = (...log: readonly Told[]) => {
  const check = chargeCheck('tts', ['SpeechCompleted', 'SpeechFailed'], () => ({ type }) => ({
    reservationId: 'r1',
    due: type === 'SpeechCompleted' ? 'paid' : 'free',
  }));
  const run = check.open(undefined as never);
  for (const [index, [type, data = {}]] of log.entries()) {
    const fault = run.see({ type, data, globalPosition: index + 1 } as unknown as Recorded);
    if (fault) return fault;
  }
  return run.end(log.length);
};

it.each([
  ['a purchase that was paid', [reserved, made, deducted]],
  ['one that came to nothing and was given back', [reserved, failed, released]],
  ['the two told in the other order', [reserved, deducted, made]],
  ['one that is still under way', [reserved]],
  ['one that ended again later, when it was settled', [reserved, made, deducted, failed]],
  ['one that cost nothing', [made]],
  [
    'a reservation for something else',
    [['CreditsReserved', { reservation_id: 'r1', action: 'play' }], deducted],
  ],
] satisfies [string, Told[]][])('%s holds', (_name, log) => {
  expect(faultIn(...log)).toBeUndefined();
});

describe('names the event after which it does not hold:', () => {
  it.each([
    ['paid, but came to nothing', [reserved, failed, deducted], 3, 'was paid, but came to nothing'],
    ['given back, but took place', [reserved, made, released], 3, 'took place, but was given back'],
    [
      'over, and not settled',
      [reserved, made, ['SpeechRequested']],
      2,
      'is over, but its credits are still reserved',
    ],
    ['settled without an end', [reserved, deducted], 2, 'was settled, but has no end'],
  ] satisfies [string, Told[], number, string][])('%s', (_name, log, position, words) => {
    expect(faultIn(...log)).toEqual({ position, fault: `the tts r1 ${words}` });
  });
});
