import { beforeEach, describe, expect, test } from 'vitest';
import { createFeed, resumeEventsMax, type Feed, type FeedMap, type FeedMessage } from './feed.ts';
import { done } from './command-bus.ts';
import { purse, putIn, takeOut } from './testing/purse.ts';
import { recordingLogger } from './testing/recording-logger.ts';
import { testKernel } from './testing/test-kernel.ts';

const map: FeedMap = {
  CoinsPutIn: ({ data }) => ({ type: 'put', data: { coins: data['coins'] } }),
  CoinsTakenOut: ({ data, actor }) => ({
    type: 'taken',
    data: { coins: data['coins'] },
    audience: (viewer) => viewer.actor === actor,
  }),
  TakingRefused: () => undefined,
};
const ann = { actor: 'ann', role: 'user' };
const bob = { actor: 'bob', role: 'user' };

let kernel: ReturnType<typeof testKernel>;
let logger: ReturnType<typeof recordingLogger>;
let feed: Feed;
beforeEach(() => {
  logger = recordingLogger();
  kernel = testKernel({ logger });
  ({ feed } = kernel.connect({ feed: [map], reactors: [] }));
  kernel.start();
  return () => kernel.stop();
});

const listen = (viewer = ann, after?: number) => {
  const heard: FeedMessage[] = [];
  const leave = feed.subscribe(viewer, after, (message) => heard.push(message));
  return { heard, leave, positions: () => heard.map(({ position }) => position) };
};

describe('live', () => {
  test('a listener hears what is committed, with place and time', async () => {
    const { heard } = listen();
    await putIn(kernel, 'a', 5);
    expect(heard).toEqual([
      { type: 'put', data: { coins: 5 }, position: 1, at: '2026-01-01T12:00:00.000Z' },
    ]);
  });

  test('only the audience hears of it', async () => {
    const [owner, other] = [listen(ann), listen(bob)];
    await putIn(kernel, 'a', 5);
    await takeOut(kernel, 'a', 1);
    expect(owner.positions()).toEqual([1, 2]);
    expect(other.positions()).toEqual([1]);
  });

  test('events without a message are passed over', async () => {
    const { positions } = listen();
    await takeOut(kernel, 'a', 5);
    await putIn(kernel, 'a', 5);
    expect(positions()).toEqual([2]);
  });

  test('ephemeral messages have no position and are kept nowhere', () => {
    const early = listen();
    kernel.publish({ type: 'tick', data: { at: 1 } });
    kernel.publish({ type: 'secret', data: {}, audience: ({ actor }) => actor === 'bob' });
    expect(early.heard).toEqual([
      { type: 'tick', data: { at: 1 }, at: '2026-01-01T12:00:00.000Z' },
    ]);
    expect(listen(ann, 0).heard).toEqual([]);
  });

  test('who has left hears nothing', async () => {
    const { heard, leave } = listen();
    leave();
    await putIn(kernel, 'a', 5);
    expect(heard).toEqual([]);
  });

  test('a listener that throws is let go, and the others hear on', async () => {
    let calls = 0;
    feed.subscribe(ann, undefined, () => {
      calls++;
      throw new Error('a bug');
    });
    const { positions } = listen();
    await putIn(kernel, 'a', 5);
    await putIn(kernel, 'a', 5);
    expect(positions()).toEqual([1, 2]);
    expect(calls).toBe(1);
    expect(logger.lines).toEqual(['error: a feed listener failed and was let go']);
  });
});

describe('resume', () => {
  test('first what was missed, then live: in order, once, without a gap', async () => {
    for (let index = 0; index < 4; index++) await putIn(kernel, 'a', 1);
    const queued = [putIn(kernel, 'a', 1), putIn(kernel, 'a', 1)];
    const { positions } = listen(ann, 2);
    await Promise.all(queued);
    await putIn(kernel, 'a', 1);
    expect(positions()).toEqual([3, 4, 5, 6, 7]);
  });

  test('tells the same as live did', async () => {
    const live = listen(bob);
    await putIn(kernel, 'a', 5);
    kernel.clock.advance(5000);
    await takeOut(kernel, 'a', 1);
    await putIn(kernel, 'a', 1, { actor: 'bob' });
    kernel.clock.advance(5000);
    expect(listen(bob, 0).heard).toEqual(live.heard);
  });

  test('someone who comes while a commit is being told hears nothing twice', async () => {
    const late: (number | undefined)[] = [];
    let came = false;
    feed.subscribe(ann, undefined, () => {
      if (came) return;
      came = true;
      feed.subscribe(ann, 0, ({ position }) => late.push(position));
    });
    await Promise.all([putIn(kernel, 'a', 1), putIn(kernel, 'a', 1), putIn(kernel, 'a', 1)]);
    await putIn(kernel, 'a', 1);
    expect(late).toEqual([1, 2, 3, 4]);
  });

  test('from the head there is nothing to catch up', async () => {
    await putIn(kernel, 'a', 1);
    const { positions } = listen(ann, 1);
    await putIn(kernel, 'a', 1);
    expect(positions()).toEqual([2]);
  });

  test('someone from a future that was never kept loads everything anew', async () => {
    await putIn(kernel, 'a', 1);
    const { heard } = listen(ann, 9);
    await putIn(kernel, 'a', 1);
    expect(heard).toMatchObject([
      { type: 'resync', data: { position: 1 } },
      { type: 'put', position: 2 },
    ]);
  });

  test('so does someone too far behind', async () => {
    await kernel.bus.execute({ actor: 'ann', origin: 'system' }, (tx) => {
      for (let index = 0; index <= resumeEventsMax; index++) {
        tx.decide(purse, `purse-${index % 50}`, { type: 'PutIn', coins: 1 });
      }
      return done(null);
    });
    expect(listen(ann, 0).heard).toMatchObject([
      { type: 'resync', data: { position: resumeEventsMax + 1 } },
    ]);
    expect(listen(ann, 1).heard).toHaveLength(resumeEventsMax);
  });
});

describe('messages that say the same', () => {
  const sameMap: FeedMap = {
    CoinsPutIn: ({ streamId }) => ({ type: 'put', data: { streamId }, same: streamId }),
    CoinsTakenOut: () => ({ type: 'taken', data: {} }),
  };
  const put = (stream: string) => ({ stream, command: { type: 'PutIn', coins: 2 } }) as const;
  const take = (stream: string) => ({ stream, command: { type: 'TakeOut', coins: 1 } }) as const;
  const together = (house: typeof kernel, ...moves: ReturnType<typeof put | typeof take>[]) =>
    house.bus.execute({ actor: 'ann', origin: 'system' }, (tx) => {
      for (const { stream, command } of moves) tx.decide(purse, stream, command);
      return done(null);
    });

  test('are one where they follow each other in a commit, and in what was missed', async () => {
    const own = testKernel();
    ({ feed } = own.connect({ feed: [sameMap], reactors: [] }));
    own.start();
    const live = listen();
    await together(own, put('a'), put('a'), put('a'), put('b'), put('a'), take('a'), put('a'));
    expect(live.positions()).toEqual([3, 4, 5, 6, 7]);
    await together(own, put('a'));
    expect(live.positions().at(-1)).toBe(8);
    // What was missed is one run, whoever committed it.
    expect(listen(ann, 0).positions()).toEqual([3, 4, 5, 6, 8]);
    await own.stop();
  });
});

test('one event has one message', () => {
  const { log, clock } = kernel;
  expect(() => createFeed({ log, clock, logger, maps: [map, map] })).toThrow(
    'two feed messages for CoinsPutIn',
  );
});
