import { expect, it } from 'vitest';
import { backupHealth } from './health.ts';

const now = Date.UTC(2026, 10, 23, 12);
const daysAgo = (days: number) => now - days * 24 * 60 * 60 * 1000;
const house = {
  now,
  nightly: true,
  beganAt: daysAgo(30),
  lastGoodAt: daysAgo(0.4),
  hasFailed: false,
};

it('is well while the last good one is young', () => {
  expect(backupHealth(house)).toEqual({
    state: 'ok',
    detail: 'the last good one is from less than a day ago',
  });
  expect(backupHealth({ ...house, lastGoodAt: daysAgo(1.5) }).state).toBe('ok');
});

it('needs a look once it is older than two days, whoever should have taken it', () => {
  const old = { ...house, lastGoodAt: daysAgo(3.2) };
  const detail = 'the last good one is from 3 days ago';
  expect(backupHealth(old)).toEqual({ state: 'degraded', detail });
  expect(backupHealth({ ...old, nightly: false })).toEqual({ state: 'degraded', detail });
});

it('needs a look after a failure', () => {
  expect(backupHealth({ ...house, hasFailed: true }).state).toBe('degraded');
});

it('lets a new house, and one that wants none, be', () => {
  const none = { ...house, lastGoodAt: null };
  expect(backupHealth({ ...none, beganAt: daysAgo(0.5) }).state).toBe('ok');
  expect(backupHealth(none)).toEqual({ state: 'degraded', detail: 'there is no good one yet' });
  expect(backupHealth({ ...none, nightly: false }).state).toBe('ok');
});
