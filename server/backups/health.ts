import type { HealthPart } from '../kernel/module.ts';
import { backupLimits } from './due.ts';

const dayMs = 24 * 60 * 60 * 1000;

const ago = (ms: number): string => {
  const days = Math.floor(ms / dayMs);
  if (days > 1) return `${days} days ago`;
  return days === 1 ? 'a day ago' : 'less than a day ago';
};

/** Everybody may read it, so that neither folders nor reasons are in it. */
export const backupHealth = (facts: {
  readonly now: number;
  /** One is taken each night. */
  readonly nightly: boolean;
  readonly beganAt: number | null;
  readonly lastGoodAt: number | null;
  readonly hasFailed: boolean;
}): HealthPart => {
  const { now, nightly, lastGoodAt, hasFailed } = facts;
  const last =
    lastGoodAt === null
      ? 'there is no good one yet'
      : `the last good one is from ${ago(now - lastGoodAt)}`;
  if (hasFailed) return { state: 'degraded', detail: `the last backup failed; ${last}` };
  if (!nightly && lastGoodAt === null)
    return { state: 'ok', detail: 'no backups are taken: BACKUP_AT is off' };
  const since = lastGoodAt ?? facts.beganAt ?? now;
  const isOld = now - since > backupLimits.ageMsMax;
  if (lastGoodAt === null && !isOld)
    return { state: 'ok', detail: 'the first backup is taken tonight' };
  return { state: isOld ? 'degraded' : 'ok', detail: last };
};
