import type { HealthPart } from '../kernel/module.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MediaSource } from './media-source.ts';

const lookEveryMs = 15 * 60_000;
/** Python takes seconds of a small computer, which starts everything else just then. */
export const firstLookAfterMs = 60_000;
export const startAgainMs = 60_000;

/** Whether extractions work: looked at now and then, so that it can be told at once. */
export const createToolHealth = (
  source: Pick<MediaSource, 'isThere' | 'status'>,
  logger: Logger,
) => {
  let health: HealthPart = { state: 'ok', detail: 'yt-dlp is not looked at yet' };
  /** Why nothing can be extracted; null: it can. */
  let fault: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();
  let stopped = false;

  const look = async (): Promise<void> => {
    if (fault !== null) return;
    try {
      const { state, detail } = (await source.status()).yt_dlp;
      health = { state: state === 'missing' ? 'degraded' : 'ok', detail };
    } catch (error) {
      logger.warn({ err: error }, 'the state of yt-dlp is not known');
      health = { state: 'degraded', detail: 'the state of yt-dlp is not known; see the log' };
    }
  };

  const lookNowAndThen = (): void => {
    timer = setInterval(() => void look(), lookEveryMs).unref();
    void look();
  };

  const tryToStart = async (begin: () => Promise<void>): Promise<void> => {
    const isMended = fault !== null;
    try {
      await begin();
      fault = null;
    } catch (error) {
      logger.error({ err: error }, 'extractions do not work');
      fault = `extractions do not work (${(error as Error).message}); Encore tries again each minute`;
      health = { state: 'degraded', detail: fault };
      if (stopped) return;
      timer = setTimeout(() => {
        starting = tryToStart(begin);
      }, startAgainMs).unref();
      return;
    }
    if (stopped) return;
    // That there is none is known without a start of it.
    const isThere = await source.isThere().catch(() => false);
    if (stopped) return;
    if (isThere && !isMended) timer = setTimeout(lookNowAndThen, firstLookAfterMs).unref();
    else lookNowAndThen();
  };

  return {
    look,
    health: (): HealthPart => health,
    fault: (): string | null => fault,
    /** What does not begin is told by the health and tried again: everything else works without it. */
    start: (begin: () => Promise<void>): Promise<void> => (starting = tryToStart(begin)),
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await starting;
    },
  };
};
export type ToolHealth = ReturnType<typeof createToolHealth>;
