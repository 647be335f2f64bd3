import {
  CommandHandler,
  DeciderCommandHandler,
  isExpectedVersionConflictError,
  type Event as EmmettEvent,
  type ExpectedStreamVersion,
} from '@event-driven-io/emmett';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import { createEmmettEventStore, ExpectedVersionConflictError } from './emmett-event-store.ts';
import { purses, purseState, putIn } from './testing/purse.ts';
import { testKernel } from './testing/test-kernel.ts';

type Put = EmmettEvent<'CoinsPutIn', { coins: number }>;
type Taken = EmmettEvent<'CoinsTakenOut', { coins: number }>;
type PurseEvent = Put | Taken;
type State = { coins: number };

const put = (coins: number): Put => ({ type: 'CoinsPutIn', data: { coins } });
const taken = (coins: number): Taken => ({ type: 'CoinsTakenOut', data: { coins } });
const evolve = (state: State, { type, data }: PurseEvent): State => ({
  coins: state.coins + (type === 'CoinsPutIn' ? data.coins : -data.coins),
});
const initialState = (): State => ({ coins: 0 });

let kernel: ReturnType<typeof testKernel>;
let store: ReturnType<typeof createEmmettEventStore>;
beforeEach(() => {
  kernel = testKernel({ projections: [purses] });
  store = createEmmettEventStore(kernel);
});

const coins = async (stream: string) =>
  (await store.aggregateStream<State, PurseEvent>(stream, { evolve, initialState })).state.coins;

describe("Emmett's CommandHandler", () => {
  const handle = CommandHandler<State, PurseEvent>({
    evolve,
    initialState,
    mapToStreamId: (id) => `purse-${id}`,
  });

  test('creates and continues a stream', async () => {
    expect(await handle(store, 'a', () => put(5))).toMatchObject({
      newState: { coins: 5 },
      newEvents: [put(5)],
      nextExpectedStreamVersion: 1n,
      createdNewStream: true,
    });
    expect(await handle(store, 'a', (state) => [taken(state.coins - 1), put(2)])).toMatchObject({
      newState: { coins: 3 },
      nextExpectedStreamVersion: 3n,
      createdNewStream: false,
    });
    expect(await coins('purse-a')).toBe(3);
  });

  test('runs several handlers, each on the state of the one before', async () => {
    const double = (state: State) => put(state.coins);
    await handle(store, 'a', [() => put(1), double, double]);
    expect(await coins('purse-a')).toBe(4);
  });

  test('nothing decided is nothing appended', async () => {
    expect(await handle(store, 'a', () => [])).toMatchObject({
      newEvents: [],
      nextExpectedStreamVersion: 0n,
      createdNewStream: false,
    });
    expect(await store.streamExists('purse-a')).toBe(false);
  });

  test('what it throws appends nothing', async () => {
    const refusing = handle(store, 'a', () => {
      throw new Error('no');
    });
    await expect(refusing).rejects.toThrow('no');
    expect(kernel.log.head().position).toBe(0);
  });

  /** Decides on what it read, while somebody else comes first the given number of times. */
  const disturbed = (times: number, retry?: { onVersionConflict: true | number }) => {
    let calls = 0;
    const result = handle(
      store,
      'a',
      async (state) => {
        if (calls++ < times) await store.appendToStream('purse-a', [put(100)]);
        return taken(state.coins / 2);
      },
      retry && { retry },
    );
    return { result, calls: () => calls };
  };

  test('a conflict without retry is a conflict', async () => {
    await handle(store, 'a', () => put(100));
    await expect(disturbed(1).result).rejects.toThrow(ExpectedVersionConflictError);
    expect(await coins('purse-a')).toBe(200);
  });

  test('its retry knows our conflict, and decides anew on the state of now', async () => {
    await handle(store, 'a', () => put(100));
    const { result, calls } = disturbed(2, { onVersionConflict: true });
    expect(await result).toMatchObject({ newEvents: [taken(150)], newState: { coins: 150 } });
    expect(calls()).toBe(3);
    expect(await coins('purse-a')).toBe(150);
  });

  test('a conflict at the birth of a stream is one too', async () => {
    const { result, calls } = disturbed(1, { onVersionConflict: 1 });
    expect(await result).toMatchObject({ newEvents: [taken(50)] });
    expect(calls()).toBe(2);
  });

  test('retries have an end', async () => {
    const { result, calls } = disturbed(5, { onVersionConflict: 1 });
    await expect(result).rejects.toThrow(ExpectedVersionConflictError);
    expect(calls()).toBe(2);
  });

  test('of many at once on one stream each version is taken once', async () => {
    const many = Array.from({ length: 8 }, (_, index) => handle(store, 'a', () => put(index)));
    const settled = await Promise.allSettled(many);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.readStream('purse-a')).toMatchObject({ currentStreamVersion: 1n });
  });

  test('fails fast where the expected version is not the current one', async () => {
    let called = false;
    const late = handle(
      store,
      'a',
      () => {
        called = true;
        return put(1);
      },
      { expectedStreamVersion: 3n },
    );
    await expect(late).rejects.toThrow('Expected version 3 does not match current 0');
    expect(called).toBe(false);
  });
});

test("Emmett's DeciderCommandHandler runs a decider on our store", async () => {
  const putIn = (coins: number) => ({ type: 'PutIn', data: { coins } }) as const;
  const takeOut = (coins: number) => ({ type: 'TakeOut', data: { coins } }) as const;
  type Command = ReturnType<typeof putIn> | ReturnType<typeof takeOut>;
  const handle = DeciderCommandHandler<State, Command, PurseEvent>({
    decide: (command, state) => {
      if (command.type === 'PutIn') return put(command.data.coins);
      if (command.data.coins > state.coins) throw new Error('too few');
      return taken(command.data.coins);
    },
    evolve,
    initialState,
  });
  await handle(store, 'a', [putIn(5), takeOut(3)]);
  await expect(handle(store, 'a', takeOut(3))).rejects.toThrow('too few');
  await expect(handle(store, 'a', [putIn(5), takeOut(30)])).rejects.toThrow('too few');
  expect(await coins('a')).toBe(2);
  expect(kernel.projector.verify()).toEqual([]);
  expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
});

describe('expected versions', () => {
  const modes: [ExpectedStreamVersion, 'new' | 'two events', boolean][] = [
    ['NO_CONCURRENCY_CHECK', 'new', true],
    ['NO_CONCURRENCY_CHECK', 'two events', true],
    ['STREAM_DOES_NOT_EXIST', 'new', true],
    ['STREAM_DOES_NOT_EXIST', 'two events', false],
    ['STREAM_EXISTS', 'new', false],
    ['STREAM_EXISTS', 'two events', true],
    [0n, 'new', true],
    [0n, 'two events', false],
    [1n, 'two events', false],
    [2n, 'two events', true],
    [3n, 'two events', false],
  ];

  test.each(modes)('%s on a stream that is %s: %s', async (expectedStreamVersion, stream, fits) => {
    if (stream !== 'new') await store.appendToStream('a', [put(1), put(2)]);
    const before = kernel.log.head().position;
    const results = [
      () => store.readStream('a', { expectedStreamVersion }),
      () =>
        store.aggregateStream<State, PurseEvent>('a', {
          evolve,
          initialState,
          read: { expectedStreamVersion },
        }),
      () => store.appendToStream('a', [put(3)], { expectedStreamVersion }),
    ];
    for (const result of results) {
      const error: unknown = await result().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(isExpectedVersionConflictError(error)).toBe(!fits);
    }
    expect(kernel.log.head().position).toBe(before + (fits ? 1 : 0));
  });

  test('the conflict says what was there and what was expected', async () => {
    const conflict = store.appendToStream('a', [put(1)], { expectedStreamVersion: 7n });
    await expect(conflict).rejects.toMatchObject({
      name: 'ExpectedVersionConflictError',
      errorCode: 412,
      current: '0',
      expected: '7',
    });
  });

  test('a conflict spares the commands it shares a commit with', async () => {
    const settled = await Promise.allSettled([
      store.appendToStream('a', [put(1)], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      store.appendToStream('a', [put(2)], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      store.appendToStream('a', [put(3)], { expectedStreamVersion: 1n }),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await coins('a')).toBe(4);
  });
});

describe('appendToStream', () => {
  test('answers with the next version and the last position', async () => {
    await store.appendToStream('b', [put(1)]);
    expect(await store.appendToStream('a', [put(1), put(2)])).toEqual({
      nextExpectedStreamVersion: 2n,
      createdNewStream: true,
      lastEventGlobalPosition: 3n,
    });
  });

  test('no events: no stream, no version, no harm', async () => {
    expect(await store.appendToStream('a', [])).toMatchObject({
      nextExpectedStreamVersion: 0n,
      createdNewStream: false,
    });
    expect(await store.streamExists('a')).toBe(false);
  });

  test('projects like any command, and our own deciders see it', async () => {
    await putIn(kernel, 'a', 1);
    await store.appendToStream('a', [put(5)]);
    expect(await purseState(kernel, 'a')).toMatchObject({ coins: 6 });
    await putIn(kernel, 'a', 1);
    expect(await coins('a')).toBe(7);
    expect(kernel.storage.prepare('SELECT coins FROM purses').pluck().all()).toEqual([7]);
  });

  test('metadata of its own is rejected, not lost without a word', async () => {
    const event = { ...put(1), metadata: { why: 'because' } };
    await expect(store.appendToStream('a', [event])).rejects.toThrow('metadata of their own');
    expect(kernel.log.head().position).toBe(0);
  });

  test('downcasts on the way in', async () => {
    await store.appendToStream<Put>('a', [put(5)], {
      schema: { versioning: { downcast: (event) => put(event.data.coins * 100) } },
    });
    expect(await coins('a')).toBe(500);
  });
});

describe('readStream', () => {
  beforeEach(() => store.appendToStream('a', [put(1), put(2), put(3), put(4)]));
  const read = async (options?: Parameters<typeof store.readStream>[1]) =>
    (await store.readStream('a', options)).events.map(({ data }) => data['coins']);

  test.each([
    [undefined, [1, 2, 3, 4]],
    [{ from: 0n }, [1, 2, 3, 4]],
    [{ from: 1n }, [1, 2, 3, 4]],
    [{ from: 3n }, [3, 4]],
    [{ from: 5n }, []],
    [{ to: 2n }, [1, 2]],
    [{ to: 0n }, []],
    [{ from: 2n, to: 3n }, [2, 3]],
    [{ maxCount: 3n }, [1, 2, 3]],
    [{ maxCount: 0n }, []],
    [{ from: 2n, maxCount: 2n }, [2, 3]],
    [{ from: 2n, to: 2n, maxCount: 2n }, [2]],
  ])('%o', async (options, expected) => {
    expect(await read(options)).toEqual(expected);
    expect(await store.readStream('a', options)).toMatchObject({
      currentStreamVersion: 4n,
      streamExists: true,
    });
  });

  test('events come with their metadata', async () => {
    const { events } = await store.readStream('a', { maxCount: 1n });
    expect(events).toEqual([
      {
        kind: 'Event',
        type: 'CoinsPutIn',
        data: { coins: 1 },
        metadata: {
          messageId: expect.any(String) as string,
          streamName: 'a',
          streamPosition: 1n,
          globalPosition: 1n,
        },
      },
    ]);
  });

  test('a stream that is not there is empty', async () => {
    expect(await store.readStream('nobody')).toEqual({
      currentStreamVersion: 0n,
      events: [],
      streamExists: false,
    });
    expect(await store.streamExists('nobody')).toBe(false);
    expect(await store.streamExists('a')).toBe(true);
  });

  test('upcasts the data and leaves the metadata alone', async () => {
    const upcast = (event: Put) => ({ type: event.type, data: { cents: event.data.coins * 100 } });
    type Cents = EmmettEvent<'CoinsPutIn', { cents: number }>;
    const { events } = await store.readStream<Cents, Put>('a', {
      maxCount: 1n,
      schema: { versioning: { upcast } },
    });
    expect(events).toMatchObject([{ data: { cents: 100 }, metadata: { streamPosition: 1n } }]);
  });
});

test('aggregateStream can stop at a version', async () => {
  await store.appendToStream('a', [put(1), put(2), put(3)]);
  const then = await store.aggregateStream<State, PurseEvent>('a', {
    evolve,
    initialState,
    read: { to: 2n },
  });
  expect(then).toEqual({ state: { coins: 3 }, currentStreamVersion: 3n, streamExists: true });
});
