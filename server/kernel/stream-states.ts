import type { Decider, Decision } from './decider.ts';
import type { CommandMeta, Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';

/** Streams whose folded state is kept in memory; the least recently used goes first. */
const cachedStreamsMax = 4096;

/** Data as a later read of the log will give it, so that what is folded now and then is the same. */
const asStored = <E extends Event>(event: E): E =>
  ({
    type: event.type,
    data: JSON.parse(JSON.stringify(event.data)) as E['data'],
  }) as E;

type AnyDecider = Decider<unknown, never, never, unknown>;
type Folded = { decider: AnyDecider; state: unknown; version: number };
type Pending = { streamId: string; event: Event; refusal: boolean };

/** One command's private copy of the streams it touches, until it is known how the command ends. */
export type StreamDraft = {
  /** An id made by this very command: a stream that is named by it cannot exist yet. */
  made(id: string): string;
  load<S, C, E extends Event, R>(decider: Decider<S, C, E, R>, streamId: string): S;
  add<S, C, E extends Event, R>(
    decider: Decider<S, C, E, R>,
    streamId: string,
    decision: Decision<E, R>,
  ): void;
  /** Appends what was decided: all of it, or only what came with refusals. */
  appendTo(log: EventLog, meta: CommandMeta, which: 'all' | 'refusals'): Recorded[];
  /** The command is in the batch: later commands build on its states. */
  keep(accepted: boolean): void;
};

export type StreamStates = {
  begin(): StreamDraft;
  /** After any rollback: the log is asked again. */
  forget(): void;
};

/**
 * Folded states of streams. The single writer makes a cache safe: nobody else appends, and states
 * are never changed in place.
 */
export const createStreamStates = (log: EventLog): StreamStates => {
  const cache = new Map<string, Folded>();

  const fold = (decider: AnyDecider, streamId: string, isNew: boolean): Folded => {
    const cached = cache.get(streamId);
    if (cached?.decider === decider) return cached;
    let state = decider.initialState();
    let version = 0;
    // Most commands begin a stream: asking whether there is one is cheaper than reading it.
    const exists = !isNew && log.streamVersion(streamId) > 0;
    for (const event of exists ? log.readStream(streamId) : []) {
      state = decider.evolve(state, event as never);
      version = event.streamPosition;
    }
    return { decider, state, version };
  };

  const remember = (streamId: string, folded: Folded) => {
    cache.delete(streamId);
    cache.set(streamId, folded);
    if (cache.size <= cachedStreamsMax) return;
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  };

  const begin = (): StreamDraft => {
    const base = new Map<string, Folded>();
    const touched = new Map<string, Folded>();
    const pending: Pending[] = [];
    const made: string[] = [];

    const load = (decider: AnyDecider, streamId: string): Folded => {
      const known = touched.get(streamId);
      if (known && known.decider !== decider) {
        throw new Error(`two deciders for ${streamId} in one command: a stream has one owner`);
      }
      if (known) return known;
      const isNew = made.some((id) => streamId.endsWith(id));
      const folded = fold(decider, streamId, isNew);
      base.set(streamId, folded);
      touched.set(streamId, folded);
      return folded;
    };

    return {
      made(id) {
        made.push(id);
        return id;
      },
      load: (decider, streamId) => load(decider as never, streamId).state as never,
      add(decider, streamId, decision) {
        const folded = load(decider as never, streamId);
        let { state } = folded;
        for (const event of decision.events.map(asStored)) {
          state = decider.evolve(state as never, event);
          pending.push({ streamId, event, refusal: !decision.accepted });
        }
        touched.set(streamId, { ...folded, state });
      },
      appendTo(eventLog, meta, which) {
        const kept = which === 'all' ? pending : pending.filter(({ refusal }) => refusal);
        return kept.flatMap(({ streamId, event }) => {
          const stream = touched.get(streamId) as Folded;
          const recorded = eventLog.append(streamId, stream.version, [event], meta);
          touched.set(streamId, { ...stream, version: stream.version + 1 });
          return recorded;
        });
      },
      keep(accepted) {
        for (const [streamId, loaded] of base) {
          const folded = touched.get(streamId) as Folded;
          if (accepted) remember(streamId, folded);
          else if (folded.version === loaded.version) remember(streamId, loaded);
          // What a refused command had folded ahead is not what was appended: ask the log again.
          else cache.delete(streamId);
        }
      },
    };
  };

  return { begin, forget: () => cache.clear() };
};
