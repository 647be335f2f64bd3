import type { Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from './logger.ts';
import type { Clock } from './ports.ts';

/** Who listens: what a message's audience is asked about. */
export type Viewer = { readonly actor: string; readonly role: string };

/** A message before it has a place and a time. */
export type FeedDraft = {
  readonly type: string;
  readonly data: Record<string, unknown>;
  /** Of neighbours that say the same thing, the last one says it for all. */
  readonly same?: string;
  /** Left out: everybody who is signed in. */
  readonly audience?: (viewer: Viewer) => boolean;
};

/** Event type → what listeners are told. Must give the same answer when a listener resumes later. */
export type FeedMap = Readonly<Record<string, (event: Recorded) => FeedDraft | undefined>>;

export type FeedMessage = FeedDraft & {
  /** Global position of the event; ephemeral messages have none. */
  readonly position?: number;
  readonly at: string;
};

/** Someone further behind than this is told to load everything anew. */
export const resumeEventsMax = 10_000;

export type Feed = {
  /** Ephemeral: to those who listen now, kept nowhere. */
  publish(draft: FeedDraft): void;
  /** Called with the events of a commit, in order. */
  committed(events: readonly Recorded[]): void;
  /**
   * Delivers what the viewer may see, first everything durable after `after`, then live: in order,
   * once, without a gap. Returns the unsubscription. A `deliver` that throws is unsubscribed: it
   * has missed a message.
   */
  subscribe(viewer: Viewer, after: number | undefined, deliver: Deliver): () => void;
};

export type Deliver = (message: FeedMessage) => void;

type Subscriber = {
  readonly viewer: Viewer;
  readonly deliver: Deliver;
  /** Durable messages up to here are delivered, or were before its time. */
  position: number;
};

/** Of a run of messages that say the same thing, the last: five hundred entries are one change. */
function* coalesced(messages: Iterable<FeedMessage>): Generator<FeedMessage> {
  let held: FeedMessage | undefined;
  for (const message of messages) {
    if (held && (held.same === undefined || held.same !== message.same)) yield held;
    held = message;
  }
  if (held) yield held;
}

export const createFeed = (ports: {
  log: EventLog;
  clock: Clock;
  maps: readonly FeedMap[];
  logger: Logger;
}): Feed => {
  const { log, clock, logger } = ports;
  const makers = new Map<string, FeedMap[string]>();
  for (const map of ports.maps) {
    for (const [type, make] of Object.entries(map)) {
      if (makers.has(type)) throw new Error(`two feed messages for ${type}`);
      makers.set(type, make);
    }
  }
  const subscribers = new Set<Subscriber>();
  const mayHear = (message: FeedDraft, viewer: Viewer) => message.audience?.(viewer) ?? true;

  const draftOf = (event: Recorded): FeedDraft | undefined => {
    try {
      return makers.get(event.type)?.(event);
    } catch (error) {
      // One message that cannot be made must not cost the listeners the others.
      logger.error({ err: error, event_id: event.eventId }, `no feed message for ${event.type}`);
      return undefined;
    }
  };

  const durable = (event: Recorded): FeedMessage | undefined => {
    const draft = draftOf(event);
    const at = new Date(event.recordedAt).toISOString();
    return draft && { ...draft, position: event.globalPosition, at };
  };

  function* durables(events: Iterable<Recorded>): Generator<FeedMessage> {
    for (const event of events) {
      const message = durable(event);
      if (message) yield message;
    }
  }

  const broadcast = (message: FeedMessage) => {
    const { position } = message;
    for (const subscriber of subscribers) {
      // Someone who came while this commit was being told has had it with the past.
      if (position !== undefined && position <= subscriber.position) continue;
      if (position !== undefined) subscriber.position = position;
      if (!mayHear(message, subscriber.viewer)) continue;
      try {
        subscriber.deliver(message);
      } catch (error) {
        subscribers.delete(subscriber);
        logger.error({ err: error, type: message.type }, 'a feed listener failed and was let go');
      }
    }
  };

  const resume = (viewer: Viewer, after: number, deliver: Deliver) => {
    const head = log.head().position;
    if (after > head || head - after > resumeEventsMax) {
      deliver({
        type: 'resync',
        at: new Date(clock.now()).toISOString(),
        data: { position: head },
      });
      return;
    }
    for (const message of coalesced(durables(log.readAll(after, resumeEventsMax)))) {
      if (mayHear(message, viewer)) deliver(message);
    }
  };

  return {
    publish: (draft) => broadcast({ ...draft, at: new Date(clock.now()).toISOString() }),
    committed(events) {
      if (subscribers.size === 0) return;
      for (const message of coalesced(durables(events))) broadcast(message);
    },
    subscribe(viewer, after, deliver) {
      // Synchronous from here to the end: no commit can fall between the past and the present.
      if (after !== undefined) resume(viewer, after, deliver);
      const subscriber = { viewer, deliver, position: log.head().position };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
  };
};
