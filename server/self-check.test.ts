import { expect, it } from 'vitest';
import { createSelfCheck } from './self-check.ts';
import { openStorage } from './kernel/storage.ts';

const storage = openStorage(':memory:');
storage.exec('CREATE TABLE events (global_position INTEGER PRIMARY KEY)');
storage.exec('INSERT INTO events VALUES (1), (2), (3)');
const head = { position: 3, hash: Buffer.alloc(32) };
const log = { head: () => head };

/** A feed that delivers to its one listener. */
const liveFeed = () => {
  let deliver = (_: { type: string; at: string; data: Record<string, unknown> }) => {};
  return {
    publish: (draft: { type: string; data: Record<string, unknown> }) =>
      deliver({ ...draft, at: '' }),
    subscribe: (_viewer: unknown, _after: unknown, to: typeof deliver) => {
      deliver = to;
      return () => void (deliver = () => {});
    },
  };
};

it('finds nothing in a house that works', () => {
  const check = createSelfCheck({ storage, log, feed: liveFeed() });
  expect(check()).toBeUndefined();
  expect(check()).toBeUndefined();
});

it('finds a log that is not the one it wrote', () => {
  const check = createSelfCheck({
    storage,
    log: { head: () => ({ ...head, position: 4 }) },
    feed: liveFeed(),
  });
  expect(check()).toBe('the log ends at 3 and should end at 4');
});

it('finds a feed that delivers nothing', () => {
  const check = createSelfCheck({ storage, log, feed: { ...liveFeed(), publish: () => {} } });
  expect(check()).toBe('the feed delivers nothing');
});

it('throws where the store cannot be read', () => {
  const closed = openStorage(':memory:');
  closed.exec('CREATE TABLE events (global_position INTEGER PRIMARY KEY)');
  const check = createSelfCheck({ storage: closed, log, feed: liveFeed() });
  closed.close();
  expect(check).toThrow(/not open/);
});
