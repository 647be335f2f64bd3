import type { Occasion, Terms } from '../events.ts';
import type { Said } from './listening.ts';

/** One way in which a device tells of something, and the binding that hears it. */
export type Shape = {
  readonly what: string;
  readonly topic: string;
  /** Text as it is, anything else as JSON. */
  readonly payload: unknown;
  readonly binding: Partial<Terms>;
  readonly fires: Pick<Occasion, 'device' | 'press' | 'value'>;
  /** Each message of an event counts, of a counted one each number, of a level each change. */
  readonly kind: 'event' | 'counted' | 'level';
  /** Where in the payload the binding looks: keys with dots; `''` is all of it. */
  readonly looksAt: string;
  /** How things stood, where the message counts only as a change. */
  readonly before?: unknown;
  /** What the same topic says besides, such as the release: never fires. */
  readonly others: readonly unknown[];
  /** The same press on another topic. */
  readonly echo?: Said;
  /** The press after it, of those that are counted. */
  readonly next?: unknown;
  /** Whether the binding takes such a text, though it is not the right payload. */
  readonly takesText?: (text: string) => boolean;
  /** The command goes by a text: a number or a boolean is one as well. */
  readonly goesByText?: true;
};

const event = { kind: 'event' } as const;
const level = { kind: 'level' } as const;
const eq = (path: string, value: string | number | boolean) => ({ path, op: 'eq', value }) as const;
const by = (device: string, press: string | null, value: string | number | null = null) => ({
  device,
  press,
  value,
});

const hall = 'zigbee2mqtt/hall';
const besides = [{ action: '', battery: 80 }, { action: null }, { battery: 79 }, ''];
const zigbeeAction = (action: string, release: string): Shape => ({
  ...event,
  what: `Zigbee2MQTT, ${action}`,
  topic: hall,
  payload: { action, battery: 80, linkquality: 120 },
  binding: { filter: hall, match: eq('action', action) },
  fires: by('hall', action),
  looksAt: 'action',
  others: [{ action: release }, ...besides],
});

const zigbee: readonly Shape[] = [
  zigbeeAction('single', 'double'),
  zigbeeAction('double', 'single'),
  zigbeeAction('on', 'off'),
  zigbeeAction('off', 'on'),
  zigbeeAction('on_press', 'on_press_release'),
  zigbeeAction('button_1_triple', 'button_2_triple'),
  zigbeeAction('brightness_move_up', 'brightness_stop'),
  zigbeeAction('hold', 'release'),
  zigbeeAction('rotate_left', 'rotate_right'),
  {
    ...event,
    what: 'Zigbee2MQTT, the steps of a knob below a folder',
    topic: 'zigbee2mqtt/living/knob',
    payload: { action: 'rotate_left', action_step_size: 15 },
    binding: {
      filter: 'zigbee2mqtt/living/+',
      match: eq('action', 'rotate_left'),
      extract: { path: 'action_step_size', as: 'delta', scale: -1 },
      debounce_ms: 50,
    },
    fires: by('living/knob', 'rotate_left', -15),
    looksAt: 'action_step_size',
    others: [{ action: 'rotate_right', action_step_size: 15 }, { action: 'rotate_left' }],
  },
  {
    ...event,
    what: 'Zigbee2MQTT, the bare word',
    topic: `${hall}/action`,
    payload: 'single',
    binding: { filter: `${hall}/action`, match: { equals: 'single' } },
    fires: by('hall', 'single'),
    looksAt: '',
    others: ['', 'double', 'release'],
  },
  {
    ...event,
    what: 'Zigbee2MQTT, the JSON and the bare word by one pattern',
    topic: hall,
    payload: { action: 'single', battery: 80 },
    binding: { filter: `${hall}/#`, match: { regex: '"action":"single"|^single$' } },
    fires: by('hall', 'single'),
    looksAt: 'action',
    others: besides,
    echo: { topic: `${hall}/action`, payload: 'single' },
    takesText: (text) => text.includes('"action":"single"'),
  },
  {
    ...level,
    what: 'Zigbee2MQTT, a door that opens',
    topic: hall,
    payload: { contact: false, battery: 90 },
    binding: { filter: hall, match: eq('contact', false) },
    fires: by('hall', null),
    looksAt: 'contact',
    others: [{ contact: true, battery: 90 }, { battery: 89 }],
  },
  {
    ...level,
    what: 'Zigbee2MQTT, somebody comes',
    topic: hall,
    payload: { occupancy: true },
    binding: { filter: 'zigbee2mqtt/+', match: eq('occupancy', true), edge: 'rising' },
    fires: by('hall', null),
    looksAt: 'occupancy',
    others: [{ occupancy: false }, { illuminance: 4 }],
  },
  {
    ...level,
    what: 'Zigbee2MQTT, it gets bright',
    topic: hall,
    payload: { illuminance: 400, occupancy: false },
    binding: { filter: hall, match: { path: 'illuminance', op: 'gt', value: 300 } },
    fires: by('hall', null),
    looksAt: 'illuminance',
    others: [{ illuminance: 300 }, { occupancy: true }],
  },
];

const desk = 'stat/desk/RESULT';
const tasmotaKey = (key: string, action: string, release: string): Shape => ({
  ...event,
  what: `Tasmota, ${key} ${action}`,
  topic: desk,
  payload: { [key]: { Action: action } },
  binding: { filter: 'stat/+/RESULT', match: eq(`${key}.Action`, action) },
  fires: by('desk', `${key}_${action}`.toLowerCase()),
  looksAt: `${key}.Action`,
  others: [{ [key]: { Action: release } }, { Button9: { Action: action } }, { POWER: 'ON' }],
});
const tasmotaCard = (reader: string, UID: string): Shape => ({
  ...event,
  what: `Tasmota, a card at the ${reader}`,
  topic: 'tele/reader/SENSOR',
  payload: { Time: '2026-01-01T12:00:00', [reader]: { UID, DATA: '' } },
  binding: {
    filter: 'tele/+/SENSOR',
    match: { path: `${reader}.UID`, op: 'exists' },
    extract: { path: `${reader}.UID`, as: 'rfid' },
    command: { type: 'play' },
  },
  fires: by('reader', 'tag', UID.toLowerCase()),
  looksAt: `${reader}.UID`,
  others: [{ [reader]: { UID: '', DATA: '' } }, { Time: '2026-01-01T12:05:00' }],
});
const tasmotaRemote = (remote: string, Data: string, debounce_ms: number): Shape => ({
  ...event,
  what: `Tasmota, ${remote}`,
  topic: 'tele/bridge/RESULT',
  payload: { Time: '2026-01-01T12:00:00', [remote]: { Protocol: 'NEC', Bits: 32, Data } },
  binding: { filter: 'tele/bridge/RESULT', match: eq(`${remote}.Data`, Data), debounce_ms },
  fires: by('bridge', Data),
  looksAt: `${remote}.Data`,
  others: [{ [remote]: { Protocol: 'UNKNOWN', Data: '0x1' } }, { [remote]: {} }],
});

const tasmota: readonly Shape[] = [
  tasmotaKey('Button1', 'SINGLE', 'DOUBLE'),
  tasmotaKey('Button2', 'HOLD', 'CLEAR'),
  tasmotaKey('Switch1', 'ON', 'OFF'),
  tasmotaKey('Switch2', 'TOGGLE', 'HOLD'),
  tasmotaCard('PN532', '94D8FC5F'),
  tasmotaCard('RDM6300', '00A1B2C3'),
  tasmotaRemote('IrReceived', '0x20DF10EF', 300),
  tasmotaRemote('RfReceived', '0x7028D8', 800),
  {
    ...level,
    what: 'Tasmota, a switch that is told by the clock',
    topic: 'tele/desk/SENSOR',
    payload: { Time: '2026-01-01T12:05:00', Switch1: 'ON' },
    before: { Time: '2026-01-01T12:00:00', Switch1: 'OFF' },
    binding: { filter: 'tele/desk/SENSOR', match: eq('Switch1', 'ON') },
    fires: by('desk', null),
    looksAt: 'Switch1',
    others: [{ Time: '2026-01-01T12:10:00', Switch1: 'OFF' }, { Time: '2026-01-01T12:15:00' }],
  },
  {
    ...level,
    what: 'Tasmota, the power as a bare word',
    topic: 'stat/desk/POWER',
    payload: 'ON',
    binding: { filter: 'stat/desk/POWER', match: { equals: 'ON' } },
    fires: by('desk', null),
    looksAt: '',
    others: ['OFF', ''],
  },
];

const counted = 'shellies/shellyi3-1/input_event/0';
const shellyInput = (press: string, other: string): Shape => ({
  kind: 'counted',
  what: `Shelly of the first generation, ${press}`,
  topic: counted,
  payload: { event: press, event_cnt: 57 },
  next: { event: press, event_cnt: 58 },
  binding: { filter: 'shellies/+/input_event/0', match: eq('event', press) },
  fires: by('shellyi3-1', press),
  looksAt: 'event',
  others: [
    { event: '', event_cnt: 56 },
    { event: other, event_cnt: 56 },
  ],
});

const rpc = 'shellyplusi4-a1/events/rpc';
const notify = (...events: object[]) => ({
  src: 'shellyplusi4-a1',
  dst: 'shellyplusi4-a1/events',
  method: 'NotifyEvent',
  params: { ts: 1_700_000_000.5, events },
});
const input = (name: string, id = 0) => ({ component: `input:${id}`, id, event: name, ts: 1 });
const shellyEvent = (press: string): Shape => ({
  ...event,
  what: `Shelly of the second generation, ${press}`,
  topic: rpc,
  payload: notify(input(press)),
  binding: {
    filter: '+/events/rpc',
    match: [eq('params.events.*.component', 'input:0'), eq('params.events.*.event', press)],
  },
  fires: by('shellyplusi4-a1', press),
  looksAt: 'params.events.0.event',
  others: [
    notify(input('btn_down')),
    notify(input('btn_up')),
    notify(input(press, 1)),
    // Each of the two is asked for, of another input.
    notify(input('btn_up'), input(press, 2)),
    notify(),
  ],
});
const blu = (idx: number, event: string) => ({
  component: 'bthomedevice:200',
  id: 200,
  idx,
  event,
});

const shelly: readonly Shape[] = [
  shellyInput('S', 'L'),
  shellyInput('SS', 'S'),
  shellyInput('SSS', 'SS'),
  shellyInput('L', 'S'),
  shellyInput('SL', 'LS'),
  shellyInput('LS', 'SL'),
  shellyEvent('single_push'),
  shellyEvent('double_push'),
  shellyEvent('triple_push'),
  shellyEvent('long_push'),
  {
    ...event,
    what: 'Shelly BLU, one of four buttons',
    topic: 'house/gateway/events/rpc',
    payload: notify(blu(2, 'single_push')),
    binding: {
      filter: 'house/gateway/events/rpc',
      match: [
        eq('params.events[].component', 'bthomedevice:200'),
        eq('params.events[].idx', 2),
        eq('params.events[].event', 'single_push'),
      ],
    },
    fires: by('house/gateway', 'single_push'),
    looksAt: 'params.events.0.idx',
    others: [notify(blu(1, 'single_push')), notify(blu(2, 'double_push'), blu(1, 'single_push'))],
  },
  {
    ...level,
    what: 'Shelly of the second generation, how an input stands',
    topic: 'shellyplusi4-a1/status/input:0',
    payload: { id: 0, state: true },
    binding: { filter: '+/status/input:0', match: eq('state', true) },
    fires: by('shellyplusi4-a1/status/input:0', null),
    looksAt: 'state',
    others: [{ id: 0, state: false }, { id: 0 }],
  },
  {
    ...level,
    what: 'Shelly of the first generation, how an input stands',
    topic: 'shellies/shelly1-1/input/0',
    payload: '1',
    binding: { filter: 'shellies/shelly1-1/input/0', match: { equals: 1 } },
    fires: by('shelly1-1', null),
    looksAt: '',
    others: ['0', ''],
  },
];

export const vendorShapes: readonly Shape[] = [...zigbee, ...tasmota, ...shelly];
