import type {
  AggregateStreamOptions,
  AppendToStreamOptions,
  AppendToStreamResultWithGlobalPosition,
  EventStore,
  ExpectedStreamVersion,
  ReadEvent,
  ReadEventMetadataWithGlobalPosition,
  ReadStreamOptions,
} from '@event-driven-io/emmett';
import type { CommandBus } from './command-bus.ts';
import { accepted } from './decider.ts';
import type { Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';

type Metadata = ReadEventMetadataWithGlobalPosition;

/** The status code by which Emmett's retry knows a conflict. */
const concurrencyErrorCode = 412;

/** Shaped like Emmett's error of the same name, so that its retry policy recognises it. */
export class ExpectedVersionConflictError extends Error {
  override readonly name = 'ExpectedVersionConflictError';
  readonly errorCode = concurrencyErrorCode;
  readonly current: string;
  readonly expected: string;
  constructor(current: bigint, expected: ExpectedStreamVersion) {
    super(`Expected version ${expected.toString()} does not match current ${current.toString()}`);
    this.current = current.toString();
    this.expected = expected.toString();
  }
}

const matches = (current: bigint, expected: ExpectedStreamVersion): boolean => {
  if (expected === 'NO_CONCURRENCY_CHECK') return true;
  if (expected === 'STREAM_DOES_NOT_EXIST') return current === 0n;
  if (expected === 'STREAM_EXISTS') return current > 0n;
  return current === expected;
};

const assertVersion = (current: bigint, expected: ExpectedStreamVersion | undefined) => {
  if (expected !== undefined && !matches(current, expected)) {
    throw new ExpectedVersionConflictError(current, expected);
  }
};

/** Takes events as they come: Emmett's handlers have decided already. */
const appendAsGiven = {
  decide: (events: readonly Event[]) => accepted(...events),
  evolve: (state: null) => state,
  initialState: () => null,
};

const toReadEvent = (event: Recorded): ReadEvent<Event, Metadata> => ({
  kind: 'Event',
  type: event.type,
  data: event.data,
  metadata: {
    messageId: event.eventId,
    streamName: event.streamId,
    streamPosition: BigInt(event.streamPosition),
    globalPosition: BigInt(event.globalPosition),
  },
});

/**
 * Emmett's `EventStore` over our log and bus: its command handlers work on it unchanged, and its
 * PostgreSQL store stays a drop-in for it. Positions are bigints there, numbers inside; `from` and
 * `to` are positions and both included. Metadata is the log's: events that bring their own are
 * rejected, not stripped.
 */
export const createEmmettEventStore = (ports: {
  log: EventLog;
  bus: CommandBus;
}): EventStore<Metadata> => {
  const { log, bus } = ports;

  const read = <E extends Event, Payload extends Event>(
    streamName: string,
    options?: ReadStreamOptions<bigint, E, Payload>,
  ) => {
    const current = BigInt(log.streamVersion(streamName));
    assertVersion(current, options?.expectedStreamVersion);
    const after = options?.from === undefined ? 0 : Number(options.from) - 1;
    const limit = options?.maxCount === undefined ? -1 : Number(options.maxCount);
    const upcast = options?.schema?.versioning?.upcast;
    const events = log
      .readStream(streamName, after, limit)
      .filter((event) => options?.to === undefined || BigInt(event.streamPosition) <= options.to)
      .map((recorded) => {
        const event = toReadEvent(recorded);
        const data = upcast ? upcast(event as unknown as Payload).data : event.data;
        return { ...event, data } as unknown as ReadEvent<E, Metadata>;
      });
    return { currentStreamVersion: current, events, streamExists: current > 0n };
  };

  return {
    readStream: (streamName, options) => Promise.try(() => read(streamName, options)),
    aggregateStream: <State, E extends Event, Payload extends Event = E>(
      streamName: string,
      options: AggregateStreamOptions<State, E, Metadata, Payload>,
    ) =>
      Promise.try(() => {
        const { events, currentStreamVersion, streamExists } = read<E, Payload>(
          streamName,
          options.read,
        );
        const evolve = options.evolve as (state: State, event: unknown) => State;
        const state = events.reduce<State>(evolve, options.initialState());
        return { state, currentStreamVersion, streamExists };
      }),
    appendToStream: async <E extends Event, Payload extends Event = E>(
      streamName: string,
      events: E[],
      options?: AppendToStreamOptions<bigint, E, Payload>,
    ): Promise<AppendToStreamResultWithGlobalPosition> => {
      const downcast = options?.schema?.versioning?.downcast;
      const stored: readonly Event[] = downcast ? events.map((event) => downcast(event)) : events;
      if (stored.some((event) => (event as { metadata?: unknown }).metadata !== undefined)) {
        throw new Error(`${streamName}: events with metadata of their own cannot be kept`);
      }
      const outcome = await bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
        const current = log.streamVersion(streamName);
        assertVersion(BigInt(current), options?.expectedStreamVersion);
        tx.decide(appendAsGiven, streamName, stored);
        return { ok: true, result: current };
      });
      if (!outcome.ok) throw new Error('an append is never refused');
      return {
        nextExpectedStreamVersion: BigInt(outcome.result + events.length),
        createdNewStream: outcome.result === 0 && events.length > 0,
        lastEventGlobalPosition: BigInt(outcome.position),
      };
    },
    streamExists: (streamName) => Promise.try(() => log.streamVersion(streamName) > 0),
  };
};
