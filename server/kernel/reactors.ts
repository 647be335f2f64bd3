import { setTimeout as sleep } from 'node:timers/promises';
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
const checkpointEveryMs = 1000;
const pageSize = 1000;

export type Reactors = {
  /** Catches up from the checkpoints, then follows the commits. */
  start(): void;
  /** Waits for the event under work and keeps the checkpoints. */
  stop(): Promise<void>;
};

type Running = { reactor: Reactor; checkpoint: number; seen: number; inbox: Recorded[]; busy: boolean };

export const createReactors = (
  storage: Storage,
  ports: { bus: CommandBus; log: EventLog; logger: Logger; reactors: readonly Reactor[] },
): Reactors => {
  storage.exec(
    'CREATE TABLE IF NOT EXISTS checkpoints (reactor TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT',
  );
  const select = storage
    .prepare<[string], number>('SELECT position FROM checkpoints WHERE reactor = ?')
    .pluck();
  const upsert = storage.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
  const { bus, log, logger } = ports;
  const stopping = new AbortController();
  let running: Running[] = [];
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;

  const keepCheckpoints = () => {
    if (!dirty) return;
    dirty = false;
    for (const { reactor, checkpoint } of running) upsert.run(reactor.name, checkpoint);
  };
  const system = { actor: 'system', origin: 'system' } as const;
  const keepSoon = async () => {
    if (!dirty) return;
    await bus
      .execute(system, () => ({ ok: true, result: null }))
      .catch((error: unknown) => logger.warn({ err: error }, 'reactor checkpoints not kept yet'));
  };

  const reactTo = async (one: Running, event: Recorded) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const reaction = one.reactor.react(event);
        if (reaction) await reaction;
        return;
      } catch (error) {
        const where = { err: error, reactor: one.reactor.name, event_id: event.eventId, attempt };
        if (stopping.signal.aborted) throw error;
        if (attempt >= reactorTriesMax) {
          logger.error(where, `reactor gave up on ${event.type}`);
          return;
        }
        logger.warn(where, `reactor will try ${event.type} again`);
        await sleep(50 * 4 ** attempt, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  const drain = async (one: Running) => {
    if (one.busy) return;
    one.busy = true;
    for (let event = one.inbox.shift(); event; event = one.inbox.shift()) {
      if (stopping.signal.aborted) break;
      try {
        await reactTo(one, event);
      } catch {
        break; // Stopped in the middle: the checkpoint stays before this event.
      }
      one.checkpoint = event.globalPosition;
      dirty = true;
    }
    one.busy = false;
  };

  const offer = (one: Running, event: Recorded) => {
    if (event.globalPosition <= one.seen) return;
    one.seen = event.globalPosition;
    if (one.reactor.on.includes(event.type)) one.inbox.push(event);
    else if (one.inbox.length === 0 && !one.busy) one.checkpoint = event.globalPosition;
  };

  const catchUp = (one: Running) => {
    for (let page = log.readAll(one.seen, pageSize); page.length > 0; ) {
      for (const event of page) offer(one, event);
      page = log.readAll(one.seen, pageSize);
    }
  };

  return {
    start() {
      const head = log.head().position;
      running = ports.reactors.map((reactor) => {
        // A new reactor begins now: it must not act on history it was not there for.
        const checkpoint = select.get(reactor.name) ?? head;
        return { reactor, checkpoint, seen: checkpoint, inbox: [], busy: false };
      });
      dirty = running.length > 0;
      bus.beforeCommit(keepCheckpoints);
      bus.onCommitted((events) => {
        for (const one of running) {
          for (const event of events) offer(one, event);
          void drain(one);
        }
      });
      for (const one of running) {
        catchUp(one);
        void drain(one);
      }
      timer = setInterval(() => void keepSoon(), checkpointEveryMs);
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      while (running.some(({ busy }) => busy)) await sleep(5);
      await keepSoon();
    },
  };
};
