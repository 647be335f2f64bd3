import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkChain } from './chain-check.ts';
import { busLimits, done, refuse, type Work } from './command-bus.ts';
import type { Decider } from './decider.ts';
import type { Recorded } from './event.ts';
import { RepeatKeyReused, repeatsKeptMs } from './repeats.ts';
import { openStorage, StorageUnavailable, type Storage } from './storage.ts';
import { countingIds } from './testing/fake-ports.ts';
import { interceptedStorage } from './testing/intercepted-storage.ts';
import { purse, purses, purseState, putIn, takeOut } from './testing/purse.ts';
import { recordingLogger } from './testing/recording-logger.ts';
import { testKernel } from './testing/test-kernel.ts';

const ann = { actor: 'ann', origin: 'http' } as const;
const sideTables = ['CREATE TABLE IF NOT EXISTS names (name TEXT PRIMARY KEY) STRICT'];

let statements: string[];
/** Says which statements throw in place of running. */
let fails: (sql: string) => boolean;
let logger: ReturnType<typeof recordingLogger>;
let kernel: ReturnType<typeof testKernel>;

const openKernel = (storage: Storage = openStorage(':memory:'), ids = countingIds()) => {
  statements = [];
  fails = () => false;
  logger = recordingLogger();
  const watched = interceptedStorage(storage, (sql) => {
    statements.push(sql);
    if (fails(sql)) throw new StorageUnavailable('the disk is gone');
  });
  return testKernel({ storage: watched, ids, projections: [purses], sideTables, logger });
};
beforeEach(() => {
  kernel = openKernel();
});

const types = () => kernel.log.readAll(0, 1000).map(({ type }) => type);
const rows = (sql: string) => kernel.storage.prepare(sql).all();
const count = (statement: string) => statements.filter((sql) => sql === statement).length;
const execute = <Result, Reason>(work: Work<Result, Reason>) => kernel.bus.execute(ann, work);

describe('an accepted command', () => {
  test('appends, projects and answers with its position', async () => {
    expect(await putIn(kernel, 'a', 5)).toEqual({
      ok: true,
      result: 5,
      position: 1,
      repeated: false,
    });
    expect(await takeOut(kernel, 'a', 2)).toEqual({
      ok: true,
      result: 2,
      position: 2,
      repeated: false,
    });
    expect(types()).toEqual(['CoinsPutIn', 'CoinsTakenOut']);
    expect(rows('SELECT id, coins FROM purses')).toEqual([{ id: 'a', coins: 3 }]);
  });

  test('carries who and why', async () => {
    await putIn(kernel, 'a', 5, {
      actor: 'bob',
      origin: 'mqtt',
      correlationId: 'c',
      causationId: 'e',
    });
    await putIn(kernel, 'a', 6);
    const [told, filled] = kernel.log.readStream('a');
    expect(told).toMatchObject({
      actor: 'bob',
      origin: 'mqtt',
      correlationId: 'c',
      causationId: 'e',
    });
    expect(filled).toMatchObject({ ...ann, causationId: null });
    expect(filled?.correlationId).toMatch(/^id-/);
  });

  test('may write to several streams and side tables, all or nothing', async () => {
    await putIn(kernel, 'a', 5);
    const move = (coins: number) =>
      execute((tx) => {
        tx.storage.prepare('INSERT INTO names VALUES (?)').run(`moved ${coins}`);
        tx.decide(purse, 'b', { type: 'PutIn', coins });
        const taken = tx.decide(purse, 'a', { type: 'TakeOut', coins });
        return taken.accepted ? done(null) : refuse(taken.reason);
      });
    expect(await move(3)).toMatchObject({ ok: true, position: 3 });
    expect(await move(4)).toMatchObject({ ok: false, reason: { code: 'too_few', missing: 2 } });
    expect(types()).toEqual(['CoinsPutIn', 'CoinsPutIn', 'CoinsTakenOut', 'TakingRefused']);
    expect(rows('SELECT name FROM names')).toEqual([{ name: 'moved 3' }]);
    expect(await purseState(kernel, 'b')).toEqual({ coins: 3, refusals: 0 });
    expect(await purseState(kernel, 'a')).toEqual({ coins: 2, refusals: 1 });
    expect(kernel.projector.verify()).toEqual([]);
  });

  test('sees its own events when it decides twice on one stream', async () => {
    const outcome = await execute((tx) => {
      tx.decide(purse, 'a', { type: 'PutIn', coins: 5 });
      tx.decide(purse, 'a', { type: 'TakeOut', coins: 4 });
      return done(tx.state(purse, 'a').coins);
    });
    expect(outcome).toMatchObject({ ok: true, result: 1, position: 2 });
  });

  test('keeps the refusal event of a part that was refused', async () => {
    await execute((tx) => {
      tx.decide(purse, 'a', { type: 'TakeOut', coins: 4 });
      tx.decide(purse, 'a', { type: 'PutIn', coins: 1 });
      return done(null);
    });
    expect(types()).toEqual(['TakingRefused', 'CoinsPutIn']);
    expect(await purseState(kernel, 'a')).toEqual({ coins: 1, refusals: 1 });
  });

  test('folds and projects data as a later read of the log will give it', async () => {
    const seen: unknown[] = [];
    const dates: Decider<unknown, Date, { type: 'Noted'; data: Record<string, unknown> }, never> = {
      decide: (when) => ({
        accepted: true,
        events: [{ type: 'Noted', data: { when, nothing: undefined } }],
      }),
      evolve: (_, event) => event.data,
      initialState: () => null,
    };
    kernel.bus.onCommitted((events) => seen.push(...events.map(({ data }) => data)));
    await execute((tx) => done(tx.decide(dates, 'a', new Date(0))));
    const stored = { when: '1970-01-01T00:00:00.000Z' };
    expect(seen).toStrictEqual([stored]);
    expect(await execute((tx) => done(tx.state(dates, 'a')))).toMatchObject({ result: stored });
    expect(kernel.log.readStream('a')[0]?.data).toStrictEqual(stored);
  });
});

describe('a refused command', () => {
  test('keeps only events that came with a refusal', async () => {
    expect(await takeOut(kernel, 'a', 1)).toMatchObject({ ok: false, position: 1 });
    expect(await takeOut(kernel, 'a', 0)).toEqual({
      ok: false,
      reason: { code: 'empty_hand' },
      position: 1,
      repeated: false,
    });
    expect(types()).toEqual(['TakingRefused']);
  });

  test('the next command decides on what was kept, in the same batch and later', async () => {
    await putIn(kernel, 'a', 5);
    const overdraw = () =>
      execute((tx) => {
        tx.decide(purse, 'a', { type: 'PutIn', coins: 100 });
        return refuse('changed my mind');
      });
    const [, taken] = await Promise.all([overdraw(), takeOut(kernel, 'a', 6)]);
    expect(taken).toMatchObject({ ok: false, reason: { missing: 1 } });
    expect(await takeOut(kernel, 'a', 5)).toMatchObject({ ok: true });
    expect(types()).toEqual(['CoinsPutIn', 'TakingRefused', 'CoinsTakenOut']);
  });
});

describe('a command that throws', () => {
  const burst = () =>
    execute((tx): ReturnType<typeof done<null>> => {
      tx.storage.prepare("INSERT INTO names VALUES ('half')").run();
      tx.decide(purse, 'a', { type: 'PutIn', coins: 1000 });
      throw new Error('a bug');
    });

  test('leaves nothing and spares its neighbours of the batch', async () => {
    const settled = await Promise.allSettled([
      putIn(kernel, 'a', 1),
      burst(),
      putIn(kernel, 'a', 2),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toHaveProperty('reason.message', 'a bug');
    expect(count('COMMIT')).toBe(1);
    expect(rows('SELECT name FROM names')).toEqual([]);
    expect(await purseState(kernel, 'a')).toEqual({ coins: 3, refusals: 0 });
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
  });

  test('so does one whose projection fails, after its events were appended', async () => {
    kernel.storage.exec('DELETE FROM purse_moves; DELETE FROM purses');
    await putIn(kernel, 'a', 1);
    kernel.storage.exec("UPDATE purses SET coins = 0 WHERE id = 'a'");
    const settled = await Promise.allSettled([takeOut(kernel, 'a', 1), putIn(kernel, 'b', 2)]);
    expect(settled[0]).toHaveProperty('reason.message', expect.stringContaining('CHECK'));
    expect(settled[1]).toMatchObject({ status: 'fulfilled', value: { position: 2 } });
    expect(types()).toEqual(['CoinsPutIn', 'CoinsPutIn']);
    expect(await purseState(kernel, 'a')).toEqual({ coins: 1, refusals: 0 });
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
  });

  test('a stream has one decider within a command', async () => {
    const other = { ...purse };
    const both = execute((tx) => done([tx.state(purse, 'a'), tx.state(other, 'a')]));
    await expect(both).rejects.toThrow('two deciders for a in one command');
  });
});

describe('group commit', () => {
  test('commands of one turn share one transaction, in their order', async () => {
    const coins = [1, 2, 3, 4, 5];
    const outcomes = await Promise.all(coins.map((one) => putIn(kernel, 'a', one)));
    expect(outcomes.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect(kernel.log.readStream('a').map(({ data }) => data['coins'])).toEqual(coins);
    expect(count('BEGIN IMMEDIATE')).toBe(1);
    expect(count('COMMIT')).toBe(1);
    expect(count('SAVEPOINT command')).toBe(5);
  });

  test('a command that is alone is undone without a savepoint, as fully', async () => {
    const moved = (ending: 'refuse' | 'throw') =>
      execute((tx) => {
        tx.storage.prepare('INSERT INTO names VALUES (?)').run(ending);
        tx.decide(purse, 'a', { type: 'PutIn', coins: 1 });
        tx.decide(purse, 'b', { type: 'TakeOut', coins: 1 });
        if (ending === 'throw') throw new Error('a bug');
        return refuse(null);
      });
    expect(await moved('refuse')).toMatchObject({ ok: false, position: 1 });
    await expect(moved('throw')).rejects.toThrow('a bug');
    expect(count('SAVEPOINT command')).toBe(0);
    expect(types()).toEqual(['TakingRefused']);
    expect(rows('SELECT name FROM names')).toEqual([]);
    expect(await putIn(kernel, 'a', 1)).toMatchObject({ position: 2 });
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
    expect(kernel.projector.verify()).toEqual([]);
  });

  test('a batch has a limit, and so has the queue', async () => {
    const many = Array.from({ length: busLimits.queuedMax }, (_, index) =>
      execute(() => done(index)),
    );
    await expect(putIn(kernel, 'a', 1)).rejects.toThrow(StorageUnavailable);
    const outcomes = await Promise.all(many);
    expect(outcomes.map((outcome) => outcome.ok && outcome.result)).toEqual(
      outcomes.map((_, index) => index),
    );
    expect(count('COMMIT')).toBe(Math.ceil(busLimits.queuedMax / busLimits.batchMax));
  });

  test('no promise resolves before COMMIT', async () => {
    const order: string[] = [];
    kernel.bus.onCommitted(() => order.push(`told after ${count('COMMIT')} commit`));
    await putIn(kernel, 'a', 1).then(() => order.push('answered'));
    expect(order).toEqual(['told after 1 commit', 'answered']);
  });
});

describe.each(['COMMIT', 'INSERT INTO events', 'SAVEPOINT', 'RELEASE', 'BEGIN IMMEDIATE'])(
  'when %s fails',
  (statement) => {
    test('the whole batch is rejected, nothing is kept, and the next one goes on', async () => {
      await putIn(kernel, 'a', 5);
      fails = (sql) => sql.startsWith(statement);
      const told: Recorded[] = [];
      kernel.bus.onCommitted((events) => told.push(...events));
      const settled = await Promise.allSettled([
        putIn(kernel, 'a', 100),
        putIn(kernel, 'b', 1),
        putIn(kernel, 'b', 1, { repeat: { key: 'k', fingerprint: 'f' } }),
      ]);
      for (const one of settled) {
        expect(one).toHaveProperty('reason', expect.any(StorageUnavailable));
      }
      expect(told).toEqual([]);
      expect(types()).toEqual(['CoinsPutIn']);
      expect(kernel.log.head().position).toBe(1);

      fails = () => false;
      expect(await takeOut(kernel, 'a', 6)).toMatchObject({ ok: false, reason: { missing: 1 } });
      const again = putIn(kernel, 'b', 1, { repeat: { key: 'k', fingerprint: 'f' } });
      expect(await again).toMatchObject({ ok: true, repeated: false, position: 3 });
      expect(kernel.projector.verify()).toEqual([]);
      expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 3 });
    });
  },
);

test('when the head cannot be read after a failure, the next batch asks again', async () => {
  await putIn(kernel, 'a', 5);
  fails = (sql) => sql === 'COMMIT' || sql.startsWith('SELECT global_position, hash');
  await expect(putIn(kernel, 'a', 100)).rejects.toThrow(StorageUnavailable);
  fails = () => false;
  expect(await takeOut(kernel, 'a', 5)).toMatchObject({ ok: true, position: 2 });
  expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
});

test('when even ROLLBACK fails, the next batch finds its way back', async () => {
  await putIn(kernel, 'a', 5);
  fails = (sql) => sql === 'COMMIT' || sql === 'ROLLBACK';
  await expect(putIn(kernel, 'a', 100)).rejects.toThrow(StorageUnavailable);
  fails = () => false;
  await expect(putIn(kernel, 'a', 100)).rejects.toThrow('transaction within a transaction');
  expect(await takeOut(kernel, 'a', 5)).toMatchObject({ ok: true, position: 2 });
  expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 2 });
});

describe('repeats', () => {
  const repeat = { key: 'http:ann:1', fingerprint: 'put 5 into a' };

  test('a repeat is answered with the first outcome and appends nothing', async () => {
    const first = await putIn(kernel, 'a', 5, { repeat });
    await putIn(kernel, 'a', 1);
    expect(await putIn(kernel, 'a', 5, { repeat })).toEqual({ ...first, repeated: true });
    // Long work asks before it begins.
    expect(kernel.bus.earlier(repeat)).toEqual({ ...first, repeated: true });
    expect(kernel.bus.earlier({ ...repeat, key: 'http:ann:2' })).toBeUndefined();
    expect(types()).toHaveLength(2);
  });

  test('within one batch too', async () => {
    const [first, second] = await Promise.all([
      putIn(kernel, 'a', 5, { repeat }),
      putIn(kernel, 'a', 5, { repeat }),
    ]);
    expect(first).toMatchObject({ repeated: false, position: 1 });
    expect(second).toMatchObject({ repeated: true, position: 1, result: 5 });
    expect(types()).toHaveLength(1);
  });

  test('a refusal is repeated as well, even when it would be granted now', async () => {
    await takeOut(kernel, 'a', 5, { repeat });
    await putIn(kernel, 'a', 5);
    expect(await takeOut(kernel, 'a', 5, { repeat })).toMatchObject({
      ok: false,
      repeated: true,
      reason: { code: 'too_few', missing: 5 },
    });
  });

  test('a command that threw was no command: its key is free', async () => {
    const thrown = kernel.bus.execute({ ...ann, repeat }, () => {
      throw new Error('a bug');
    });
    await expect(thrown).rejects.toThrow('a bug');
    expect(await putIn(kernel, 'a', 5, { repeat })).toMatchObject({ ok: true, repeated: false });
  });

  test('the same key for another command is an error, and the batch goes on', async () => {
    const settled = await Promise.allSettled([
      putIn(kernel, 'a', 5, { repeat }),
      putIn(kernel, 'a', 6, { repeat: { ...repeat, fingerprint: 'put 6 into a' } }),
      putIn(kernel, 'a', 7),
    ]);
    expect(settled[1]).toHaveProperty('reason', expect.any(RepeatKeyReused));
    expect(await purseState(kernel, 'a')).toMatchObject({ coins: 12 });
  });

  test('they outlive a restart and end after a day', async () => {
    const storage = openStorage(':memory:');
    const ids = countingIds();
    kernel = openKernel(storage, ids);
    await putIn(kernel, 'a', 5, { repeat });
    kernel = openKernel(storage, ids);
    expect(await putIn(kernel, 'a', 5, { repeat })).toMatchObject({ repeated: true });
    kernel.clock.advance(repeatsKeptMs + 1);
    expect(await putIn(kernel, 'a', 5, { repeat })).toMatchObject({ repeated: false, position: 2 });
  });
});

describe('listeners', () => {
  test('hear of each commit once, in order, and of refused and thrown commands nothing', async () => {
    const heard: number[][] = [];
    kernel.bus.onCommitted((events) =>
      heard.push(events.map(({ globalPosition }) => globalPosition)),
    );
    const bug = () => {
      throw new Error('a bug');
    };
    await Promise.allSettled([putIn(kernel, 'a', 1), execute(bug), putIn(kernel, 'a', 2)]);
    await takeOut(kernel, 'a', 0);
    await putIn(kernel, 'a', 3);
    expect(heard).toEqual([[1, 2], [3]]);
  });

  test('one that throws neither fails the command nor silences the others', async () => {
    const heard = vi.fn<(events: readonly Recorded[]) => void>();
    kernel.bus.onCommitted(() => {
      throw new Error('a bug');
    });
    kernel.bus.onCommitted(heard);
    expect(await putIn(kernel, 'a', 1)).toMatchObject({ ok: true });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(logger.lines).toEqual(['error: a listener failed on committed events']);
  });

  test('may send commands, which come in the next transaction', async () => {
    const follow = Promise.withResolvers<unknown>();
    let followed = false;
    kernel.bus.onCommitted(() => {
      if (followed) return;
      followed = true;
      putIn(kernel, 'b', 1).then(follow.resolve, follow.reject);
    });
    await putIn(kernel, 'a', 1);
    expect(await follow.promise).toMatchObject({ ok: true, position: 2 });
    expect(count('COMMIT')).toBe(2);
  });
});

describe('bookkeeping before COMMIT', () => {
  test('rides along, and is told when it is durable', async () => {
    const durable = vi.fn<() => void>();
    kernel.bus.beforeCommit(() => durable);
    fails = (sql) => sql === 'COMMIT';
    await expect(putIn(kernel, 'a', 1)).rejects.toThrow(StorageUnavailable);
    expect(durable).not.toHaveBeenCalled();
    fails = () => false;
    await putIn(kernel, 'a', 1);
    expect(durable).toHaveBeenCalledTimes(1);
  });
});

describe('close', () => {
  test('commits what is queued and refuses what comes later', async () => {
    const queued = Array.from({ length: 300 }, () => putIn(kernel, 'a', 1));
    kernel.bus.close();
    expect(kernel.log.head().position).toBe(300);
    await expect(putIn(kernel, 'a', 1)).rejects.toThrow('Encore is stopping');
    expect(await Promise.all(queued)).toHaveLength(300);
  });
});

test('old states leave the cache and are folded again', async () => {
  await putIn(kernel, 'a', 7);
  await execute((tx) => {
    for (let index = 0; index < 5000; index++) tx.state(purse, `purse-${index}`);
    return done(null);
  });
  expect(await takeOut(kernel, 'a', 8)).toMatchObject({ reason: { missing: 1 } });
  expect(await purseState(kernel, 'a')).toEqual({ coins: 7, refusals: 1 });
});
