import { expect, it } from 'vitest';
import { isBackupDue } from './due.ts';

const local = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();
const at = { hour: 3, minute: 30 };
const house = { at, beganAt: local(1, 12), lastGoodAt: local(22, 3, 31), failedAt: [] };

it('is due once its time has come, and not before', () => {
  expect(isBackupDue({ ...house, now: local(23, 3, 29) })).toBe(false);
  expect(isBackupDue({ ...house, now: local(23, 3, 30) })).toBe(true);
  expect(isBackupDue({ ...house, now: local(23, 3, 40), lastGoodAt: local(23, 3, 31) })).toBe(
    false,
  );
});

it('catches up with a night that the box slept through', () => {
  expect(isBackupDue({ ...house, now: local(23, 19) })).toBe(true);
});

it('lets a new house wait for its first night', () => {
  const young = { ...house, beganAt: local(23, 10), lastGoodAt: null };
  expect(isBackupDue({ ...young, now: local(23, 11) })).toBe(false);
  expect(isBackupDue({ ...young, now: local(24, 3, 30) })).toBe(true);
  expect(isBackupDue({ ...young, beganAt: null, now: local(24, 3, 30) })).toBe(false);
});

it("takes a person's own backup of that evening for the night's", () => {
  expect(isBackupDue({ ...house, now: local(23, 3, 30), lastGoodAt: local(22, 22) })).toBe(false);
});

it('tries again after an hour, three times a night', () => {
  const first = local(23, 3, 31);
  const failed = (now: number, ...failedAt: number[]) => isBackupDue({ ...house, now, failedAt });
  expect(failed(local(23, 4), first)).toBe(false);
  expect(failed(local(23, 4, 31), first)).toBe(true);
  expect(failed(local(23, 9), local(23, 5, 31), local(23, 4, 31), first)).toBe(false);
  expect(failed(local(24, 3, 30), local(23, 5, 31), local(23, 4, 31), first)).toBe(true);
});
