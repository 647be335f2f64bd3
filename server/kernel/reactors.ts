import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { CommandBus } from './command-bus.ts';
import type { Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from './logger.ts';
import type { Storage } from './storage.ts';

/**
 * When X happened, do Y through a port. Runs after commit, at least once, one event at a time and
 * in order; idempotent; never during a rebuild.
 */
export type Reactor = {
  readonly name: string;
  readonly on: readonly string[];
  react(event: Recorded): void | Promise<void>;
};

/** Tries of one event before it is given up with an error in the log. */
export const reactorTriesMax = 6;

export const reactorLimits = {
  /** Events of one reactor that wait in memory; further ones are read from the log when it is their turn. */
  inboxMax: 1000,
  /** Events of no interest after which an idle reactor's checkpoint moves on all the same. */
  quietEventsMax: 1000,
  checkpointEveryMs: 1000,
  /** How long `stop` waits for the events under work. */
  stopWaitMs: 3000,
} as const;

const pageSize = 1000;

const retryDelayMs = (attempt: number): number => 50 * 4 ** attempt;

export type Reactors = {
  /** Catches up from the checkpoints, then follows the commits. */
  start(): void;
  /** Waits a while for the events under work and keeps the checkpoints. */
  stop(): Promise<void>;
};

type Running = {
  readonly reactor: Reactor;
  readonly types: ReadonlySet<string>;
  /** All up to here is done. */
  checkpoint: number;
  /** The checkpoint in the database. */
  kept: number | undefined;
  /** All up to here is done or in the inbox. */
  taken: number;
  /** The first one may be under work. */
  readonly inbox: Recorded[];
  /** The inbox reaches to the head: commits go straight into it. */
  following: boolean;
  busy: boolean;
  work: Promise<void>;
};

export const createReactors = (
  storage: Storage,
  ports: {
    bus: CommandBus;
    log: EventLog;
    logger: Logger;
    reactors: readonly Reactor[];
    retryDelayMs?: (attempt: number) => number;
    stopWaitMs?: number;
  },
): Reactors => {
  storage.exec(
    'CREATE TABLE IF NOT EXISTS checkpoints (reactor TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT',
  );
  const select = storage
    .prepare<[string], number>('SELECT position FROM checkpoints WHERE reactor = ?')
    .pluck();
  const upsert = storage.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
  const { bus, log, logger } = ports;
  const delayMs = ports.retryDelayMs ?? retryDelayMs;
  const stopping = new AbortController();
  let running: Running[] = [];
  let timer: NodeJS.Timeout | undefined;

  const unkept = () => running.filter((one) => one.kept !== one.checkpoint);

  const keepCheckpoints = () => {
    const moved = unkept().map((one) => ({ one, checkpoint: one.checkpoint }));
    if (moved.length === 0) return undefined;
    for (const { one, checkpoint } of moved) upsert.run(one.reactor.name, checkpoint);
    return () => {
      for (const { one, checkpoint } of moved) one.kept = checkpoint;
    };
  };

  const keepNow = async () => {
    if (unkept().length === 0) return;
    await bus
      .execute({ actor: 'system', origin: 'system' }, () => ({ ok: true, result: null }))
      .catch((error: unknown) => logger.warn({ err: error }, 'reactor checkpoints not kept yet'));
  };

  /** False when stopped before the event was dealt with. */
  const reactTo = async ({ reactor }: Running, event: Recorded): Promise<boolean> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const reaction = reactor.react(event);
        if (reaction) await reaction;
        return true;
      } catch (error) {
        const where = { err: error, reactor: reactor.name, event_id: event.eventId, attempt };
        if (attempt >= reactorTriesMax) {
          logger.error(where, `reactor gave up on ${event.type}`);
          return true;
        }
        logger.warn(where, `reactor will try ${event.type} again`);
        await sleep(delayMs(attempt), undefined, stopping).catch(() => undefined);
        if (stopping.signal.aborted) return false;
      }
    }
  };

  const take = (one: Running, events: readonly Recorded[]) => {
    for (const event of events) if (one.types.has(event.type)) one.inbox.push(event);
    one.taken = events.at(-1)?.globalPosition ?? one.taken;
    const idle = one.inbox.length === 0;
    if (idle && one.taken - one.checkpoint >= reactorLimits.quietEventsMax) {
      one.checkpoint = one.taken;
    }
  };

  const work = async (one: Running) => {
    one.busy = true;
    try {
      while (!stopping.signal.aborted) {
        const [event] = one.inbox;
        if (event) {
          if (!(await reactTo(one, event))) return;
          one.inbox.shift();
          one.checkpoint = event.globalPosition;
        } else {
          if (one.following) return;
          await turn();
          const page = log.readAll(one.taken, pageSize);
          one.following = page.length < pageSize;
          take(one, page);
        }
      }
    } catch (error) {
      logger.error({ err: error, reactor: one.reactor.name }, 'reactor could not read the log');
    } finally {
      one.busy = false;
    }
  };

  const wake = (one: Running) => {
    if (one.busy || (one.following && one.inbox.length === 0)) return;
    one.work = work(one);
  };

  const follow = (events: readonly Recorded[]) => {
    for (const one of running) {
      one.following &&= one.inbox.length + events.length <= reactorLimits.inboxMax;
      if (one.following) take(one, events);
      wake(one);
    }
  };

  return {
    start() {
      const head = log.head().position;
      running = ports.reactors.map((reactor) => {
        const kept = select.get(reactor.name);
        // A new reactor begins now: it must not act on history it was not there for.
        const checkpoint = kept ?? head;
        const types = new Set(reactor.on);
        const at = { checkpoint, kept, taken: checkpoint };
        return {
          reactor,
          types,
          ...at,
          inbox: [],
          following: false,
          busy: false,
          work: Promise.resolve(),
        };
      });
      bus.beforeCommit(keepCheckpoints);
      bus.onCommitted(follow);
      for (const one of running) wake(one);
      timer = setInterval(() => void keepNow(), reactorLimits.checkpointEveryMs);
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      const late = new AbortController();
      const waitMs = ports.stopWaitMs ?? reactorLimits.stopWaitMs;
      await Promise.race([
        Promise.all(running.map((one) => one.work)),
        sleep(waitMs, undefined, late).catch(() => undefined),
      ]);
      late.abort();
      for (const one of running) {
        if (one.busy)
          logger.warn({ reactor: one.reactor.name }, 'reactor is still busy at the stop');
        if (one.inbox.length === 0) one.checkpoint = one.taken;
      }
      await keepNow();
    },
  };
};
