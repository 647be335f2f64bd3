import type { Shape } from './vendor-shapes.ts';

const other = (device: string, value: string | number | null = null) => ({
  device,
  press: null,
  value,
});
const bell = 'den/binary_sensor/bell/state';
const radio = 'home/OpenMQTTGateway/433toMQTT';
const infrared = 'home/OpenMQTTGateway/IRtoMQTT';
const beacon = 'home/OpenMQTTGateway/BTtoMQTT/C0FFEE001122';

const esphome: readonly Shape[] = [
  {
    kind: 'level',
    what: 'ESPHome, a contact',
    topic: bell,
    payload: 'ON',
    binding: { filter: bell, match: { equals: 'ON' }, edge: 'rising' },
    fires: { device: 'den bell', press: 'on', value: null },
    looksAt: '',
    others: ['OFF', ''],
  },
  {
    kind: 'level',
    what: 'ESPHome, a contact that lets go',
    topic: bell,
    payload: 'OFF',
    before: 'ON',
    binding: { filter: bell, match: 'any', edge: 'falling' },
    fires: { device: 'den bell', press: null, value: null },
    looksAt: '',
    others: ['ON', ''],
  },
  {
    kind: 'event',
    what: 'ESPHome, an event',
    topic: 'den/event/knob/state',
    payload: { event_type: 'single' },
    binding: {
      filter: '+/event/+/state',
      match: { path: 'event_type', op: 'eq', value: 'single' },
    },
    fires: { device: 'den knob', press: 'single', value: null },
    looksAt: 'event_type',
    others: [{ event_type: 'double' }, { event_type: '' }, {}],
  },
  {
    kind: 'event',
    what: 'ESPHome, a card',
    topic: 'den/tag',
    payload: '74-10-37-94',
    binding: {
      filter: 'den/tag',
      match: 'any',
      extract: { path: '', as: 'rfid' },
      command: { type: 'play' },
    },
    fires: { device: 'den', press: 'tag', value: '74103794' },
    looksAt: '',
    others: ['ready', '', '74'],
    // Without its end it is another card: nothing in it says how long a number is.
    takesText: (text) => /^[\d-]{5,}$/.test(text),
  },
  {
    kind: 'event',
    what: 'ESPHome, a card by the pattern of what is learnt',
    topic: 'den/tag',
    payload: '04:A2:B3:C4',
    binding: {
      filter: 'den/tag',
      match: { regex: '^[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){3,9}$' },
      extract: { path: '', as: 'rfid' },
      command: { type: 'play' },
    },
    fires: { device: 'den', press: 'tag', value: '04a2b3c4' },
    looksAt: '',
    others: ['ready', '', '04A2B3C4'],
  },
];

const gateway: readonly Shape[] = [
  {
    kind: 'event',
    what: 'OpenMQTTGateway, a radio remote',
    topic: radio,
    payload: { value: 1_315_156, protocol: 1, length: 24, delay: 317 },
    binding: {
      filter: radio,
      match: { path: 'value', op: 'eq', value: 1_315_156 },
      debounce_ms: 800,
    },
    fires: { device: 'OpenMQTTGateway', press: '1315156', value: null },
    looksAt: 'value',
    others: [{ value: 1_315_160, protocol: 1, length: 24, delay: 317 }, { protocol: 1 }],
  },
  {
    kind: 'event',
    what: 'OpenMQTTGateway, an infrared remote and its repeat code',
    topic: infrared,
    payload: { value: 16_736_925, protocol: 'NEC', bits: 32, hex: '0xFF629D' },
    binding: {
      filter: infrared,
      match: [
        { path: 'protocol', op: 'eq', value: 'NEC' },
        { path: 'hex', op: 'eq', value: '0xFF629D' },
      ],
    },
    fires: other(infrared),
    looksAt: 'hex',
    others: [{ value: 4_294_967_295, protocol: 'NEC', bits: 0, hex: '0xFFFFFFFF' }],
  },
  {
    kind: 'level',
    what: 'OpenMQTTGateway, a beacon that comes near',
    topic: beacon,
    payload: { id: 'C0:FF:EE:00:11:22', name: 'keys', rssi: -48 },
    binding: {
      filter: 'home/+/BTtoMQTT/+',
      match: [
        { path: 'name', op: 'eq', value: 'keys' },
        { path: 'rssi', op: 'gte', value: -60 },
      ],
    },
    fires: other(beacon),
    looksAt: 'rssi',
    others: [{ id: 'C0:FF:EE:00:11:22', name: 'keys', rssi: -90 }],
  },
  {
    kind: 'event',
    what: 'OpenMQTTGateway, a decoded remote',
    topic: 'home/OpenMQTTGateway/RTL_433toMQTT',
    payload: { model: 'Generic-Remote', id: 4660, cmd: 12, rssi: -40 },
    binding: {
      filter: 'home/OpenMQTTGateway/RTL_433toMQTT',
      match: [
        { path: 'id', op: 'eq', value: 4660 },
        { path: 'cmd', op: 'eq', value: 12 },
      ],
      debounce_ms: 800,
    },
    fires: { device: 'OpenMQTTGateway', press: null, value: null },
    looksAt: 'cmd',
    others: [{ model: 'Generic-Remote', id: 4660, cmd: 13 }, { id: 4660 }, { cmd: 12, id: 1 }],
  },
];

const coin = (event_cnt: number) => ({ event: 'coin', pulses: 2, event_cnt });

const plain: readonly Shape[] = [
  {
    kind: 'event',
    what: 'a word',
    topic: 'den/bell',
    payload: 'PRESS',
    binding: { filter: 'den/+', match: { equals: 'PRESS' } },
    fires: other('den/bell'),
    looksAt: '',
    others: ['RELEASE', '', 'press'],
  },
  {
    kind: 'event',
    what: 'a word in quotes',
    topic: 'den/bell',
    payload: '"press"',
    binding: { filter: 'den/bell', match: { equals: 'press' } },
    fires: other('den/bell'),
    looksAt: '',
    others: ['"release"', '""'],
  },
  {
    kind: 'event',
    what: 'whatever is said',
    topic: 'den/bell',
    payload: { what: ['ever'] },
    binding: { filter: 'den/bell', match: 'any' },
    fires: other('den/bell'),
    looksAt: 'what',
    others: ['', ' '],
    takesText: () => true,
  },
  {
    kind: 'event',
    what: 'the name of a sound',
    topic: 'den/play',
    payload: 'Big Gong',
    binding: {
      filter: 'den/play',
      match: { regex: '^[A-Za-z ]+$' },
      extract: { path: '', as: 'name' },
      command: { type: 'play' },
    },
    fires: other('den/play', 'Big Gong'),
    looksAt: '',
    others: ['', ' ', '{}', '42'],
    takesText: (text) => /^[A-Za-z ]+$/.test(text),
    goesByText: true,
  },
  {
    kind: 'event',
    what: 'a knob that says a bare number',
    topic: 'den/knob',
    payload: '0',
    binding: {
      filter: 'den/knob',
      match: 'any',
      extract: { path: '', as: 'volume' },
      command: { type: 'volume' },
    },
    fires: other('den/knob', 0),
    looksAt: '',
    others: ['loud', '', '{}'],
    takesText: (text) => text === '00',
  },
  {
    kind: 'event',
    what: 'a knob that says a number in JSON',
    topic: 'den/knob',
    payload: { value: 1, unit: 'raw' },
    binding: {
      filter: 'den/knob',
      match: { path: 'value', op: 'exists' },
      extract: { path: 'value', as: 'volume', scale: 0.3922 },
      command: { type: 'volume' },
      debounce_ms: 50,
    },
    fires: other('den/knob', 0),
    looksAt: 'value',
    others: [{ value: '' }, { value: 'NaN' }, { unit: 'raw' }],
  },
  {
    kind: 'event',
    what: 'a knob that says steps',
    topic: 'den/knob',
    payload: { steps: -3 },
    binding: {
      filter: 'den/knob',
      match: { path: 'steps', op: 'ne', value: 0 },
      extract: { path: 'steps', as: 'delta', scale: 2 },
      command: { type: 'volume' },
      debounce_ms: 50,
    },
    fires: other('den/knob', -6),
    looksAt: 'steps',
    others: [{ steps: 0 }, {}],
  },
  {
    kind: 'event',
    what: 'keys with numbers',
    topic: 'den/keypad',
    payload: { button: 1 },
    binding: { filter: 'den/keypad', match: { path: 'button', op: 'eq', value: 1 } },
    fires: other('den/keypad'),
    looksAt: 'button',
    others: [{ button: 2 }, { button: 0 }, {}],
  },
  {
    kind: 'event',
    what: 'keys whose number is the tag of a sound',
    topic: 'den/keypad',
    payload: '1',
    binding: {
      filter: 'den/keypad',
      match: { regex: '^[0-9]$' },
      extract: { path: '', as: 'tag' },
      command: { type: 'random' },
    },
    fires: other('den/keypad', '1'),
    looksAt: '',
    others: ['', '#'],
    goesByText: true,
  },
  {
    kind: 'counted',
    what: 'a coin slot of our own',
    topic: 'dev/house/coin-slot/coin',
    payload: coin(7),
    next: coin(8),
    binding: {
      filter: 'dev/house/coin-slot/coin',
      match: { path: 'event', op: 'eq', value: 'coin' },
      extract: { path: 'pulses', as: 'count' },
      command: { type: 'grant_credits', user_id: 'ann', amount: 1 },
      debounce_ms: 0,
    },
    fires: { device: 'coin-slot', press: 'coin', value: 2 },
    looksAt: 'pulses',
    others: [
      { event: 'jam', pulses: 1, event_cnt: 6 },
      { event: 'coin', pulses: 0 },
    ],
  },
];

const buttonevent = (code: number) => ({
  t: 'event',
  e: 'changed',
  r: 'sensors',
  id: '5',
  state: { buttonevent: code, lastupdated: '2026-01-01T12:00:00.000' },
});

const hubs: readonly Shape[] = [
  {
    kind: 'event',
    what: 'like deCONZ, a button',
    topic: 'deconz/sensors/5',
    payload: buttonevent(1002),
    binding: {
      filter: 'deconz/sensors/+',
      match: [
        { path: 'id', op: 'eq', value: 5 },
        { path: 'state.buttonevent', op: 'eq', value: 1002 },
      ],
    },
    fires: other('deconz/sensors/5'),
    looksAt: 'state.buttonevent',
    others: [buttonevent(1000), buttonevent(1003), { id: '5', state: { lastupdated: 'none' } }],
  },
  {
    kind: 'level',
    what: 'like deCONZ, a window',
    topic: 'deconz/sensors/6',
    payload: { e: 'changed', id: '6', state: { open: true } },
    binding: { filter: 'deconz/sensors/6', match: { path: '$.state.open', op: 'eq', value: true } },
    fires: other('deconz/sensors/6'),
    looksAt: 'state.open',
    others: [
      { e: 'changed', id: '6', state: { open: false } },
      { e: 'changed', id: '6', config: {} },
    ],
  },
  {
    kind: 'event',
    what: 'like Node-RED, a flow that names a sound',
    topic: 'flows/out',
    payload: { _msgid: 'a1.b2', topic: 'play', payload: { sound: 'Gong' } },
    binding: {
      filter: 'flows/#',
      match: { path: 'topic', op: 'eq', value: 'play' },
      extract: { path: 'payload.sound', as: 'name' },
      command: { type: 'play' },
    },
    fires: other('flows/out', 'Gong'),
    looksAt: 'payload.sound',
    others: [{ _msgid: 'a1.b3', topic: 'stop', payload: { sound: 'Gong' } }, { topic: 'play' }],
    goesByText: true,
  },
  {
    kind: 'level',
    what: 'like Node-RED, a flow that says yes or no',
    topic: 'flows/out',
    payload: { _msgid: 'a1.b2', payload: true },
    binding: { filter: 'flows/out', match: { path: 'payload', op: 'eq', value: true } },
    fires: other('flows/out'),
    looksAt: 'payload',
    others: [{ _msgid: 'a1.b3', payload: false }, { _msgid: 'a1.b4' }],
  },
];

export const plainShapes: readonly Shape[] = [...esphome, ...gateway, ...plain, ...hubs];
