/** What each vendor's press does, and what it does not when it arrives damaged, late or again. */
import { describe, expect, it } from 'vitest';
import { payloadOf, pathOf } from './payload.ts';
import { listening, type Said } from './testing/listening.ts';
import { vendorShapes, type Shape } from './testing/vendor-shapes.ts';
import { recognise } from './vendors.ts';

const textOf = (payload: unknown): string =>
  typeof payload === 'string' ? payload : JSON.stringify(payload);

/** A house where this press is bound as learning it would bind it. */
const bound = (shape: Shape) => {
  const { topic, terms } = shape;
  const payload = payloadOf(Buffer.from(textOf(shape.payload)));
  const suggestion = payload && recognise(topic, payload).suggestion;
  if (!terms && !suggestion) throw new Error('it is no press, and has no terms');
  return listening([{ filter: topic, ...(terms ?? suggestion) }]);
};
/** How often something fired; nothing was thrown, or the log would tell. */
const fired = (house: ReturnType<typeof listening>): number => {
  expect(house.logger.lines).toEqual([]);
  return house.fired.length;
};
const count = (shape: Shape, ...messages: Said[]): number => {
  const house = bound(shape);
  house.say(...messages);
  return fired(house);
};
const right = ({ topic, payload }: Shape, more: Partial<Said> = {}): Said => ({
  topic,
  payload,
  ...more,
});
/** What a level is before it changes. */
const opposite = ({ around }: Shape): Said => around[0] as Said;

/** The same with another value in one place. */
const withLeaf = (payload: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = structuredClone(payload) as Record<string, unknown>;
  copy[key] = withLeaf(copy[key], rest, value);
  return copy;
};
const leafOf = (payload: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], payload);

const wrongTypes = ({ payload, leaf }: Shape): unknown[] => {
  const wholes: unknown[] = ['null', '[]', '{}', '[[]]', '"?"', '-1', 'true', '[null]'];
  if (leaf === undefined) return wholes;
  const path = pathOf(leaf);
  const now = leafOf(payload, path);
  const wrong = [[now], { value: now }, [[now]], null, '', -1, true, false, {}, []];
  return [
    ...wholes,
    // The number of a card may come as a number.
    ...wrong
      .filter((one) => one !== now && !(leaf.endsWith('UID') && one === -1))
      .map((one) => withLeaf(payload, path, one)),
  ];
};

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1
    ? [[...all]]
    : all.flatMap((one, at) => permutations(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

it('there are fifty shapes and more, each with a name of its own', () => {
  expect(vendorShapes.length).toBeGreaterThanOrEqual(50);
  expect(new Set(vendorShapes.map(({ what }) => what)).size).toBe(vendorShapes.length);
});

describe.each(vendorShapes)('$what', (shape) => {
  const text = textOf(shape.payload);
  const isText = typeof shape.payload === 'string';

  it('fires once', () => {
    const house = bound(shape);
    house.say(right(shape, { live: true }));
    expect(fired(house)).toBe(1);
    expect(house.fired[0]?.refused).toBeNull();
    expect(house.fired[0]?.occasion).toMatchObject({ topic: shape.topic, test: false });
  });

  it('does nothing when cut off, wherever it is cut', () => {
    const cuts = Array.from({ length: text.length - 1 }, (_, at) => text.slice(0, at + 1));
    for (const payload of cuts) {
      expect([payload, count(shape, { topic: shape.topic, payload })]).toEqual([payload, 0]);
    }
  });

  it('does nothing when what it tells is of another type', () => {
    for (const payload of wrongTypes(shape)) {
      const told = textOf(payload);
      expect([told, count(shape, { topic: shape.topic, payload: told })]).toEqual([told, 0]);
    }
  });

  it('does nothing as JSON that is none, and as bytes that are no text', () => {
    const broken = [`${text}}`, `${text}${text}`, `[${text}`, `{${text}`, `'${text}'`];
    const bytes = [Buffer.of(0xff, 0xfe, 0), Buffer.concat([Buffer.from(text), Buffer.of(0xff)])];
    for (const payload of [...broken, ...bytes]) {
      const house = bound(shape);
      house.say({ topic: shape.topic, payload });
      expect([String(payload), fired(house)]).toEqual([String(payload), 0]);
      // And it is no press less because of that.
      house.say(right(shape, { afterMs: 5000 }));
      expect(fired(house)).toBe(1);
    }
    expect(isText || JSON.parse(text)).toBeTruthy();
  });

  it('does nothing where the broker had kept it', () => {
    const kept = right(shape, { retained: true });
    expect(count(shape, kept)).toBe(0);
    const live = right(shape, { afterMs: 5000 });
    expect(count(shape, kept, live)).toBe(shape.kind === 'event' ? 1 : 0);
  });

  it('fires once when it comes again at once', () => {
    const again = right(shape, { afterMs: 40 });
    expect(count(shape, right(shape), again, again, again)).toBe(1);
  });

  it('fires again later only where that is another press', () => {
    const later = right(shape, { afterMs: 5000 });
    expect(count(shape, right(shape), later)).toBe(shape.kind === 'event' ? 2 : 1);
    if (shape.kind !== 'level') return;
    expect(count(shape, right(shape), opposite(shape), later)).toBe(2);
  });

  it('fires once in whatever order its messages come', () => {
    const messages = [right(shape), ...shape.around].map((one) => ({ ...one, afterMs: 20 }));
    for (const order of permutations(messages)) {
      const told = order.map(({ topic, payload }) => `${topic} ${textOf(payload)}`);
      expect([told, count(shape, ...order)]).toEqual([told, 1]);
    }
  });

  it.runIf(shape.kind === 'counted')('fires once for each number, in whatever order', () => {
    const numbered = (event_cnt: number): Said => ({
      ...right(shape, { afterMs: 1000 }),
      payload: { ...(shape.payload as object), event_cnt },
    });
    expect(count(shape, numbered(58), numbered(57))).toBe(2);
    expect(count(shape, numbered(57), numbered(58), numbered(58))).toBe(2);
  });
});
