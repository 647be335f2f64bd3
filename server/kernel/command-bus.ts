import type { Decider, Decision } from './decider.ts';
import type { CommandMeta, Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Clock, Ids } from './ports.ts';
import type { Projector } from './projections.ts';
import { createRepeats, type RepeatKey } from './repeats.ts';
import { StorageUnavailable, storageError, type Storage } from './storage.ts';
import { createStreamStates, type StreamStates } from './stream-states.ts';

export const busLimits = { queuedMax: 10_000, batchMax: 256 } as const;

/** Who sends a command. What is left out is filled in: a new correlation, no cause. */
export type CommandRequest = Pick<CommandMeta, 'actor' | 'origin'> &
  Partial<CommandMeta> & { readonly repeat?: RepeatKey };

export type Outcome<Result, Reason> = {
  /** Head of the log once this command was durable: the next read sees all up to here. */
  readonly position: number;
  /** True when an earlier command with the same key gave this answer and nothing was appended. */
  readonly repeated: boolean;
} & ({ readonly ok: true; readonly result: Result } | { readonly ok: false; readonly reason: Reason });

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

export type CommandBus = {
  /** Resolves after COMMIT. @throws StorageUnavailable when nothing could be kept */
  execute<Result, Reason>(
    request: CommandRequest,
    work: Work<Result, Reason>,
  ): Promise<Outcome<Result, Reason>>;
  /** Called with the events of each commit, in order, before the commands' promises resolve. */
  onCommitted(listener: (events: readonly Recorded[]) => void): void;
  /** Called inside each transaction before COMMIT: for bookkeeping that may ride along. */
  beforeCommit(hook: () => void): void;
  /** Commits what is queued and refuses what comes later. */
  close(): void;
};

type Job = {
  readonly request: CommandRequest;
  readonly work: Work<unknown, unknown>;
  readonly resolve: (outcome: Outcome<unknown, unknown>) => void;
  readonly reject: (error: unknown) => void;
};

type Settled = { job: Job; outcome: Outcome<unknown, unknown> } | { job: Job; error: unknown };

/**
 * The single writer. Commands that arrive in one turn of the event loop share a transaction, one
 * SAVEPOINT each, and so one flush of the disk.
 */
export const createCommandBus = (
  storage: Storage,
  ports: { log: EventLog; projector: Projector; clock: Clock; ids: Ids },
): CommandBus => {
  const { log, projector, clock, ids } = ports;
  const repeats = createRepeats(storage);
  const states = createStreamStates(log);
  const begin = storage.prepare('BEGIN IMMEDIATE');
  const commit = storage.prepare('COMMIT');
  const rollback = storage.prepare('ROLLBACK');
  const savepoint = storage.prepare('SAVEPOINT command');
  const release = storage.prepare('RELEASE command');
  const rollbackToSavepoint = storage.prepare('ROLLBACK TO command');
  const listeners: ((events: readonly Recorded[]) => void)[] = [];
  const hooks: (() => void)[] = [];
  let queue: Job[] = [];
  let scheduled = false;
  let closed = false;

  const runOne = (job: Job, committed: Recorded[]): Outcome<unknown, unknown> => {
    const { request } = job;
    const earlier = request.repeat && repeats.find(request.repeat);
    if (earlier) return { ...earlier, repeated: true };
    const at = clock.now();
    const meta: CommandMeta = {
      actor: request.actor,
      origin: request.origin,
      correlationId: request.correlationId ?? ids(),
      causationId: request.causationId ?? null,
    };
    const draft = states.begin();
    const answer = job.work(createTx(storage, draft, meta, at, ids));
    if (!answer.ok) rollbackToSavepoint.run();
    const recorded = draft.appendTo(log, meta, answer.ok ? 'all' : 'refusals');
    for (const event of recorded) projector.project(event);
    const outcome = { ...answer, position: log.head().position };
    if (request.repeat) repeats.keep(request.repeat, at, outcome);
    draft.keep(answer.ok);
    committed.push(...recorded);
    return { ...outcome, repeated: false };
  };

  const runInSavepoint = (job: Job, committed: Recorded[]): Settled => {
    const before = committed.length;
    savepoint.run();
    try {
      const outcome = runOne(job, committed);
      release.run();
      return { job, outcome };
    } catch (error) {
      // SQLite ends the whole transaction by itself on some faults: then the batch is lost.
      if (!storage.inTransaction) throw error;
      const fault = storageError(error);
      if (fault instanceof StorageUnavailable) throw error;
      rollbackToSavepoint.run();
      release.run();
      committed.length = before;
      log.refreshHead();
      states.forget();
      return { job, error };
    }
  };

  const abandon = (batch: readonly Job[], error: unknown) => {
    try {
      if (storage.inTransaction) rollback.run();
      log.refreshHead();
    } catch {
      // The connection is as broken as the disk; the next batch finds out again.
    }
    states.forget();
    const fault = storageError(error);
    for (const job of batch) job.reject(fault);
  };

  const flush = () => {
    scheduled = false;
    const batch = queue.slice(0, busLimits.batchMax);
    queue = queue.slice(busLimits.batchMax);
    if (queue.length > 0) schedule();
    const committed: Recorded[] = [];
    let settled: Settled[];
    try {
      begin.run();
      settled = batch.map((job) => runInSavepoint(job, committed));
      for (const hook of hooks) hook();
      commit.run();
    } catch (error) {
      abandon(batch, error);
      return;
    }
    try {
      if (committed.length > 0) for (const listener of listeners) listener(committed);
    } finally {
      // A listener's bug must not turn what is durable into a failure.
      for (const one of settled) {
        if ('error' in one) one.job.reject(one.error);
        else one.job.resolve(one.outcome);
      }
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
  draft: ReturnType<StreamStates['begin']>,
  meta: CommandMeta,
  at: number,
  newId: Ids,
): Tx => ({
  at,
  meta,
  newId,
  storage,
  state: (decider, streamId) => draft.load(decider, streamId),
  decide(decider, streamId, command) {
    const decision = decider.decide(command, draft.load(decider, streamId));
    draft.add(decider, streamId, decision);
    return decision;
  },
});
