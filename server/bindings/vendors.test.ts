import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { payloadOf } from './payload.ts';
import { listening, type Said } from './testing/listening.ts';
import { deviceOf, recognise, usualDebounceMs } from './vendors.ts';

const bytes = (payload: unknown) =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
const seen = (topic: string, payload: unknown) => {
  const parsed = payloadOf(bytes(payload));
  if (!parsed) throw new Error('an empty message is nothing');
  return recognise(topic, parsed);
};

/** One press of a device as its vendor tells it, and what the device says besides. */
type Row = {
  readonly what: string;
  readonly vendor: string;
  readonly device: string;
  readonly press: string;
  readonly topic: string;
  readonly payload: unknown;
  /** The same press once more, where it is told differently. */
  readonly next?: unknown;
  /** Right before the press: not one of its own. */
  readonly before?: readonly Said[];
  /** Right after it. */
  readonly after?: readonly Said[];
  /** Other topics, other times. */
  readonly besides?: readonly Said[];
};

const z2m = 'zigbee2mqtt/hall';
const z2mActions = [
  'on',
  'off',
  'double',
  'brightness_move_up',
  'on_press',
  'button_1_triple',
  'rotate_left',
];
const rpc = (events: object[], method = 'NotifyEvent') => ({
  src: 'shellyplusi4-a1',
  dst: 'shellyplusi4-a1/events',
  method,
  params: { ts: 1_700_000_000.5, events },
});
const input = (event: string, ts = 1) => ({ component: 'input:0', id: 0, event, ts });

const rows: readonly Row[] = [
  {
    what: 'Zigbee2MQTT, a press as JSON and again as a bare word, then an empty action',
    vendor: 'zigbee2mqtt',
    device: 'hall',
    press: 'single',
    topic: z2m,
    payload: { action: 'single', battery: 80, linkquality: 120 },
    after: [
      { topic: `${z2m}/action`, payload: 'single', afterMs: 20 },
      { topic: z2m, payload: { action: '', battery: 80 }, afterMs: 20 },
    ],
    besides: [
      { topic: z2m, payload: { battery: 79 } },
      { topic: z2m, payload: { action: null, battery: 79 } },
      { topic: z2m, payload: '' },
      { topic: `${z2m}/action`, payload: '' },
      { topic: `${z2m}/availability`, payload: { state: 'online' } },
      { topic: 'zigbee2mqtt/bridge/state', payload: { state: 'online' } },
      { topic: 'zigbee2mqtt/other', payload: { action: 'single' } },
    ],
  },
  {
    what: 'Zigbee2MQTT, the bare word alone',
    vendor: 'zigbee2mqtt',
    device: 'hall',
    press: 'double',
    topic: `${z2m}/action`,
    payload: 'double',
    after: [{ topic: z2m, payload: { action: 'double', battery: 80 }, afterMs: 20 }],
    besides: [{ topic: `${z2m}/action`, payload: '' }],
  },
  ...z2mActions.map((action) => ({
    what: `Zigbee2MQTT, ${action}`,
    vendor: 'zigbee2mqtt',
    device: 'living/knob',
    press: action,
    topic: 'zigbee2mqtt/living/knob',
    payload: { action, action_step_size: 15 },
  })),
  {
    what: 'Tasmota, a button',
    vendor: 'tasmota',
    device: 'desk',
    press: 'button1_single',
    topic: 'stat/desk/RESULT',
    payload: { Button1: { Action: 'SINGLE' } },
    besides: [
      { topic: 'stat/desk/RESULT', payload: { POWER: 'ON' } },
      { topic: 'stat/desk/RESULT', payload: { Button1: { Action: 'DOUBLE' } } },
      { topic: 'stat/desk/RESULT', payload: { Button2: { Action: 'SINGLE' } } },
      { topic: 'tele/desk/STATE', payload: { Time: '2026-01-01T12:00:00', POWER: 'ON' } },
      { topic: 'tele/desk/LWT', payload: 'Online' },
    ],
  },
  {
    what: 'Tasmota, a switch',
    vendor: 'tasmota',
    device: 'desk',
    press: 'switch1_on',
    topic: 'stat/desk/RESULT',
    payload: { Switch1: { Action: 'ON' } },
    besides: [
      { topic: 'stat/desk/RESULT', payload: { Switch1: { Action: 'OFF' } } },
      { topic: 'tele/desk/SENSOR', payload: { Time: '2026-01-01T12:00:00', Switch1: 'ON' } },
      { topic: 'tele/desk/SENSOR', payload: { Time: '2026-01-01T12:05:00', Switch1: 'ON' } },
    ],
  },
  {
    what: 'Tasmota, a card',
    vendor: 'tasmota',
    device: 'reader',
    press: 'tag',
    topic: 'tele/reader/SENSOR',
    payload: { Time: '2026-01-01T12:00:00', PN532: { UID: '94D8FC5F', DATA: '' } },
    besides: [
      { topic: 'tele/reader/SENSOR', payload: { Time: '2026-01-01T12:05:00', ENERGY: { W: 3 } } },
      { topic: 'tele/reader/SENSOR', payload: { PN532: { UID: '', DATA: '' } } },
    ],
  },
  {
    what: 'Tasmota, a remote',
    vendor: 'tasmota',
    device: 'ir',
    press: '0x20DF10EF',
    topic: 'stat/ir/RESULT',
    payload: { IrReceived: { Protocol: 'NEC', Bits: 32, Data: '0x20DF10EF' } },
    besides: [
      { topic: 'stat/ir/RESULT', payload: { IrReceived: { Protocol: 'NEC', Data: '0x20DF906F' } } },
    ],
  },
  {
    what: 'Shelly of the first generation, told again when it comes back',
    vendor: 'shelly',
    device: 'shellyi3-1',
    press: 'S',
    topic: 'shellies/shellyi3-1/input_event/0',
    payload: { event: 'S', event_cnt: 57 },
    next: { event: 'S', event_cnt: 58 },
    after: [
      {
        topic: 'shellies/shellyi3-1/input_event/0',
        payload: { event: 'S', event_cnt: 57 },
        afterMs: 30_000,
      },
    ],
    besides: [
      { topic: 'shellies/shellyi3-1/input_event/0', payload: { event: '', event_cnt: 57 } },
      { topic: 'shellies/shellyi3-1/input_event/1', payload: { event: 'S', event_cnt: 3 } },
      { topic: 'shellies/shellyi3-1/input_event/0', payload: { event: 'LS', event_cnt: 59 } },
      { topic: 'shellies/shellyi3-1/online', payload: 'true' },
    ],
  },
  {
    what: 'Shelly of the second generation, between down and up',
    vendor: 'shelly',
    device: 'shellyplusi4-a1',
    press: 'double_push',
    topic: 'shellyplusi4-a1/events/rpc',
    payload: rpc([input('double_push')]),
    before: [
      { topic: 'shellyplusi4-a1/events/rpc', payload: rpc([input('btn_down')]), afterMs: 10 },
      { topic: 'shellyplusi4-a1/events/rpc', payload: rpc([input('btn_up')]), afterMs: 10 },
    ],
    besides: [
      { topic: 'shellyplusi4-a1/events/rpc', payload: rpc([], 'NotifyStatus') },
      { topic: 'shellyplusi4-a1/events/rpc', payload: rpc([input('single_push')]) },
      {
        topic: 'shellyplusi4-a1/events/rpc',
        payload: rpc([{ ...input('double_push'), component: 'input:1', id: 1 }]),
      },
    ],
  },
  {
    what: 'Shelly BLU, one of four buttons',
    vendor: 'shelly',
    device: 'house/gateway',
    press: 'single_push',
    topic: 'house/gateway/events/rpc',
    payload: rpc([{ component: 'bthomedevice:200', id: 200, idx: 2, event: 'single_push', ts: 1 }]),
    besides: [
      {
        topic: 'house/gateway/events/rpc',
        payload: rpc([
          { component: 'bthomedevice:200', id: 200, idx: 1, event: 'single_push', ts: 1 },
        ]),
      },
    ],
  },
  {
    what: 'ESPHome, a contact',
    vendor: 'esphome',
    device: 'den bell',
    press: 'on',
    topic: 'den/binary_sensor/bell/state',
    payload: 'ON',
    before: [{ topic: 'den/binary_sensor/bell/state', payload: 'OFF', retained: true }],
    after: [
      { topic: 'den/binary_sensor/bell/state', payload: 'ON' },
      { topic: 'den/binary_sensor/bell/state', payload: 'OFF' },
    ],
    besides: [{ topic: 'den/status', payload: 'online' }],
  },
  {
    what: 'ESPHome, an event',
    vendor: 'esphome',
    device: 'den knob',
    press: 'single',
    topic: 'den/event/knob/state',
    payload: { event_type: 'single' },
    besides: [{ topic: 'den/event/knob/state', payload: { event_type: 'double' } }],
  },
  {
    what: 'ESPHome, a card',
    vendor: 'esphome',
    device: 'den',
    press: 'tag',
    topic: 'den/tag',
    payload: '74-10-37-94',
    besides: [{ topic: 'den/tag', payload: 'ready' }],
  },
  {
    what: 'a coin slot of our own, whose message comes twice',
    vendor: 'esphome',
    device: 'coin-slot',
    press: 'coin',
    topic: 'dev/house/coin-slot/coin',
    payload: { event: 'coin', pulses: 1, event_cnt: 7 },
    next: { event: 'coin', pulses: 1, event_cnt: 8 },
    after: [
      {
        topic: 'dev/house/coin-slot/coin',
        payload: { event: 'coin', pulses: 1, event_cnt: 7 },
        afterMs: 2000,
      },
    ],
  },
  {
    what: 'OpenMQTTGateway, a remote that repeats itself',
    vendor: 'openmqttgateway',
    device: 'OpenMQTTGateway',
    press: '1315156',
    topic: 'home/OpenMQTTGateway/433toMQTT',
    payload: { value: 1_315_156, protocol: 1, length: 24, delay: 317 },
    after: [318, 316, 317, 319].map((delay) => ({
      topic: 'home/OpenMQTTGateway/433toMQTT',
      payload: { value: 1_315_156, protocol: 1, length: 24, delay },
      afterMs: 500,
    })),
    besides: [
      {
        topic: 'home/OpenMQTTGateway/433toMQTT',
        payload: { value: 1_315_160, protocol: 1, length: 24, delay: 317 },
      },
      { topic: 'home/OpenMQTTGateway/LWT', payload: 'online' },
    ],
  },
];

describe.each(rows)('$what', (row) => {
  const { vendor, device, press, topic, payload } = row;
  const { suggestion, ...found } = seen(topic, payload);

  it('is recognised, with a binding for it', () => {
    expect(found).toMatchObject({ vendor, device, press });
    expect(suggestion).toMatchObject({ filter: topic });
    expect(deviceOf(topic).vendor).toBe(vendor === 'esphome' && press === 'tag' ? 'other' : vendor);
  });

  it('fires that binding once, and nothing else does', () => {
    if (!suggestion) throw new Error('a press is suggested');
    const house = listening([suggestion]);
    house.say(...(row.besides ?? []));
    expect(house.fired).toEqual([]);
    house.say(...(row.before ?? []), { topic, payload, live: true, afterMs: 10 });
    house.say(...(row.after ?? []));
    expect(house.fired).toMatchObject([{ occasion: { device, press } }]);
    house.say(...(row.besides ?? []));
    expect(house.fired).toHaveLength(1);
    expect(house.logger.lines).toEqual([]);
  });

  it('fires it again with the next press', () => {
    if (!suggestion) throw new Error('a press is suggested');
    const house = listening([suggestion]);
    house.say({ topic, payload }, ...(row.after ?? []));
    expect(house.say({ topic, payload: row.next ?? payload, afterMs: 2000 })).toBe(2);
  });

  it('never fires where the broker had kept it', () => {
    if (!suggestion) throw new Error('a press is suggested');
    const house = listening([suggestion, { ...suggestion, ignore_retained: false }]);
    expect(house.say({ topic, payload, retained: true })).toBe(0);
  });
});

it('a card is written one way, whoever read it', () => {
  expect(seen('tele/reader/SENSOR', { RC522: { UID: '94D8FC5F' } }).uid).toBe('94d8fc5f');
  expect(seen('den/tag', '94-d8-fc-5f').uid).toBe('94d8fc5f');
});

it('a filter tells what suits it', () => {
  expect(usualDebounceMs('home/+/433toMQTT')).toBe(800);
  expect(usualDebounceMs('zigbee2mqtt/hall')).toBe(300);
  expect(deviceOf('stat/+/RESULT')).toEqual({ vendor: 'tasmota', device: '+' });
  expect(deviceOf('my/own/topic')).toEqual({ vendor: 'other', device: 'my/own/topic' });
});

it('nothing that arrives makes a recogniser throw, whatever is bound and learnt', () => {
  const topic = fc.oneof(
    fc.constantFrom(...rows.map((row) => row.topic)),
    fc
      .array(
        fc.constantFrom(
          'zigbee2mqtt',
          'stat',
          'tele',
          'shellies',
          'events',
          'rpc',
          'state',
          'action',
          '',
          'x',
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((levels) => levels.join('/')),
    fc.string(),
  );
  const words = fc.constantFrom(
    'action',
    'event',
    'event_cnt',
    'params',
    'events',
    'PN532',
    'UID',
    'IrReceived',
    'Data',
    'Button1',
    'Action',
    'value',
    'component',
    'event_type',
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.dictionary(words, tie('value')),
      fc.array(tie('value')),
    ),
  })).value;
  const payload = fc.oneof(
    fc.uint8Array(),
    fc.string(),
    tree.map((value) => JSON.stringify(value)),
  );
  vi.useFakeTimers();
  const house = listening([{ filter: '+/#' }]);
  house.learn.start();
  vi.advanceTimersByTime(3000);
  fc.assert(
    fc.property(topic, payload, (one, message) => {
      house.say({ topic: one, payload: message, afterMs: 1 });
      expect(house.logger.lines).toEqual([]);
    }),
    { numRuns: 1000 },
  );
  house.learn.stop();
  vi.useRealTimers();
});

it('proposes to count the pulses of a coin, and each coin that is told by number', () => {
  const coin = (more: object) =>
    seen('dev/house/coin-slot/coin', { event: 'coin', pulses: 5, ...more }).suggestion;
  const extract = { path: 'pulses', as: 'count' };
  expect(coin({ event_cnt: 7 })).toMatchObject({ extract, debounce_ms: 0 });
  expect(coin({})).toMatchObject({ extract, debounce_ms: 300 });
});
