/** `HH:MM` in the house's own time zone. */
export type DailyTime = { readonly hour: number; readonly minute: number };

const hourMs = 60 * 60 * 1000;

export const backupLimits = {
  /** Somebody's own backup so shortly before the night's is as good. */
  freshMsMax: 6 * hourMs,
  /** A night's failed tries, so long apart: a share may come back. */
  triesMax: 3,
  retryMs: hourMs,
  /** Older, and a person should know. */
  ageMsMax: 48 * hourMs,
} as const;

/** The last moment at which one should have begun. */
const lastTurn = (now: number, { hour, minute }: DailyTime): number => {
  const today = new Date(now).setHours(hour, minute, 0, 0);
  if (today <= now) return today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return yesterday.setHours(hour, minute, 0, 0);
};

/** Whether the night's backup is to be begun now, catching up with what was slept through. */
export const isBackupDue = (facts: {
  readonly now: number;
  readonly at: DailyTime;
  readonly beganAt: number | null;
  readonly lastGoodAt: number | null;
  /** When each of the failures since then was, newest first. */
  readonly failedAt: readonly number[];
}): boolean => {
  const { now, lastGoodAt, failedAt } = facts;
  const turn = lastTurn(now, facts.at);
  // A new house waits for its first night.
  if (facts.beganAt === null || facts.beganAt >= turn) return false;
  if (lastGoodAt !== null && lastGoodAt >= turn - backupLimits.freshMsMax) return false;
  const tries = failedAt.filter((at) => at >= turn && at <= now);
  if (tries.length >= backupLimits.triesMax) return false;
  return tries.every((at) => now - at >= backupLimits.retryMs);
};
