import type { HealthPart } from '../kernel/module.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MediaSource } from './media-source.ts';

const lookEveryMs = 15 * 60_000;
export const startAgainMs = 60_000;

/** Whether extractions work: looked at now and then, so that it can be told at once. */
export const createToolHealth = (source: Pick<MediaSource, 'status'>, logger: Logger) => {
  let health: HealthPart = { state: 'ok', detail: 'not looked at yet' };
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

  const tryToStart = async (begin: () => Promise<void>): Promise<void> => {
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
    timer = setInterval(() => void look(), lookEveryMs).unref();
    void look();
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
