import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { learnLimits } from './contract.ts';
import { learnFilters } from './learn.ts';
import { listening, type Said } from './testing/listening.ts';

const single: Said = { topic: 'zigbee2mqtt/hall', payload: { action: 'single', battery: 80 } };
const chatter: Said = { topic: 'zigbee2mqtt/lamp', payload: { brightness: 3 } };
const after = (afterMs: number, said: Said): Said => ({ ...said, afterMs });

let house: ReturnType<typeof listening>;

beforeEach(() => {
  vi.useFakeTimers();
  house = listening([{ name: 'Bound', filter: 'zigbee2mqtt/hall' }]);
});
afterEach(() => {
  house.learn.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => {
  house.clock.advance(ms);
  vi.advanceTimersByTime(ms);
};
/** Begins, with this said meanwhile, and waits until it listens. */
const listen = (...meanwhile: Said[]) => {
  house.learn.start();
  house.say(...meanwhile.map((said) => after(1, said)));
  pass(learnLimits.baselineMs);
};
const candidates = () => house.learn.current()?.candidates ?? [];
const phase = () => house.learn.current()?.phase;

describe('a session', () => {
  it('hears what goes on, then listens, then ends by itself', () => {
    expect(house.learn.current()).toBeUndefined();
    expect(house.learn.start()).toMatchObject({ phase: 'baseline', candidates: [] });
    pass(learnLimits.baselineMs);
    expect(phase()).toBe('listening');
    pass(learnLimits.listenMs);
    expect(phase()).toBe('ended');
    expect(house.sessions.map((one) => one.phase)).toEqual(['baseline', 'listening', 'ended']);
  });

  it('is one for all: who comes second joins', () => {
    const first = house.learn.start();
    pass(1000);
    expect(house.learn.start().id).toBe(first.id);
    house.learn.stop();
    expect(phase()).toBe('ended');
    expect(house.learn.start().id).not.toBe(first.id);
  });

  it('hears a bounded set of topics, only meanwhile, and one of the admin’s own', () => {
    const bound = ['zigbee2mqtt/hall'];
    expect(house.listener.filters()).toEqual(bound);
    house.learn.start('attic/own/topic/of/mine');
    expect(house.listener.filters()).toEqual([
      ...bound,
      ...learnFilters,
      'attic/own/topic/of/mine',
    ]);
    expect(learnFilters).not.toContain('#');
    pass(learnLimits.baselineMs + learnLimits.listenMs);
    expect(house.listener.filters()).toEqual(bound);
  });
});

describe('what is pressed', () => {
  it('becomes a candidate with the binding for it, and whose it is already', () => {
    listen();
    house.say(single);
    expect(candidates()).toMatchObject([
      {
        device: 'hall',
        vendor: 'zigbee2mqtt',
        press: 'single',
        topic: 'zigbee2mqtt/hall',
        times: 1,
        confirmed: false,
        bound: ['Bound'],
        suggestion: {
          filter: 'zigbee2mqtt/hall',
          match: { path: 'action', op: 'eq', value: 'single' },
        },
      },
    ]);
    expect(phase()).toBe('listening');
  });

  it('once more is confirmed, and ends the session', () => {
    listen();
    house.say(single, after(500, single));
    expect(candidates()).toMatchObject([{ press: 'single', times: 2, confirmed: true }]);
    expect(phase()).toBe('confirmed');
    expect(house.sessions.at(-1)?.phase).toBe('confirmed');
  });

  it('and told twice is one press', () => {
    listen();
    house.say({ topic: 'zigbee2mqtt/hall/action', payload: 'single' }, after(20, single));
    expect(candidates()).toMatchObject([
      { times: 1, confirmed: false, suggestion: { filter: 'zigbee2mqtt/hall' } },
    ]);
  });

  it('by a remote that repeats itself is one press', () => {
    listen();
    const code = { topic: 'home/gw/433toMQTT', payload: { value: 1_315_156, delay: 317 } };
    house.say(code, after(500, code), after(500, code));
    expect(candidates()).toMatchObject([{ times: 1, confirmed: false }]);
    house.say(after(800, code));
    expect(phase()).toBe('confirmed');
  });

  it('stands above what merely happens, and a new topic above a known one', () => {
    listen({ topic: 'zigbee2mqtt/hall', payload: { battery: 80 } });
    house.say(
      { topic: 'own/thing', payload: '21.5' },
      { topic: 'own/button', payload: { button: 3 } },
      single,
      { topic: 'den/tag', payload: '74-10-37-94' },
    );
    expect(candidates().map(({ topic }) => topic)).toEqual([
      'den/tag',
      'zigbee2mqtt/hall',
      'own/button',
      'own/thing',
    ]);
    expect(candidates()[0]?.uid).toBe('74103794');
  });

  it('of one’s own making is guessed, and a value that comes again does not end the session', () => {
    listen();
    const warm = { topic: 'own/thing', payload: 'warm' };
    house.say(warm, warm);
    expect(candidates()).toMatchObject([
      { confirmed: true, suggestion: { filter: 'own/thing', match: { equals: 'warm' } } },
    ]);
    expect(phase()).toBe('listening');
  });
});

describe('what is no candidate', () => {
  it('was going on before, was kept by the broker, or is nobody’s press', () => {
    listen({ topic: 'own/thing', payload: '21.5' });
    house.say(
      { topic: 'own/thing', payload: '21.6' },
      { ...single, retained: true },
      chatter,
      { topic: 'zigbee2mqtt/hall', payload: { action: '' } },
      { topic: 'stat/desk/STATUS5', payload: { StatusNET: {} } },
    );
    expect(candidates()).toEqual([]);
    expect(house.learn.current()?.messages).toBe(0);
  });

  it('is pressed before it listens', () => {
    house.learn.start();
    house.say(after(100, single));
    expect(candidates()).toEqual([]);
  });
});

it('a noisy network fills no memory, and a press is still heard', () => {
  listen();
  for (let at = 0; at < 1000; at++) {
    house.say(after(1, { topic: `own/${at}`, payload: 'x'.repeat(60) }));
  }
  house.say({ topic: 'own/large', payload: { event: 'x', more: 'y'.repeat(5000) } });
  const { messages = 0, candidates: kept = [] } = house.learn.current() ?? {};
  expect(messages).toBeLessThanOrEqual(learnLimits.messagesMax);
  expect(kept).toHaveLength(learnLimits.candidatesMax);
  expect(kept[0]).toMatchObject({ topic: 'own/large' });
  expect(kept[0]?.payload).toHaveLength(learnLimits.payloadBytesMax);
});

it('a press that a new binding was made of is not pressed again by being told again', () => {
  const press = { topic: 'shellies/hall/input_event/0', payload: { event: 'S', event_cnt: 57 } };
  listen();
  house.say(press);
  house.bind({ name: 'New', filter: press.topic });
  house.learn.stop();
  expect(house.say(press, press)).toBe(0);
  expect(house.say({ ...press, payload: { event: 'S', event_cnt: 58 } })).toBe(1);
});
