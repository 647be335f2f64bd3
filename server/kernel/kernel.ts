import { createCommandBus, type CommandBus } from './command-bus.ts';
import { openEventLog, type EventLog } from './event-log.ts';
import { createFeed, type Feed, type FeedMap } from './feed.ts';
import type { Logger } from './logger.ts';
import type { Clock, Ids } from './ports.ts';
import {
  createProjector,
  type AnyProjection,
  type Projector,
  type RebuildReport,
} from './projections.ts';
import { createReactors, type Reactor } from './reactors.ts';
import { inTransaction, type Storage } from './storage.ts';
import { createUpcast, mergeUpcasters, type Upcasters } from './upcasters.ts';

/** What modules are given: commands in, reads and the feed out. */
export type Kernel = {
  readonly bus: CommandBus;
  readonly log: EventLog;
  readonly projector: Projector;
  /** For prepared reads; writes go through the bus. */
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Ephemeral messages; durable ones come from the modules' feed maps. */
  publish: Feed['publish'];
};

export type KernelDefinition = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly upcasters: readonly Upcasters[];
  readonly projections: readonly AnyProjection[];
  readonly sideTables: readonly string[];
};

export type RunningKernel = Kernel & {
  /** Connects what modules made of the kernel and rebuilds stale read models. */
  connect(parts: { feed: readonly FeedMap[]; reactors: readonly Reactor[] }): {
    readonly feed: Feed;
    readonly rebuilt: readonly RebuildReport[];
  };
  /** Reactors catch up and follow. */
  start(): void;
  /** Commits what is queued, keeps checkpoints, closes the database. */
  stop(): Promise<void>;
};

export const createKernel = (definition: KernelDefinition): RunningKernel => {
  const { storage, clock, ids, logger } = definition;
  const upcast = createUpcast(mergeUpcasters(definition.upcasters));
  // Each table of a new box would wait for the disk by itself.
  const { log, projector, bus } = inTransaction(storage, 'COMMIT', () => {
    const log = openEventLog(storage, { clock, ids, upcast });
    for (const ddl of definition.sideTables) storage.exec(ddl);
    const projector = createProjector(storage, log, definition.projections);
    const bus = createCommandBus(storage, { log, projector, clock, ids, logger });
    return { log, projector, bus };
  });
  // Before any module prepares a read: its tables must be there.
  const rebuilt = projector.start();
  let feed: Feed | undefined;
  let reactors: ReturnType<typeof createReactors> | undefined;

  return {
    bus,
    log,
    projector,
    storage,
    clock,
    ids,
    logger,
    publish: (draft) => feed?.publish(draft),
    connect(parts) {
      const connected = createFeed({ log, clock, maps: parts.feed, logger });
      feed = connected;
      reactors = createReactors(storage, { bus, log, logger, reactors: parts.reactors });
      return { feed: connected, rebuilt };
    },
    start() {
      // Reactors hear of a commit before the feed does: sound goes first.
      reactors?.start();
      bus.onCommitted((events) => feed?.committed(events));
    },
    async stop() {
      await reactors?.stop();
      bus.close();
      storage.close();
    },
  };
};
