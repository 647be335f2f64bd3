import type { Decider, Decision } from './decider.ts';
import type { CommandMeta, Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from './logger.ts';
import type { Clock, Ids } from './ports.ts';
import type { Projector } from './projections.ts';
import { createRepeats, type RepeatKey } from './repeats.ts';
import { StorageUnavailable, storageError, type Storage } from './storage.ts';
import { createStreamStates, type StreamDraft } from './stream-states.ts';

export const busLimits = { queuedMax: 10_000, batchMax: 256 } as const;

/** Who sends a command. What is left out is filled in: a new correlation, no cause. */
export type CommandRequest = Pick<CommandMeta, 'actor' | 'origin'> &
  Partial<CommandMeta> & { readonly repeat?: RepeatKey };

export type Outcome<Result, Reason> = {
  /** Head of the log once this command was durable: the next read sees all up to here. */
  readonly position: number;
  /** True when an earlier command with the same key gave this answer and nothing was appended. */
  readonly repeated: boolean;
} & (
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly reason: Reason }
);

export type Answer<Result, Reason> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly reason: Reason };

export const done = <Result>(result: Result): Answer<Result, never> => ({ ok: true, result });
export const refuse = <Reason>(reason: Reason): Answer<never, Reason> => ({ ok: false, reason });

/** One command's view of the store, inside the one transaction. Nothing here may be awaited. */
export type Tx = {
  /** When the command was taken up, milliseconds since the epoch. */
  readonly at: number;
  readonly meta: CommandMeta;
  readonly newId: Ids;
  /** For side tables (secrets, names) that live and die with the command; never for read models. */
  readonly storage: Storage;
  /** Folds a stream without deciding. */
  state<S, C, E extends Event, R>(decider: Decider<S, C, E, R>, streamId: string): S;
  /**
   * Folds, decides and remembers the events for the append at the command's end. Where the command
   * is refused in the end, only events that came with a refusal are kept.
   */
  decide<S, C, E extends Event, R>(
    decider: Decider<S, C, E, R>,
    streamId: string,
    command: C,
  ): Decision<E, R>;
};

/** A command's whole work: synchronous, ends in `done` or `refuse`; a throw is a bug and rolls back. */
export type Work<Result, Reason> = (tx: Tx) => Answer<Result, Reason>;

type Committed = (events: readonly Recorded[], commitMs: number) => void;

export type CommandBus = {
  /** Resolves after COMMIT. @throws StorageUnavailable when nothing could be kept */
  execute<Result, Reason>(
    request: CommandRequest,
    work: Work<Result, Reason>,
  ): Promise<Outcome<Result, Reason>>;
  /**
   * What a repeat of this command is answered; undefined while it is new. For long work, which asks
   * before it begins. @throws RepeatKeyReused
   */
  earlier(repeat: RepeatKey): Outcome<unknown, unknown> | undefined;
  /**
   * Called with the events of each commit, in order, before the commands' promises resolve, and with
   * the milliseconds that it took the disk. A throw goes to the log and to nobody else.
   */
  onCommitted(listener: Committed): void;
  /**
   * Called inside each transaction before COMMIT: for bookkeeping that may ride along. What it
   * returns is called once that is durable.
   */
  beforeCommit(hook: () => (() => void) | undefined): void;
  /** Commits what is queued and refuses what comes later. */
  close(): void;
};

type Job = {
  readonly request: CommandRequest;
  readonly work: Work<unknown, unknown>;
  readonly resolve: (outcome: Outcome<unknown, unknown>) => void;
  readonly reject: (error: unknown) => void;
};

/** What undoes one command and nothing before it. */
type Fence = { raise(): void; undo(): void; lower(): void };

type Ran = {
  readonly outcome: Outcome<unknown, unknown>;
  readonly recorded: readonly Recorded[];
  /** The command's states may be built upon. */
  readonly keep: () => void;
};

type Settled = { job: Job; outcome: Outcome<unknown, unknown> } | { job: Job; error: unknown };

/**
 * The single writer. Commands that arrive in one turn of the event loop share a transaction, and so
 * one flush of the disk; each has a fence of its own, so that its end is no other's.
 */
export const createCommandBus = (
  storage: Storage,
  ports: { log: EventLog; projector: Projector; clock: Clock; ids: Ids; logger: Logger },
): CommandBus => {
  const { log, projector, clock, ids, logger } = ports;
  const repeats = createRepeats(storage);
  const states = createStreamStates(log);
  const begin = storage.prepare('BEGIN IMMEDIATE');
  const commit = storage.prepare('COMMIT');
  const rollback = storage.prepare('ROLLBACK');
  const savepoint = storage.prepare('SAVEPOINT command');
  const release = storage.prepare('RELEASE command');
  const rollbackToSavepoint = storage.prepare('ROLLBACK TO command');
  const amidOthers: Fence = {
    raise: () => savepoint.run(),
    undo: () => rollbackToSavepoint.run(),
    lower: () => release.run(),
  };
  /** Without neighbours to spare, the transaction itself will do, and costs nothing more. */
  const alone: Fence = {
    raise: () => undefined,
    undo() {
      rollback.run();
      begin.run();
    },
    lower: () => undefined,
  };
  const listeners: Committed[] = [];
  const hooks: (() => (() => void) | undefined)[] = [];
  let queue: Job[] = [];
  let scheduled = false;
  let closed = false;
  let headKnown = true;

  const runOne = ({ request, work }: Job, fence: Fence): Ran => {
    const at = clock.now();
    const earlier = request.repeat && repeats.find(request.repeat, at);
    if (earlier) {
      return { outcome: { ...earlier, repeated: true }, recorded: [], keep: () => undefined };
    }
    const meta: CommandMeta = {
      actor: request.actor,
      origin: request.origin,
      correlationId: request.correlationId ?? ids(),
      causationId: request.causationId ?? null,
    };
    const draft = states.begin();
    const answer = work(createTx(storage, draft, meta, at, ids));
    if (!answer.ok) fence.undo();
    const recorded = draft.appendTo(log, meta, answer.ok ? 'all' : 'refusals');
    for (const event of recorded) projector.project(event);
    const outcome = { ...answer, position: log.head().position };
    if (request.repeat) repeats.keep(request.repeat, at, outcome);
    return {
      outcome: { ...outcome, repeated: false },
      recorded,
      keep: () => draft.keep(answer.ok),
    };
  };

  const runFenced = (job: Job, fence: Fence, committed: Recorded[]): Settled => {
    fence.raise();
    let ran: Ran;
    try {
      ran = runOne(job, fence);
    } catch (error) {
      // SQLite ends the whole transaction by itself on some faults: then the batch is lost.
      if (!storage.inTransaction || storageError(error) instanceof StorageUnavailable) throw error;
      fence.undo();
      fence.lower();
      log.refreshHead();
      return { job, error };
    }
    fence.lower();
    ran.keep();
    committed.push(...ran.recorded);
    return { job, outcome: ran.outcome };
  };

  const abandon = (batch: readonly Job[], error: unknown) => {
    headKnown = false;
    states.forget();
    try {
      if (storage.inTransaction) rollback.run();
      log.refreshHead();
      headKnown = true;
    } catch {
      // As broken as the disk: the next batch asks for the head again.
    }
    const fault = storageError(error);
    for (const job of batch) job.reject(fault);
  };

  const tell = (committed: readonly Recorded[], commitMs: number) => {
    if (committed.length === 0) return;
    for (const listener of listeners) {
      try {
        listener(committed, commitMs);
      } catch (error) {
        // What is durable is no failure, and the other listeners must hear of it.
        logger.error({ err: error }, 'a listener failed on committed events');
      }
    }
  };

  const flush = () => {
    scheduled = false;
    const batch = queue.slice(0, busLimits.batchMax);
    queue = queue.slice(busLimits.batchMax);
    if (queue.length > 0) schedule();
    if (batch.length === 0) return;
    const committed: Recorded[] = [];
    let settled: Settled[];
    let durable: ((() => void) | undefined)[];
    let commitMs: number;
    try {
      begin.run();
      if (!headKnown) log.refreshHead();
      headKnown = true;
      const fence = batch.length === 1 ? alone : amidOthers;
      settled = batch.map((job) => runFenced(job, fence, committed));
      durable = hooks.map((hook) => hook());
      const since = clock.monotonic();
      commit.run();
      commitMs = clock.monotonic() - since;
    } catch (error) {
      abandon(batch, error);
      return;
    }
    for (const done of durable) done?.();
    tell(committed, commitMs);
    for (const one of settled) {
      if ('error' in one) one.job.reject(one.error);
      else one.job.resolve(one.outcome);
    }
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  return {
    execute: <Result, Reason>(request: CommandRequest, work: Work<Result, Reason>) =>
      new Promise<Outcome<Result, Reason>>((resolve, reject) => {
        if (closed) {
          reject(new StorageUnavailable('Encore is stopping'));
          return;
        }
        if (queue.length >= busLimits.queuedMax) {
          reject(new StorageUnavailable(`more than ${busLimits.queuedMax} commands are waiting`));
          return;
        }
        queue.push({ request, work, resolve: resolve as Job['resolve'], reject });
        schedule();
      }),
    earlier(repeat) {
      const kept = repeats.find(repeat, clock.now());
      return kept && { ...kept, repeated: true };
    },
    onCommitted: (listener) => void listeners.push(listener),
    beforeCommit: (hook) => void hooks.push(hook),
    close() {
      closed = true;
      while (queue.length > 0) flush();
    },
  };
};

const createTx = (
  storage: Storage,
  draft: StreamDraft,
  meta: CommandMeta,
  at: number,
  newId: Ids,
): Tx => ({
  at,
  meta,
  newId: () => draft.made(newId()),
  storage,
  state: (decider, streamId) => draft.load(decider, streamId),
  decide(decider, streamId, command) {
    const decision = decider.decide(command, draft.load(decider, streamId));
    draft.add(decider, streamId, decision);
    return decision;
  },
});
