import { beforeEach, describe, expect, it } from 'vitest';
import type { ProblemError } from '../kernel/problem.ts';
import { addressKey, createGuessLimit, testedPerHourMax, type GuessKey } from './guess-limit.ts';

let nowMs: number;
let limit: ReturnType<typeof createGuessLimit>;
beforeEach(() => {
  nowMs = 0;
  limit = createGuessLimit({ now: () => nowMs, monotonic: () => nowMs });
});

const mira: GuessKey = { kind: 'account', id: 'mira' };
/** Seconds to wait; 0 where the guess is tested. */
const guess = (...keys: GuessKey[]): number => {
  try {
    limit.attempt(keys);
    return 0;
  } catch (error) {
    return Number((error as ProblemError).problem.extra?.['retry_after_s']);
  }
};

describe('guessing', () => {
  it('is free five times, then waits double each time, a minute at most', () => {
    const waits: number[] = [];
    while (waits.length < 8) {
      const wait = guess(mira);
      if (wait > 0) waits.push(wait);
      nowMs += wait * 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('from ten thousand addresses is tested a hundred times an hour at most', () => {
    let tested = 0;
    for (let n = 0; n < 10_000; n++) {
      nowMs += 360;
      if (guess({ kind: 'address', id: `10.0.${n >> 8}.${n & 255}` }, mira) === 0) tested++;
    }
    expect(tested).toBeLessThanOrEqual(testedPerHourMax);
    expect(tested).toBeGreaterThan(50);
  });

  it('ten thousand times in an hour never keeps the owner waiting on a known device', () => {
    const phone: GuessKey = { kind: 'device', id: 'mira phone' };
    const waits: number[] = [];
    let tested = 0;
    for (let n = 0; n < 10_000; n++) {
      nowMs += 360;
      if (guess({ kind: 'address', id: `10.0.${n >> 8}.${n & 255}` }, mira) === 0) tested++;
      if (n % 500 !== 0) continue;
      waits.push(guess(phone));
      limit.right([phone]);
    }
    expect(waits).toEqual(waits.map(() => 0));
    expect(tested).toBeLessThanOrEqual(testedPerHourMax);
  });

  it('stays within the hundred while the owner signs in all the time', () => {
    let tested = 0;
    for (let second = 0; second < 3600; second++) {
      nowMs += 1000;
      if (second % 10 === 0 && guess(mira) === 0) limit.right([mira]);
      if (guess(mira) === 0) tested++;
    }
    expect(tested).toBeLessThanOrEqual(testedPerHourMax);
  });

  it('all at once counts each', () => {
    const tested = Array.from({ length: 1000 }, () => guess(mira)).filter((wait) => wait === 0);
    expect(tested).toHaveLength(5);
  });

  it('leaves a known device its own budget', () => {
    while (guess(mira) === 0);
    expect(guess({ kind: 'device', id: 'mira phone' })).toBe(0);
  });

  it('counts neither key where one has to wait', () => {
    const address = addressKey('10.0.0.1');
    while (guess(mira) === 0);
    for (let n = 0; n < 20; n++) guess(address, mira);
    expect(guess(address)).toBe(0);
  });

  it('is forgiven after a quiet hour', () => {
    while (guess(mira) === 0);
    nowMs += 60 * 60 * 1000 + 1;
    expect([guess(mira), guess(mira), guess(mira)]).toEqual([0, 0, 0]);
  });

  it('of names without end forgets none of the accounts', () => {
    while (guess(mira) === 0);
    for (let n = 0; n < 20_000; n++) guess({ kind: 'stranger', id: `name ${n}` });
    expect(guess(mira)).toBeGreaterThan(0);
  });
});

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8::7', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is counted as %s', (address, id) => {
    expect(addressKey(address)).toEqual({ kind: 'address', id });
  });
});
