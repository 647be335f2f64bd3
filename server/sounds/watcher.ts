import type { Logger } from '../kernel/logger.ts';
import { isSkippedName } from './library-walk.ts';

export const watcherLimits = {
  /** So long must nothing have changed: a copy under way changes its file all the time. */
  quietMs: 1500,
  /** A folder in which somebody writes without a pause is looked at all the same. */
  waitMsMax: 30_000,
  /** For what the system does not tell of: network shares, and folders beyond its limits. */
  periodMs: 10 * 60_000,
  /** Changes looked at one by one; with more, something of interest is among them. */
  touchedMax: 200,
} as const;

export type WatcherPorts = {
  /** Resolves when no scan runs. */
  readonly idle: () => Promise<void>;
  readonly scan: () => Promise<void>;
  /** Whether what lies at this path is other than the library has it on record. */
  readonly isNews: (path: string) => Promise<boolean>;
  readonly logger: Logger;
  readonly limits?: Partial<Record<keyof typeof watcherLimits, number>>;
};

/**
 * Turns what is heard of the folders into scans: one when it has become quiet, however much there
 * was, and one from time to time.
 */
export const createWatcher = ({ idle, scan, isNews, logger, ...ports }: WatcherPorts) => {
  const limits = { ...watcherLimits, ...ports.limits };
  const touched = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  let period: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let started = false;

  const armPeriod = () => {
    if (!started || period) return;
    period = setTimeout(() => {
      period = undefined;
      look(true);
    }, limits.periodMs).unref();
  };

  const scanOnce = async () => {
    clearTimeout(period);
    period = undefined;
    try {
      await scan();
    } catch (error) {
      logger.warn({ err: error }, 'a scan of changed folders failed; the next one tries again');
    }
  };

  const anyNews = async (paths: readonly string[]): Promise<boolean> => {
    if (paths.length >= limits.touchedMax) return true;
    try {
      for (const path of paths) if (await isNews(path)) return true;
      return false;
    } catch (error) {
      logger.warn({ err: error }, 'a changed file could not be looked at; a scan does');
      return true;
    }
  };

  const lookNow = async (regardless: boolean) => {
    // A scan under way may be past the folder: what is heard meanwhile is for the one after it.
    await idle();
    const paths = [...touched];
    touched.clear();
    if (started && (regardless || (await anyNews(paths)))) await scanOnce();
  };

  const look = (regardless: boolean) => {
    clearTimeout(quiet);
    clearTimeout(latest);
    latest = undefined;
    if (looking) return;
    looking = lookNow(regardless).finally(() => {
      looking = undefined;
      // The period may have ended while this look waited, and found it busy.
      armPeriod();
      if (touched.size > 0) wait();
    });
  };

  const wait = () => {
    if (!started) return;
    clearTimeout(quiet);
    quiet = setTimeout(() => look(false), limits.quietMs).unref();
    latest ??= setTimeout(() => look(false), limits.waitMsMax).unref();
  };

  return {
    hear(path: string) {
      if (isSkippedName(path)) return;
      if (touched.size < limits.touchedMax) touched.add(path);
      wait();
    },
    /** What was heard before is dealt with now. */
    start() {
      started = true;
      armPeriod();
      if (touched.size > 0) wait();
    },
    async stop() {
      started = false;
      for (const timer of [quiet, latest, period]) clearTimeout(timer);
      await looking;
    },
  };
};
