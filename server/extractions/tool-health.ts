import type { HealthPart } from '../kernel/module.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MediaSource } from './media-source.ts';

const lookEveryMs = 15 * 60_000;

/** Whether the program that fetches is there: looked at now and then, so that it can be told at once. */
export const createToolHealth = (source: Pick<MediaSource, 'start' | 'status'>, logger: Logger) => {
  let health: HealthPart = { state: 'ok', detail: 'not looked at yet' };
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    try {
      const { state, detail } = (await source.status()).yt_dlp;
      health = { state: state === 'missing' ? 'degraded' : 'ok', detail };
    } catch (error) {
      logger.warn({ err: error }, 'the state of yt-dlp is not known');
      health = { state: 'degraded', detail: 'the state of yt-dlp is not known; see the log' };
    }
  };

  return {
    look,
    health: (): HealthPart => health,
    /** A source that does not start is told by the health: everything else works without it. */
    async start(): Promise<void> {
      try {
        await source.start();
      } catch (error) {
        logger.error({ err: error }, 'extractions do not work');
        const { message } = error as Error;
        health = {
          state: 'degraded',
          detail: `extractions do not work (${message}): mend that and start Encore again`,
        };
        return;
      }
      timer = setInterval(() => void look(), lookEveryMs).unref();
      void look();
    },
    stop: (): void => clearInterval(timer),
  };
};
export type ToolHealth = ReturnType<typeof createToolHealth>;
