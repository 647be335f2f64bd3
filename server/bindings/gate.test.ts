import { describe, expect, it } from 'vitest';
import type { Terms } from './events.ts';
import { inMemory, listening, type Said } from './testing/listening.ts';

const topic = 'zigbee2mqtt/hall';
const single: Said = { topic, payload: { action: 'single' } };
const after = (afterMs: number, said: Said = single): Said => ({ ...said, afterMs });
/** How often it has fired after each of these. */
const counts = (terms: Partial<Terms>, ...messages: Said[]): number[] => {
  const house = listening([{ filter: '+/#', match: 'any', ...terms }]);
  return messages.map((message) => house.say(message));
};
const levels = (...payloads: string[]): Said[] =>
  payloads.map((payload) => ({ topic: 'den/binary_sensor/door/state', payload }));

describe('one press is one sound', () => {
  it('fires at once and then waits, for as long as the like keeps coming', () => {
    expect(
      counts({ debounce_ms: 300 }, single, after(200), after(200), after(299), after(300)),
    ).toEqual([1, 1, 1, 1, 2]);
  });

  it('each value waits for itself', () => {
    const card = (uid: string): Said => ({ topic: 'den/tag', payload: uid, afterMs: 50 });
    const [first, second] = [card('74-10-37-94'), card('74-10-37-95')];
    const extract = { path: '', as: 'rfid' } as const;
    expect(counts({ extract }, first, second, first, second)).toEqual([1, 2, 2, 2]);
  });

  it('told twice, as JSON and as a bare word, it counts once within 200 ms', () => {
    const word: Said = { topic: `${topic}/action`, payload: 'single' };
    expect(counts({ debounce_ms: 0 }, single, after(199, word), single, after(200, word))).toEqual([
      1, 1, 2, 3,
    ]);
  });

  it('also where two bindings do the same for the two', () => {
    const house = listening([
      { filter: topic, match: { path: 'action', op: 'eq', value: 'single' } },
      { filter: `${topic}/action`, match: { equals: 'single' } },
    ]);
    house.say(single, after(20, { topic: `${topic}/action`, payload: 'single' }));
    expect(house.fired).toHaveLength(1);
  });

  it('two presses of one topic are two', () => {
    expect(counts({ debounce_ms: 0 }, single, after(100))).toEqual([1, 2]);
  });

  it('an equal count of presses is the same press, after a restart too', () => {
    const press = (event_cnt: number): Said => ({
      topic: 'shellies/a/input_event/0',
      payload: { event: 'S', event_cnt },
    });
    const notes = inMemory();
    const terms = [{ filter: 'shellies/#' }];
    expect(listening(terms, notes).say(press(57), press(57), press(58))).toBe(2);
    expect(listening(terms, notes).say(press(58), press(59))).toBe(1);
  });
});

describe('levels fire when they change', () => {
  it('by themselves: ON again is no news, and neither is OFF', () => {
    const match = { equals: 'ON' };
    expect(counts({ match }, ...levels('ON', 'ON', 'OFF', 'OFF', 'ON'))).toEqual([1, 1, 1, 1, 2]);
  });

  it('also in JSON', () => {
    const match = { path: 'occupancy', op: 'eq', value: true } as const;
    const said = [true, true, false, true].map((occupancy) => ({ topic, payload: { occupancy } }));
    const battery: Said = { topic, payload: { battery: 80 } };
    expect(counts({ match }, ...said, battery, ...said.slice(3))).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('what is told as an action is none, whatever it is called', () => {
    const on: Said = { topic, payload: { action: 'on' } };
    const match = { path: 'action', op: 'eq', value: 'on' } as const;
    expect(counts({ match }, on, on, on)).toEqual([1, 2, 3]);
  });

  it('a threshold fires when it is crossed', () => {
    const match = { path: 't', op: 'gt', value: 20 } as const;
    const said = [19, 21, 22, 20, 21].map((t) => ({ topic, payload: { t } }));
    expect(counts({ match }, ...said)).toEqual([0, 1, 1, 1, 2]);
  });

  it('what comes by the clock needs something to compare with', () => {
    const match = { path: 'Switch1', op: 'eq', value: 'ON' } as const;
    const said = ['ON', 'ON', 'OFF', 'ON', 'ON'].map((Switch1) => ({
      topic: 'tele/desk/SENSOR',
      payload: { Time: 'now', Switch1 },
    }));
    expect(counts({ match }, ...said)).toEqual([0, 0, 0, 1, 1]);
    expect(counts({ match: 'any' }, ...said)).toEqual([0, 0, 0, 0, 0]);
  });

  it.each<[Terms['edge'], Terms['match'], number[]]>([
    ['rising', { equals: 'ON' }, [1, 1, 1, 1, 2]],
    ['falling', { equals: 'ON' }, [0, 0, 1, 1, 1]],
    ['change', { equals: 'ON' }, [0, 0, 1, 1, 2]],
    ['rising', { equals: 'OFF' }, [0, 0, 1, 1, 1]],
    ['rising', 'any', [1, 1, 1, 1, 2]],
    ['falling', 'any', [0, 0, 1, 1, 1]],
    ['change', { regex: '^O' }, [0, 0, 0, 0, 0]],
  ])('%s of %j', (edge, match, wanted) => {
    expect(counts({ edge, match }, ...levels('ON', 'ON', 'OFF', 'OFF', 'ON'))).toEqual(wanted);
  });

  it('each topic has a level of its own', () => {
    const said = ['a', 'b'].map((name) => ({ topic: `${name}/state`, payload: 'ON' }));
    expect(counts({ filter: '+/state', match: { equals: 'ON' } }, ...said)).toEqual([1, 2]);
  });

  it('a restart is no change', () => {
    const notes = inMemory();
    const terms = [{ filter: '+/#', match: { equals: 'ON' } }];
    expect(listening(terms, notes).say(...levels('ON'))).toBe(1);
    expect(listening(terms, notes).say(...levels('ON', 'OFF', 'ON'))).toBe(1);
  });
});

describe('what is retained', () => {
  const kept = (said: Said): Said => ({ ...said, retained: true });
  const toBeKept = (said: Said): Said => ({ ...said, retained: true, live: true });
  const [on, off] = levels('ON', 'OFF') as [Said, Said];

  it('never fires, and is what a later change is compared with', () => {
    const match = { equals: 'ON' };
    expect(counts({ match }, kept(off), kept(on), on, off, on)).toEqual([0, 0, 0, 0, 1]);
  });

  it('fires as a change that is on its way, which devices ask to be kept', () => {
    const match = { equals: 'ON' };
    expect(counts({ match }, ...[on, on, off, on].map(toBeKept))).toEqual([1, 1, 1, 2]);
  });

  it('does not fire as an event, unless the binding wants it', () => {
    expect(counts({}, toBeKept(single))).toEqual([0]);
    expect(counts({ ignore_retained: false }, toBeKept(single), kept(single))).toEqual([1, 1]);
  });
});

describe('a flood', () => {
  it('is cut off at ten a second, and told once', () => {
    const house = listening([{ filter: topic, debounce_ms: 0 }]);
    for (let count = 0; count < 50; count++) house.say(after(10));
    expect(house.fired.map(({ refused }) => refused)).toEqual([
      ...Array.from({ length: 10 }, () => null),
      'too_many',
    ]);
    expect(house.say(after(1000))).toBe(12);
  });

  it('is cut off at 120 a minute', () => {
    const house = listening([{ filter: topic, debounce_ms: 0 }]);
    for (let count = 0; count < 200; count++) house.say(after(200));
    expect(house.fired.filter(({ refused }) => refused === null)).toHaveLength(120);
    house.clock.advance(60_000);
    house.say(single);
    expect(house.fired.at(-1)?.refused).toBeNull();
  });
});

describe('several bindings', () => {
  it('fire in their order, and those that are off do not', () => {
    const house = listening([
      { name: 'second', filter: 'zigbee2mqtt/+', command: { type: 'none' } },
      { name: 'off', filter: topic, enabled: false },
      { name: 'third', filter: topic, command: { type: 'next' } },
    ]);
    house.say(single);
    expect(house.fired.map(({ name }) => name)).toEqual(['second', 'third']);
  });

  it('what the command goes by has to be in the message', () => {
    const terms = { filter: 'den/#', extract: { path: 'PN532.UID', as: 'rfid' } as const };
    const house = listening([terms]);
    house.say({ topic: 'den/x', payload: { PN532: {} } });
    house.say({ topic: 'den/x', payload: { PN532: { UID: '94D8FC5F' } } });
    expect(house.fired).toMatchObject([{ occasion: { value: '94d8fc5f' } }]);
  });

  it('a card is told to whoever collects them, once', () => {
    const house = listening([{ filter: 'den/#' }]);
    const card = { topic: 'den/tag', payload: '74-10-37-94' };
    house.say(card, after(100, card), after(900, card), after(1000, card));
    expect(house.tags).toEqual([
      { uid: '74103794', device: 'den' },
      { uid: '74103794', device: 'den' },
    ]);
  });
});
