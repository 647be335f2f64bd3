import type { Kernel } from '../kernel/kernel.ts';
import type { SoundIntake } from '../sounds/index.ts';
import type { SpeechQueries } from './queries.ts';

const dayMs = 24 * 60 * 60_000;

export const sweepLimits = {
  /** So long must a phrase not have been played. */
  unheardMs: 30 * dayMs,
  everyMs: dayMs,
  /** Removed in one transaction: the writer is not kept from presses. */
  atOnceMax: 100,
} as const;

/**
 * Whoever has ever-changing text said would fill the library: what was only said, and nobody keeps,
 * goes to the trash. Said again, it is spoken anew and stays.
 */
export const createSweep = (
  kernel: Kernel,
  { queries, intake }: { queries: SpeechQueries; intake: Pick<SoundIntake, 'discard'> },
) => {
  const { clock, logger } = kernel;
  const { unheardMs, everyMs, atOnceMax } = sweepLimits;
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  let underWay = Promise.resolve();

  const sweep = async (): Promise<void> => {
    try {
      const before = clock.now() - unheardMs;
      let sounds = 0;
      let removed: number;
      do {
        removed = await intake.discard(() => queries.unheardSince(before, atOnceMax));
        sounds += removed;
      } while (removed === atOnceMax && !stopping.signal.aborted);
      if (sounds > 0) logger.info({ sounds }, 'phrases that nobody keeps went to the trash');
    } catch (error) {
      logger.error({ err: error }, 'old phrases could not be removed; it is tried again tomorrow');
    }
  };
  const begin = () => void (underWay = sweep());

  return {
    /** Removes what is due; a fault is logged. */
    sweep,
    start(): void {
      begin();
      timer = setInterval(begin, everyMs).unref();
    },
    async stop(): Promise<void> {
      stopping.abort();
      clearInterval(timer);
      await underWay;
    },
  };
};
