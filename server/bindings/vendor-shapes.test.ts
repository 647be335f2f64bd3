import { describe, expect, it } from 'vitest';
import { lateMsMax } from './counters.ts';
import { inMemory, listening, type Said } from './testing/listening.ts';
import { plainShapes } from './testing/plain-shapes.ts';
import { vendorShapes, type Shape } from './testing/vendor-shapes.ts';

const shapes = [...vendorShapes, ...plainShapes];

const textOf = (payload: unknown): string =>
  typeof payload === 'string' ? payload : JSON.stringify(payload);

const house = (shape: Shape, change: Shape['binding'] = {}) => {
  const { topic, before, binding } = shape;
  const ear = listening([{ ...binding, ...change }]);
  if (before !== undefined) ear.say({ topic, payload: before });
  expect(ear.fired).toEqual([]);
  return ear;
};

/** How often it fires; that nothing was thrown is part of every answer. */
const heard = (shape: Shape, messages: readonly Said[], change: Shape['binding'] = {}): number => {
  const ear = house(shape, change);
  const times = ear.say(...messages);
  expect(ear.logger.lines).toEqual([]);
  return times;
};

/** Those of many messages that fire, each in a house of its own. */
const taken = (shape: Shape, payloads: readonly (string | Uint8Array)[]) =>
  payloads.filter((payload) => heard(shape, [{ topic: shape.topic, payload }]) > 0);

const takenAsText = ({ takesText = () => false }: Shape, texts: readonly string[]) =>
  texts.filter((text) => takesText(text));

/** The same tree with something else at a path. */
const withAt = (tree: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const change = (element: unknown) => withAt(element, rest, value);
  if (Array.isArray(tree)) return tree.map((one, at) => (String(at) === key ? change(one) : one));
  const members = tree as Record<string, unknown>;
  return { ...members, [key]: change(members[key]) };
};

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce((value, key) => (value as Record<string, unknown>)[key], tree);

/** What stands where a plain value belongs, and where one of those belongs that hold it. */
const wrongTypes = ({ payload, looksAt, goesByText }: Shape): string[] => {
  const path = looksAt === '' ? [] : looksAt.split('.');
  const right = at(payload, path);
  const inItsPlace = [[right], { value: right }, [], {}];
  const lone = goesByText ? [] : [null, typeof right === 'boolean' ? 'yes' : true];
  const holders = path.map((_, depth) => path.slice(0, depth));
  return [
    ...[...inItsPlace, ...lone].map((value) => JSON.stringify(withAt(payload, path, value))),
    ...holders.flatMap((holder) =>
      ['text', 7, null, true, []].map((value) => JSON.stringify(withAt(payload, holder, value))),
    ),
  ];
};

const brokenTexts = (payload: unknown): string[] => {
  const text = textOf(payload);
  const broken = [
    `${text}x`,
    `${text}${text}`,
    `${text},`,
    `[${text}`,
    `{${text}`,
    `<p>${text}</p>`,
  ];
  if (typeof payload === 'string') return broken;
  const inside = text.slice(1, -1);
  return [...broken, text.replaceAll('"', "'"), `{${inside},}`, inside, text.replaceAll(':', '=')];
};

it('fifty shapes and more, each told apart by its name', () => {
  expect(shapes.length).toBeGreaterThanOrEqual(50);
  expect(new Set(shapes.map(({ what }) => what)).size).toBe(shapes.length);
});

describe.each(shapes)('$what', (shape) => {
  const { topic, payload, kind, fires, others } = shape;
  const press: Said = { topic, payload };
  const around: Said[] = others.map((other) => ({ topic, payload: other }));
  const debounceMs = shape.binding.debounce_ms ?? 300;

  it('fires its binding, with what was said', () => {
    const ear = house(shape);
    ear.say(press);
    const occasion = { topic, ...fires, test: false };
    expect(ear.fired).toEqual([{ name: 'Gong', occasion, refused: null }]);
    expect(ear.logger.lines).toEqual([]);
  });

  it('fires nothing by what the device says besides', () => {
    expect(heard(shape, [...around, ...around.toReversed()])).toBe(0);
  });

  it('fires nothing while its end is missing, unless a text says enough', () => {
    const text = textOf(payload);
    const cut = Array.from({ length: text.length - 1 }, (_, length) => text.slice(0, length + 1));
    expect(taken(shape, cut)).toEqual(takenAsText(shape, cut));
  });

  it('fires nothing where a value is of the wrong type', () => {
    const wrong = wrongTypes(shape).filter((text) => text !== textOf(payload));
    expect(wrong.length).toBeGreaterThanOrEqual(4);
    expect(taken(shape, wrong)).toEqual(takenAsText(shape, wrong));
  });

  it('fires nothing by invalid JSON, unless a text says enough', () => {
    const broken = brokenTexts(payload);
    expect(taken(shape, broken)).toEqual(takenAsText(shape, broken));
  });

  it('fires nothing by what is no text, unless anything will do', () => {
    const bytes = Buffer.concat([Buffer.from(textOf(payload)), Buffer.from([0xff, 0xfe])]);
    const anything = shape.takesText?.('') === true;
    expect(taken(shape, [bytes])).toHaveLength(anything ? 1 : 0);
  });

  it.each([true, false])('never fires where the broker had kept it, ignored: %s', (ignored) => {
    const kept = { ...press, retained: true };
    const binding = { ignore_retained: ignored };
    expect(heard(shape, [kept, kept], binding)).toBe(0);
    // Only an event that is not numbered can be a new one.
    expect(heard(shape, [kept, press], binding)).toBe(kind === 'event' ? 1 : 0);
  });

  it('on its way and to be kept, fires as a change, and as an event where that is wished', () => {
    const toBeKept = { ...press, retained: true, live: true };
    expect(heard(shape, [toBeKept])).toBe(kind === 'level' ? 1 : 0);
    expect(heard(shape, [toBeKept], { ignore_retained: false })).toBe(1);
  });

  it('repeated, it fires once, and anew after a pause only as an event', () => {
    const repeat = { ...press, afterMs: Math.max(0, debounceMs - 1) };
    expect(heard(shape, [press, repeat, repeat, repeat])).toBe(1);
    const later = { ...press, afterMs: 3_600_000 };
    expect(heard(shape, [press, repeat, later])).toBe(kind === 'event' ? 2 : 1);
  });

  it('out of order, it fires once', () => {
    expect(heard(shape, [...around, press, ...around])).toBe(1);
    expect(heard(shape, [...around.toReversed(), press, { ...press, afterMs: 1 }])).toBe(1);
  });
});

describe.each(shapes.filter(({ echo }) => echo))('$what', (shape) => {
  it('on two topics in either order, it fires once', () => {
    const { topic, payload, echo } = shape;
    const word = echo as Said;
    const press: Said = { topic, payload };
    const atOnce = { debounce_ms: 0 };
    expect(heard(shape, [press, { ...word, afterMs: 20 }], atOnce)).toBe(1);
    expect(heard(shape, [word, { ...press, afterMs: 20 }], atOnce)).toBe(1);
  });
});

describe.each(shapes.filter(({ kind }) => kind === 'counted'))('$what', (shape) => {
  const { topic, payload, next } = shape;
  const press: Said = { topic, payload };
  const after: Said = { topic, payload: next };

  it('each number fires once, whichever comes first', () => {
    expect(heard(shape, [press, after, press, after])).toBe(2);
    expect(heard(shape, [after, press, after, press])).toBe(2);
  });

  it('an older number told late does not let the newer fire again, after a restart either', () => {
    const notes = inMemory();
    expect(listening([shape.binding], notes).say(press, after, press)).toBe(2);
    expect(listening([shape.binding], notes).say(after)).toBe(0);
  });

  it('a device that counts anew is heard', () => {
    const older = (afterMs: number) => ({ ...press, afterMs: afterMs - 1000 });
    expect(heard(shape, [press, after, older(lateMsMax - 1)])).toBe(2);
    expect(heard(shape, [press, after, older(lateMsMax), after])).toBe(4);
  });
});

it.each<[string, Shape['binding'], unknown[]]>([
  ['a bare number', { match: 'any', extract: { path: '', as: 'volume' } }, ['0', '40', '0']],
  [
    'a number in JSON',
    { match: { path: 'v', op: 'exists' }, extract: { path: '$.v', as: 'volume' } },
    [{ v: 1 }, { v: 40 }, { v: 1 }],
  ],
])('a knob that is turned down, up and down again is heard each time: %s', (_, terms, said) => {
  const ear = listening([{ filter: 'den/knob', command: { type: 'volume' }, ...terms }]);
  expect(ear.say(...said.map((payload) => ({ topic: 'den/knob', payload })))).toBe(3);
});

it('what stands beside the level that is looked at makes it no event', () => {
  const on = { topic: 'den/door', payload: { open: true, name: 'Gong' } };
  const match = { path: 'open', op: 'eq', value: true } as const;
  const ear = listening([{ filter: 'den/door', match, extract: { path: 'name', as: 'name' } }]);
  expect(ear.say(on, on)).toBe(1);
});

it.each<[string, Shape['binding']['match'] & object, unknown]>([
  [
    'a level that stands first',
    [
      { path: 'state', op: 'eq', value: 'ON' },
      { path: 'action', op: 'eq', value: 'single' },
    ],
    { action: 'single', state: 'ON' },
  ],
  [
    'a threshold that stands first',
    [
      { path: 'illuminance', op: 'lt', value: 10 },
      { path: 'action', op: 'eq', value: 'single' },
    ],
    { action: 'single', illuminance: 4 },
  ],
  [
    'the number of the device',
    [
      { path: 'id', op: 'eq', value: 1 },
      { path: 'state.buttonevent', op: 'eq', value: 1002 },
    ],
    { id: '1', state: { buttonevent: 1002 } },
  ],
])('each press counts that is asked for together with %s', (_, match, payload) => {
  const press = { topic: 'zigbee2mqtt/hall', payload };
  expect(listening([{ filter: press.topic, match }]).say(press, press, press)).toBe(3);
});

describe('Zigbee2MQTT, a wall switch that says how it stands beside an action that is over', () => {
  const topic = 'zigbee2mqtt/wall';
  const said = (payload: object): Said => ({ topic, payload });
  const on = said({ action: null, state: 'ON', power: 3, linkquality: 90 });
  const off = said({ action: '', state: 'OFF', power: 0, linkquality: 90 });

  it('fires as a change', () => {
    const match = { path: 'state', op: 'eq', value: 'ON' } as const;
    expect(listening([{ filter: topic, match }]).say(off, on, on, off, on)).toBe(2);
    const power = { path: 'power', op: 'gt', value: 1 } as const;
    expect(listening([{ filter: topic, match: power }]).say(off, on, on, off, on)).toBe(2);
  });

  it.each<Shape['binding']>([
    { match: 'any' },
    { match: { regex: 'power' } },
    { match: { path: 'linkquality', op: 'exists' } },
    { match: { path: 'action', op: 'ne', value: 'single' } },
    { match: { path: 'action', op: 'eq', value: 'hold' }, edge: 'falling' },
    { match: { path: 'action', op: 'eq', value: 'hold' }, edge: 'change' },
    { match: 'any', edge: 'rising' },
    { match: { regex: '"action":"hold"' }, edge: 'falling' },
  ])('never fires as an event: %j', (terms) => {
    const hold = said({ action: 'hold' });
    const ear = listening([{ filter: topic, debounce_ms: 0, ...terms }]);
    const before = ear.say(hold);
    expect(ear.say(off, on, off)).toBe(before);
  });
});
