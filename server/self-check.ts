import type { EventLog } from './kernel/event-log.ts';
import type { Feed } from './kernel/feed.ts';
import type { Storage } from './kernel/storage.ts';

/** Nobody can sign in under this name: ids of people are UUIDs. */
const actor = 'self-check';
const tick = 'self_check';

/**
 * What the watchdog is fed by: that the store reads, that its last event is the one this process
 * wrote, and that a message goes through the feed. Runs in the event loop, which proves that too.
 * Answers a sentence for what is wrong; a store that cannot be read throws.
 */
export const createSelfCheck = (parts: {
  storage: Storage;
  log: Pick<EventLog, 'head'>;
  feed: Pick<Feed, 'publish' | 'subscribe'>;
}): (() => string | undefined) => {
  const { storage, log, feed } = parts;
  const storedHead = storage
    .prepare<[], number>('SELECT coalesce(max(global_position), 0) FROM events')
    .pluck();
  let heard = false;
  const deliver = ({ type }: { readonly type: string }) => void (heard ||= type === tick);

  return () => {
    const [known, stored] = [log.head().position, storedHead.get()];
    if (known !== stored) return `the log ends at ${stored} and should end at ${known}`;
    heard = false;
    const unsubscribe = feed.subscribe({ actor, role: 'guest' }, undefined, deliver);
    feed.publish({ type: tick, data: {}, audience: (viewer) => viewer.actor === actor });
    unsubscribe();
    return heard ? undefined : 'the feed delivers nothing';
  };
};
