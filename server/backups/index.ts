import type { FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import type { BackupMaker } from './backup-maker.ts';
import { createBackupRuns } from './backup-runs.ts';
import type { BackupsState } from './contract.ts';
import { isBackupDue, type DailyTime } from './due.ts';
import { backupUpcasters } from './events.ts';
import { backupHealth } from './health.ts';
import { backupMetrics } from './metrics.ts';
import { backupsProjection } from './projection.ts';
import { createBackupQueries } from './queries.ts';
import { backupRoutes } from './routes.ts';

export { backupsDecider } from './decider.ts';
export { backupLimits } from './due.ts';
export { createBackupQueries } from './queries.ts';

export type BackupsPorts = {
  readonly backups: {
    readonly maker: BackupMaker;
    /** Null: none is taken unless somebody asks. */
    readonly dailyAt: DailyTime | null;
  };
};

const lookEveryMs = 60_000;
const nightly = { actor: 'system', origin: 'schedule' } as const;

const feed: FeedMap = Object.fromEntries(
  ['BackupCompleted', 'BackupFailed'].map((type) => [
    type,
    () => ({
      type: 'backups_changed',
      data: {},
      audience: ({ role }: { role: string }) => role === 'admin',
    }),
  ]),
);

const clockWord = ({ hour, minute }: DailyTime): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** Copies of the whole house, proved, one a night and whenever somebody wants one. */
export const backups: Module<BackupsPorts> = {
  name: 'backups',
  upcasters: backupUpcasters,
  projections: [backupsProjection],
  setup(kernel, { backups: { maker, dailyAt } }) {
    const { clock } = kernel;
    const queries = createBackupQueries(kernel.storage);
    const runs = createBackupRuns(kernel, { maker, queries });
    let timer: NodeJS.Timeout | undefined;

    const state = (): BackupsState => {
      const [last] = queries.failures();
      return {
        folder: maker.folder,
        daily_at: dailyAt && clockWord(dailyAt),
        running: runs.running(),
        last_failure: last
          ? { at: new Date(last.failed_at).toISOString(), code: last.code, reason: last.reason }
          : null,
        items: queries.list(maker.folder),
      };
    };

    const look = () => {
      const facts = {
        now: clock.now(),
        beganAt: queries.beganAt(),
        lastGoodAt: queries.lastGoodAt(),
        failedAt: queries.failures().map(({ failed_at }) => failed_at),
      };
      if (dailyAt && isBackupDue({ ...facts, at: dailyAt })) runs.begin(nightly);
    };

    return {
      routes: backupRoutes({ state, runs }),
      feed,
      metrics: backupMetrics(queries),
      health: () => ({
        backups: backupHealth({
          now: clock.now(),
          nightly: dailyAt !== null,
          beganAt: queries.beganAt(),
          lastGoodAt: queries.lastGoodAt(),
          hasFailed: queries.failures().length > 0,
        }),
      }),
      start() {
        // Not at once: a box that has just come up has other things to do.
        timer = setInterval(look, lookEveryMs);
      },
      async stop() {
        clearInterval(timer);
        await runs.stop();
      },
    };
  },
};
