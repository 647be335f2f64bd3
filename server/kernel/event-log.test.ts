import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import { openEventLog, type EventLog } from './event-log.ts';
import type { CommandMeta } from './event.ts';
import { openStorage, type Storage } from './storage.ts';
import { countingIds, fakeClock } from './testing/fake-ports.ts';
import { createUpcast, type Upcasters } from './upcasters.ts';
import { anyText } from './testing/any-text.ts';

const meta: CommandMeta = { actor: 'ann', origin: 'http', correlationId: 'c', causationId: null };
const put = (coins: number) => ({ type: 'CoinsPutIn', data: { coins } });

const openLog = (storage: Storage, upcasters: Upcasters = {}) =>
  openEventLog(storage, {
    clock: fakeClock(1000),
    ids: countingIds(`e${Math.random()}`),
    upcast: createUpcast(upcasters),
  });

let storage: Storage;
let log: EventLog;
beforeEach(() => {
  storage = openStorage(':memory:');
  log = openLog(storage);
});

describe('append', () => {
  test('positions count on without gaps, in the log and in each stream', () => {
    log.append('a', 0, [put(1), put(2)], meta);
    log.append('b', 0, [put(3)], meta);
    log.append('a', 2, [put(4)], meta);
    const positions = log
      .readAll(0, 10)
      .map((event) => [event.globalPosition, event.streamId, event.streamPosition]);
    expect(positions).toEqual([
      [1, 'a', 1],
      [2, 'a', 2],
      [3, 'b', 1],
      [4, 'a', 3],
    ]);
  });

  test('what it returns is what a later read gives', () => {
    const [recorded] = log.append('a', 0, [put(1)], { ...meta, causationId: 'because' });
    expect(log.readStream('a')).toEqual([recorded]);
    expect(recorded).toMatchObject({
      ...meta,
      causationId: 'because',
      globalPosition: 1,
      streamId: 'a',
      streamPosition: 1,
      type: 'CoinsPutIn',
      schemaVersion: 1,
      data: { coins: 1 },
      recordedAt: 1000,
    });
  });

  test('a position that is taken is refused, and the head can be read again', () => {
    log.append('a', 0, [put(1)], meta);
    expect(() => log.append('a', 0, [put(2)], meta)).toThrow('streams have gapless positions');
    log.refreshHead();
    expect(log.head().position).toBe(1);
  });

  test('whatever text comes in, the chain holds', async () => {
    const text = anyText(20);
    const lone = fc.constantFrom('\ud800', 'a\udfff', 'a\0b', '');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(text, lone), fc.oneof(text, lone)), { minLength: 1 }),
        (pairs) => {
          for (const [actor, words] of pairs) {
            const event = { type: words, data: { words } };
            log.append('texts', log.streamVersion('texts'), [event], { ...meta, actor });
          }
        },
      ),
      { numRuns: 15 },
    );
    expect(await checkChain(log)).toMatchObject({
      verdict: 'valid',
      position: log.head().position,
    });
  });
});

describe('reads', () => {
  beforeEach(() => {
    log.append('a', 0, [put(1), put(2), put(3)], meta);
    log.append('b', 0, [put(4)], meta);
  });
  const coins = (events: ReturnType<EventLog['readAll']>) =>
    events.map((event) => event.data['coins']);

  test('a stream, whole or behind a position or a few', () => {
    expect(coins(log.readStream('a'))).toEqual([1, 2, 3]);
    expect(coins(log.readStream('a', 1))).toEqual([2, 3]);
    expect(coins(log.readStream('a', 1, 1))).toEqual([2]);
    expect(log.readStream('nobody')).toEqual([]);
  });

  test('the whole log, a page at a time', () => {
    expect(coins(log.readAll(0, 2))).toEqual([1, 2]);
    expect(coins(log.readAll(2, 2))).toEqual([3, 4]);
    expect(log.readAll(4, 2)).toEqual([]);
  });

  test('one event by its id', () => {
    const [first] = log.readStream('a');
    expect(log.find(first?.eventId ?? '')).toEqual(first);
    expect(log.find('unknown')).toBeUndefined();
  });

  test('versions of streams', () => {
    expect(log.streamVersion('a')).toBe(3);
    expect(log.streamVersion('nobody')).toBe(0);
  });

  test('the head survives a restart', () => {
    const again = openLog(storage);
    expect(again.head()).toEqual(log.head());
    expect(again.head().position).toBe(4);
  });

  test('old events come in the shape of today, new ones are written in it', () => {
    const today = openLog(storage, {
      CoinsPutIn: { 1: (data: { coins: number }) => ({ ...data, currency: 'EUR' }) },
    });
    today.append('b', 1, [{ type: 'CoinsPutIn', data: { coins: 5, currency: 'CHF' } }], meta);
    expect(
      today.readStream('b').map(({ data, schemaVersion }) => ({ data, schemaVersion })),
    ).toEqual([
      { data: { coins: 4, currency: 'EUR' }, schemaVersion: 2 },
      { data: { coins: 5, currency: 'CHF' }, schemaVersion: 2 },
    ]);
    expect(today.readRows(3, 2).map((row) => row.schema_version)).toEqual([1, 2]);
  });
});

describe('append-only', () => {
  beforeEach(() => {
    log.append('a', 0, [put(1), put(2)], meta);
  });

  const before = () => JSON.stringify(storage.prepare('SELECT * FROM events').all());
  const columns =
    'global_position, event_id, stream_id, stream_position, type, schema_version, data, actor, origin, correlation_id, causation_id, recorded_at, hash';
  const row = (position: number, id: string, stream: string, at: number) =>
    `(${columns}) VALUES (${position}, '${id}', '${stream}', ${at}, 'T', 1, '{}', 'x', 'x', 'x', NULL, 1, zeroblob(32))`;
  const idOfFirst = () => log.readAll(0, 1)[0]?.eventId ?? '';

  test.each([
    ['UPDATE', () => "UPDATE events SET data = '{}' WHERE global_position = 1"],
    [
      'UPDATE OR REPLACE',
      () => 'UPDATE OR REPLACE events SET global_position = 2 WHERE global_position = 1',
    ],
    ['DELETE', () => 'DELETE FROM events WHERE global_position = 2'],
    ['DELETE of all', () => 'DELETE FROM events'],
    [
      'INSERT OR REPLACE on a position',
      () => `INSERT OR REPLACE INTO events ${row(2, 'new', 'a', 3)}`,
    ],
    [
      'INSERT OR REPLACE on an id',
      () => `INSERT OR REPLACE INTO events ${row(3, idOfFirst(), 'a', 3)}`,
    ],
    [
      'INSERT OR REPLACE in a stream',
      () => `INSERT OR REPLACE INTO events ${row(3, 'new', 'a', 2)}`,
    ],
    ['a gap in the log', () => `INSERT INTO events ${row(4, 'new', 'a', 3)}`],
    ['a gap in a stream', () => `INSERT INTO events ${row(3, 'new', 'a', 4)}`],
    ['a stream that begins late', () => `INSERT INTO events ${row(3, 'new', 'b', 2)}`],
  ])('%s is stopped', (_, sql) => {
    const was = before();
    expect(() => storage.exec(sql())).toThrow(/append-only|gapless|id of their own/);
    expect(before()).toBe(was);
  });

  test('the row that follows is let in', () => {
    storage.exec(`INSERT INTO events ${row(3, 'new', 'a', 3)}`);
    expect(openLog(storage).head().position).toBe(3);
  });
});
