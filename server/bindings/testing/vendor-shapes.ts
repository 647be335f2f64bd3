import type { Terms } from '../events.ts';

/** `event`: each message is a press. `counted`: so is each number. `level`: only a change is. */
export type ShapeKind = 'event' | 'counted' | 'level';

/** One press as a device tells it. */
export type Shape = {
  readonly what: string;
  readonly topic: string;
  /** Text as it is, anything else as JSON. */
  readonly payload: unknown;
  readonly kind: ShapeKind;
  /** Where in the JSON that stands which makes it a press; undefined: the text is it. */
  readonly leaf?: string;
  /** Of the binding; left out: what learning it would propose. */
  readonly terms?: Partial<Terms>;
  /** What the device says around a press, and what is none. */
  readonly around: readonly { readonly topic: string; readonly payload: unknown }[];
};

type Said = Shape['around'][number];

const z2m = (action: string, device = 'hall'): Shape => ({
  what: `Zigbee2MQTT ${action}`,
  topic: `zigbee2mqtt/${device}`,
  payload: { action, battery: 80, linkquality: 120 },
  kind: 'event',
  leaf: 'action',
  around: [
    { topic: `zigbee2mqtt/${device}`, payload: { action: '', battery: 80 } },
    { topic: `zigbee2mqtt/${device}`, payload: { battery: 79 } },
    { topic: `zigbee2mqtt/${device}/availability`, payload: { state: 'online' } },
  ],
});
const z2mWord = (action: string): Shape => ({
  what: `Zigbee2MQTT ${action} as a bare word`,
  topic: 'zigbee2mqtt/hall/action',
  payload: action,
  kind: 'event',
  around: [
    { topic: 'zigbee2mqtt/hall/action', payload: '' },
    { topic: 'zigbee2mqtt/hall', payload: { action: '', battery: 80 } },
  ],
});
const tasmotaBesides: Said[] = [
  { topic: 'stat/desk/RESULT', payload: { POWER: 'ON' } },
  { topic: 'tele/desk/SENSOR', payload: { Time: '2026-01-01T12:00:00', Switch1: 'ON' } },
  { topic: 'tele/desk/LWT', payload: 'Online' },
];
const tasmota = (key: string, Action: string): Shape => ({
  what: `Tasmota ${key} ${Action}`,
  topic: 'stat/desk/RESULT',
  payload: { [key]: { Action } },
  kind: 'event',
  leaf: `${key}.Action`,
  around: tasmotaBesides,
});
const tasmotaCard = (reader: string): Shape => ({
  what: `Tasmota card at ${reader}`,
  topic: 'tele/reader/SENSOR',
  payload: { Time: '2026-01-01T12:00:00', [reader]: { UID: '94D8FC5F', DATA: '' } },
  kind: 'event',
  leaf: `${reader}.UID`,
  around: [
    { topic: 'tele/reader/SENSOR', payload: { [reader]: { UID: '', DATA: '' } } },
    { topic: 'tele/reader/SENSOR', payload: { Time: '2026-01-01T12:05:00', ENERGY: { W: 3 } } },
  ],
});
const tasmotaRemote = (remote: string, payload: object): Shape => ({
  what: `Tasmota ${remote}`,
  topic: 'stat/ir/RESULT',
  payload: { [remote]: payload },
  kind: 'event',
  leaf: `${remote}.Data`,
  around: [{ topic: 'stat/ir/RESULT', payload: { POWER: 'OFF' } }],
});

const gen1 = (event: string): Shape => ({
  what: `Shelly Gen1 ${event}`,
  topic: 'shellies/shellyi3-1/input_event/0',
  payload: { event, event_cnt: 57 },
  kind: 'counted',
  leaf: 'event',
  around: [
    { topic: 'shellies/shellyi3-1/input_event/0', payload: { event: '', event_cnt: 56 } },
    { topic: 'shellies/shellyi3-1/input/0', payload: '1' },
    { topic: 'shellies/shellyi3-1/online', payload: 'true' },
  ],
});
const rpc = (events: object[], method = 'NotifyEvent') => ({
  src: 'shellyplusi4-a1',
  dst: 'shellyplusi4-a1/events',
  method,
  params: { ts: 1_700_000_000.5, events },
});
const gen2 = (event: string, component = 'input:0', more: object = {}): Shape => {
  const topic = 'shellyplusi4-a1/events/rpc';
  const one = (name: string) => rpc([{ component, id: 0, ...more, event: name, ts: 1 }]);
  return {
    what: `Shelly Gen2 ${event} of ${component}${Object.values(more).join('')}`,
    topic,
    payload: one(event),
    kind: 'event',
    leaf: 'params.events.0.event',
    around: [
      { topic, payload: one('btn_down') },
      { topic, payload: one('btn_up') },
      { topic, payload: rpc([], 'NotifyStatus') },
    ],
  };
};

const esphomeContact = (name: string): Shape => {
  const topic = `den/binary_sensor/${name}/state`;
  return {
    what: `ESPHome contact ${name}`,
    topic,
    payload: 'ON',
    kind: 'level',
    around: [
      { topic, payload: 'OFF' },
      { topic: 'den/status', payload: 'online' },
    ],
  };
};
const esphomeEvent = (event_type: string): Shape => ({
  what: `ESPHome event ${event_type}`,
  topic: 'den/event/knob/state',
  payload: { event_type },
  kind: 'event',
  leaf: 'event_type',
  around: [{ topic: 'den/status', payload: 'online' }],
});
const esphomeTag = (uid: string): Shape => ({
  what: `ESPHome tag ${uid}`,
  topic: 'den/tag',
  payload: uid,
  kind: 'event',
  around: [{ topic: 'den/tag', payload: 'ready' }],
});

const radio = (what: string, last: string, payload: object, around: object): Shape => {
  const topic = `home/OpenMQTTGateway/${last}`;
  return {
    what: `OpenMQTTGateway ${what}`,
    topic,
    payload,
    kind: 'event',
    leaf: 'value',
    around: [
      { topic, payload: around },
      { topic: 'home/OpenMQTTGateway/LWT', payload: 'online' },
    ],
  };
};

const homemade: Shape[] = [
  {
    what: 'a coin slot of our own',
    topic: 'dev/house/coin-slot/coin',
    payload: { event: 'coin', pulses: 1, event_cnt: 7 },
    kind: 'counted',
    leaf: 'event',
    around: [{ topic: 'dev/house/coin-slot/status', payload: 'online' }],
  },
  {
    what: 'a motion sensor',
    topic: 'zigbee2mqtt/motion',
    payload: { occupancy: true, battery: 90 },
    kind: 'level',
    leaf: 'occupancy',
    terms: { match: { path: 'occupancy', op: 'eq', value: true } },
    around: [
      { topic: 'zigbee2mqtt/motion', payload: { occupancy: false } },
      { topic: 'zigbee2mqtt/motion', payload: { battery: 89 } },
    ],
  },
  {
    what: 'a door that opens',
    topic: 'zigbee2mqtt/door',
    payload: { contact: false },
    kind: 'level',
    leaf: 'contact',
    terms: { match: { path: 'contact', op: 'eq', value: false } },
    around: [{ topic: 'zigbee2mqtt/door', payload: { contact: true } }],
  },
  {
    what: 'a light sensor above its threshold',
    topic: 'attic/light',
    payload: { lux: 250 },
    kind: 'level',
    leaf: 'lux',
    terms: { match: { path: 'lux', op: 'gt', value: 100 } },
    around: [{ topic: 'attic/light', payload: { lux: 20 } }],
  },
  {
    what: 'a bare word by a pattern',
    topic: 'attic/button',
    payload: 'pressed long',
    kind: 'event',
    terms: { match: { regex: '^pressed (short|long)$' } },
    around: [{ topic: 'attic/button', payload: 'ready' }],
  },
  {
    what: 'two things of one and the same element',
    topic: 'attic/panel',
    payload: {
      keys: [
        { n: 1, event: 'up' },
        { n: 2, event: 'down' },
      ],
    },
    kind: 'event',
    leaf: 'keys.1.event',
    terms: {
      match: [
        { path: 'keys.*.event', op: 'eq', value: 'down' },
        { path: 'keys.*.n', op: 'eq', value: 2 },
      ],
    },
    around: [{ topic: 'attic/panel', payload: { keys: [{ n: 1, event: 'down' }] } }],
  },
];

const remoteData = { Protocol: 'NEC', Bits: 32, Data: '0x20DF10EF' };

/** Fixtures of our own in the shapes of each vendor. */
export const vendorShapes: readonly Shape[] = [
  ...['single', 'double', 'triple', 'hold', 'on', 'off', 'toggle'].map((one) => z2m(one)),
  ...['brightness_move_up', 'on_press', 'button_1_triple', 'rotate_left', '1_single'].map((one) =>
    z2m(one, 'living/knob'),
  ),
  ...['single', 'on', 'rotate_right'].map(z2mWord),
  ...['SINGLE', 'DOUBLE', 'TRIPLE', 'QUAD', 'PENTA', 'HOLD'].map((one) => tasmota('Button1', one)),
  tasmota('Button2', 'SINGLE'),
  tasmota('Switch1', 'ON'),
  tasmota('Switch1', 'OFF'),
  tasmota('Switch2', 'TOGGLE'),
  ...['PN532', 'RC522', 'RDM6300'].map(tasmotaCard),
  tasmotaRemote('IrReceived', remoteData),
  tasmotaRemote('RfReceived', { Sync: 12_290, Low: 420, High: 1230, Data: '0x7028D8' }),
  ...['S', 'SS', 'SSS', 'L', 'SL', 'LS'].map(gen1),
  ...['single_push', 'double_push', 'triple_push', 'long_push'].map((one) => gen2(one)),
  gen2('single_push', 'input:3', { id: 3 }),
  gen2('single_push', 'bthomedevice:200', { id: 200, idx: 0 }),
  gen2('long_press', 'bthomedevice:200', { id: 200, idx: 3 }),
  ...['bell', 'door'].map(esphomeContact),
  ...['single', 'double', 'long_press'].map(esphomeEvent),
  ...['74-10-37-94', '04:A2:3B:C1'].map(esphomeTag),
  radio(
    'a remote on 433 MHz',
    '433toMQTT',
    { value: 1_315_156, protocol: 1, length: 24, delay: 317 },
    { value: 1_315_160, protocol: 1, length: 24, delay: 317 },
  ),
  radio(
    'a doorbell by rtl_433',
    'RTL_433toMQTT',
    { value: 'a1b2c3', protocol: 31 },
    { value: 'ffffff', protocol: 31 },
  ),
  ...homemade,
];
