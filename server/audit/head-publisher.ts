import { done } from '../kernel/command-bus.ts';
import type { Announcement } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { HeadPublished } from './contract.ts';
import { keepPublishedHead, lastPublishedHead } from './published-heads.ts';

const lookEveryMs = 60_000;

/**
 * Once for each day of the house's own time zone: the last was before midnight, or comes from a
 * clock that was ahead.
 */
export const isHeadDue = (lastAt: number | undefined, now: number): boolean =>
  lastAt === undefined || lastAt < new Date(now).setHours(0, 0, 0, 0) || lastAt > now;

/**
 * Tells the head of the log to places that the log's file has no power over: whoever cuts or
 * rewrites the log later disagrees with them.
 */
export const createHeadPublisher = (
  kernel: Kernel,
  announce: (announcement: Announcement) => void,
) => {
  const { storage, clock, logger } = kernel;
  let timer: NodeJS.Timeout | undefined;

  const standing = (): Announcement[] => {
    const last = lastPublishedHead(storage);
    if (!last) return [];
    const { position, head, published_at } = last;
    const payload: HeadPublished = {
      position,
      head,
      published_at: new Date(published_at).toISOString(),
    };
    return [{ topic: 'state/head', retain: true, payload }];
  };

  const publish = async () => {
    const now = clock.now();
    if (!isHeadDue(lastPublishedHead(storage)?.published_at, now)) return;
    await kernel.bus.execute({ actor: 'system', origin: 'schedule' }, (tx) => {
      const { position, hash } = kernel.log.head();
      const head = hash.toString('hex');
      if (position > 0) keepPublishedHead(tx.storage, { position, head, published_at: now });
      return done(null);
    });
    for (const announcement of standing()) {
      logger.info(announcement.payload as HeadPublished, 'head of the log');
      announce(announcement);
    }
  };

  const look = () =>
    publish().catch((error: unknown) => {
      logger.warn({ err: error }, 'the head of the log could not be published yet');
    });

  return {
    standing,
    async start(): Promise<void> {
      // A day's change is looked for and not waited for: clocks jump, and boxes sleep.
      timer = setInterval(() => void look(), lookEveryMs);
      await look();
    },
    stop: (): void => clearInterval(timer),
  };
};
