import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { done } from './command-bus.ts';
import type { Recorded } from './event.ts';
import { createReactors, reactorLimits, reactorTriesMax, type Reactor } from './reactors.ts';
import { openStorage, StorageUnavailable, type Storage } from './storage.ts';
import { eventually } from './testing/eventually.ts';
import { countingIds } from './testing/fake-ports.ts';
import { interceptedStorage } from './testing/intercepted-storage.ts';
import { purse, putIn, takeOut } from './testing/purse.ts';
import { recordingLogger } from './testing/recording-logger.ts';
import { testKernel } from './testing/test-kernel.ts';

const ids = countingIds();
let storage: Storage;
let logger: ReturnType<typeof recordingLogger>;
let kernel: ReturnType<typeof testKernel>;
let stops: (() => Promise<void>)[];
/** Where the reactors began to read the log. */
let reads: number[];

beforeEach(() => {
  storage = openStorage(':memory:');
  logger = recordingLogger();
  kernel = testKernel({ storage, ids });
  stops = [];
  reads = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
});

/** Starts reactors as a new process would; without the stop, the process was killed. */
const start = (...reactors: Reactor[]) => {
  kernel = testKernel({ storage, ids, logger });
  const { log } = kernel;
  const readAll: typeof log.readAll = (after, limit) => {
    reads.push(after);
    return log.readAll(after, limit);
  };
  const running = createReactors(kernel.storage, {
    bus: kernel.bus,
    log: { ...kernel.log, readAll },
    logger,
    reactors,
    retryDelayMs: () => 0,
    stopWaitMs: 20,
  });
  running.start();
  stops.push(running.stop);
  return running;
};

const reactor = (
  name: string,
  react: (event: Recorded) => void | Promise<void>,
  on: readonly string[] = ['CoinsPutIn'],
): Reactor => ({ name, on, react });

const noting = (name = 'noting', on?: readonly string[]) => {
  const seen: number[] = [];
  return { seen, ...reactor(name, (event) => void seen.push(event.globalPosition), on) };
};

const putMany = async (count: number) => {
  await kernel.bus.execute({ actor: 'ann', origin: 'system' }, (tx) => {
    for (let index = 0; index < count; index++) tx.decide(purse, 'a', { type: 'PutIn', coins: 1 });
    return done(null);
  });
};
const checkpoint = (name = 'noting') =>
  kernel.storage.prepare('SELECT position FROM checkpoints WHERE reactor = ?').pluck().get(name);
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('following', () => {
  test('a reactor hears of its event types, one by one and in order', async () => {
    const puts = noting('puts');
    const takes = noting('takes', ['CoinsTakenOut', 'TakingRefused']);
    start(puts, takes);
    await Promise.all([putIn(kernel, 'a', 1), takeOut(kernel, 'a', 1), takeOut(kernel, 'a', 1)]);
    await putIn(kernel, 'a', 1);
    await eventually(() => puts.seen.length === 2 && takes.seen.length === 2);
    expect(puts.seen).toEqual([1, 4]);
    expect(takes.seen).toEqual([2, 3]);
  });

  test('it reacts before the command is answered, once it follows', async () => {
    const one = noting();
    start(one);
    await putIn(kernel, 'a', 1);
    await eventually(() => one.seen.length === 1);
    await putIn(kernel, 'a', 1).then(() => expect(one.seen).toEqual([1, 2]));
  });

  test('a slow one does not hold up the others, and loses nothing', async () => {
    const gate = Promise.withResolvers<void>();
    const slow: number[] = [];
    const quick = noting('quick');
    start(
      reactor('slow', async (event) => {
        await gate.promise;
        slow.push(event.globalPosition);
      }),
      quick,
    );
    for (let index = 0; index < 5; index++) await putIn(kernel, 'a', 1);
    await eventually(() => quick.seen.length === 5);
    expect(slow).toEqual([]);
    gate.resolve();
    await eventually(() => slow.length === 5);
    expect(slow).toEqual([1, 2, 3, 4, 5]);
  });

  test('one commit larger than its inbox is read from the log', async () => {
    const one = noting();
    start(one);
    const count = reactorLimits.inboxMax * 2 + 3;
    await putMany(count);
    await putIn(kernel, 'a', 1);
    await eventually(() => one.seen.length === count + 1);
    expect(one.seen).toEqual(from(1, count + 1));
  });

  test('commits that pile up behind a slow one wait in the log, not in memory', async () => {
    const gate = Promise.withResolvers<void>();
    const seen: number[] = [];
    start(
      reactor('slow', async (event) => {
        await gate.promise;
        seen.push(event.globalPosition);
      }),
    );
    await putIn(kernel, 'a', 1);
    await putMany(900);
    await putMany(900);
    await putMany(10);
    gate.resolve();
    await eventually(() => seen.length === 1811);
    expect(seen).toEqual(from(1, 1811));
    expect(reads.at(-1)).toBeGreaterThanOrEqual(901);
  });
});

describe('checkpoints', () => {
  test('a new reactor begins now', async () => {
    await putIn(kernel, 'a', 1);
    const one = noting();
    start(one);
    await putIn(kernel, 'a', 1);
    await eventually(() => one.seen.length === 1);
    expect(one.seen).toEqual([2]);
  });

  test('a stop keeps them, and the next start goes on behind them', async () => {
    const running = start(noting());
    await putIn(kernel, 'a', 1);
    await running.stop();
    expect(checkpoint()).toBe(1);
    kernel = testKernel({ storage, ids });
    await putIn(kernel, 'a', 1);
    const one = noting();
    start(one);
    await eventually(() => one.seen.length === 1);
    expect(one.seen).toEqual([2]);
  });

  test('killed between reacting and keeping: the event comes again', async () => {
    const first = noting();
    start(first);
    await putIn(kernel, 'a', 1);
    await putIn(kernel, 'a', 1);
    await eventually(() => first.seen.length === 2);
    expect(checkpoint()).toBeLessThan(2);
    const second = noting();
    start(second);
    await eventually(() => second.seen.includes(2));
    expect(new Set([...first.seen, ...second.seen])).toEqual(new Set([1, 2]));
  });

  test('they ride along with the next commit', async () => {
    const one = noting();
    start(one);
    await putIn(kernel, 'a', 1);
    await eventually(() => one.seen.length === 1);
    await putIn(kernel, 'a', 1);
    expect(checkpoint()).toBe(1);
  });

  test('one that was not durable is kept later', async () => {
    let fails = false;
    storage = interceptedStorage(storage, (sql) => {
      if (fails && sql === 'COMMIT') throw new StorageUnavailable('the disk is gone');
    });
    const one = noting();
    const running = start(one);
    await putIn(kernel, 'a', 1);
    await eventually(() => one.seen.length === 1);
    fails = true;
    await expect(putIn(kernel, 'a', 1)).rejects.toThrow(StorageUnavailable);
    fails = false;
    await running.stop();
    expect(checkpoint()).toBe(1);
  });

  test('a backlog longer than a page is caught up in order, while commands go on', async () => {
    await start(noting()).stop();
    kernel = testKernel({ storage, ids });
    await putMany(3500);
    const one = noting();
    start(one);
    await Promise.all([putIn(kernel, 'a', 1), putIn(kernel, 'a', 1)]);
    await eventually(() => one.seen.length === 3502);
    expect(one.seen).toEqual(from(1, 3502));
  });

  test('one with nothing to do moves on all the same, so that a start need not read everything', async () => {
    const idle = noting('idle', ['NeverHappens']);
    start(idle);
    await putMany(reactorLimits.quietEventsMax + 1);
    await putIn(kernel, 'a', 1);
    await putIn(kernel, 'a', 1);
    expect(checkpoint('idle')).toBeGreaterThanOrEqual(reactorLimits.quietEventsMax);
  });

  test('a reactor that was away goes on where it was', async () => {
    const running = start(noting('coming back'));
    await putIn(kernel, 'a', 1);
    await running.stop();
    const other = start(noting('other'));
    await putIn(kernel, 'a', 1);
    await other.stop();
    const back = noting('coming back');
    start(back);
    await eventually(() => back.seen.length === 1);
    expect(back.seen).toEqual([2]);
  });
});

describe('an event that cannot be dealt with', () => {
  test('is tried again, then given up with an error in the log, and the next one goes on', async () => {
    const tried: number[] = [];
    start(
      reactor('sick', (event) => {
        tried.push(event.globalPosition);
        if (event.globalPosition === 1) throw new Error('poison');
      }),
    );
    await putIn(kernel, 'a', 1);
    await putIn(kernel, 'a', 1);
    await eventually(() => tried.includes(2));
    expect(tried).toEqual([...Array.from({ length: reactorTriesMax }, () => 1), 2]);
    expect(logger.lines).toEqual([
      ...Array.from(
        { length: reactorTriesMax - 1 },
        () => 'warn: reactor will try CoinsPutIn again',
      ),
      'error: reactor gave up on CoinsPutIn',
    ]);
    expect(logger.details[0]).toMatchObject({ reactor: 'sick', attempt: 1 });
  });

  test('one that succeeds at a later try is no error', async () => {
    let tries = 0;
    start(
      reactor('shy', async () => {
        if (++tries < 3) throw new Error('not yet');
      }),
    );
    await putIn(kernel, 'a', 1);
    await eventually(() => tries === 3);
    expect(logger.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('stop', () => {
  test('waits for the event under work and takes up no other', async () => {
    const gate = Promise.withResolvers<void>();
    const seen: number[] = [];
    const running = start(
      reactor('slow', async (event) => {
        await gate.promise;
        seen.push(event.globalPosition);
      }),
    );
    await Promise.all([putIn(kernel, 'a', 1), putIn(kernel, 'a', 1)]);
    await eventually(() => kernel.log.head().position === 2);
    const stopped = running.stop();
    gate.resolve();
    await stopped;
    expect(seen.length).toBeLessThan(2);
    expect(checkpoint('slow')).toBe(seen.length);
  });

  test('a retry that waits is not waited for, and the event is not lost', async () => {
    let tries = 0;
    const running = createReactors(storage, {
      bus: kernel.bus,
      log: kernel.log,
      logger,
      reactors: [
        reactor('sick', () => {
          tries++;
          throw new Error('poison');
        }),
      ],
      retryDelayMs: () => 60_000,
    });
    running.start();
    await putIn(kernel, 'a', 1);
    await eventually(() => tries === 1);
    await running.stop();
    expect(tries).toBe(1);
    expect(checkpoint('sick')).toBe(0);
  });

  test('one that never ends does not hold up the stop for ever', async () => {
    const never = new Promise<void>(() => undefined);
    let begun = false;
    const running = start(
      reactor('stuck', () => {
        begun = true;
        return never;
      }),
    );
    await putIn(kernel, 'a', 1);
    await eventually(() => begun);
    await running.stop();
    expect(checkpoint('stuck')).toBe(0);
    expect(logger.lines).toEqual(['warn: reactor is still busy at the stop']);
  });
});

test('a rebuild reacts to nothing', async () => {
  const one = noting();
  start(one);
  await putIn(kernel, 'a', 1);
  await eventually(() => one.seen.length === 1);
  kernel.projector.rebuild();
  kernel.projector.verify();
  await putIn(kernel, 'a', 1);
  await eventually(() => one.seen.length === 2);
  expect(one.seen).toEqual([1, 2]);
});
