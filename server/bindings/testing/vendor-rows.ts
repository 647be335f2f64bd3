import type { Match } from '../contract.ts';
import type { Said } from './listening.ts';

/** One press of a device as its vendor tells it, the bindings of it, and what comes around it. */
export type VendorRow = {
  readonly what: string;
  /** Without name and command. */
  readonly bindings: readonly {
    readonly filter: string;
    readonly match: Match;
    readonly extract?: { readonly path: string; readonly as: 'rfid' };
    readonly ignore_retained?: boolean;
  }[];
  /** Of the sound that the message names; without it the bindings name the sound. */
  readonly tag?: string;
  /** Kept by the broker from before anybody listened. */
  readonly kept?: readonly Said[];
  readonly before?: readonly Said[];
  readonly press: Said;
  /** In the same breath as the press. */
  readonly after: readonly Said[];
  /** When the sound is over, and with it every debounce of 300 ms. */
  readonly later?: readonly Said[];
};

const zigbee = 'zigbee2mqtt/hall';
const gen1 = 'shellies/shellyi3-1/input_event/0';
const gen2 = 'shellyplusi4-a1/events/rpc';
const blu = 'shellyblugw-b2/events/rpc';
const contact = 'den/binary_sensor/bell/state';
const knob = 'den/event/knob/state';
const radio = 'home/OpenMQTTGateway/433toMQTT';

const ts = 1_763_900_000.51;
const rpc = (src: string, ...events: object[]) => ({
  src,
  dst: `${src}/events`,
  method: 'NotifyEvent',
  params: { ts, events },
});
const input = (id: number, event: string) => ({ component: `input:${id}`, id, event, ts });
const plus = (...events: object[]): Said => ({
  topic: gen2,
  payload: rpc('shellyplusi4-a1', ...events),
});
const gateway = (idx: number, event: string): Said => {
  const heard = { component: 'bthomedevice:200', id: 200, idx, event, ts };
  return { topic: blu, payload: rpc('shellyblugw-b2', heard) };
};
const infrared = (data: string, repeat: number) => ({
  IrReceived: { Protocol: 'NEC', Bits: 32, Data: data, Repeat: repeat },
});
const sensor = (seconds: string, more: object) => ({
  Time: `2026-11-23T12:00:${seconds}`,
  ...more,
});

export const vendorRows: readonly VendorRow[] = [
  {
    what: 'Zigbee2MQTT, as JSON and as a bare word, both bound, and then an empty action',
    bindings: [
      { filter: zigbee, match: { path: 'action', op: 'eq', value: 'single' } },
      { filter: `${zigbee}/action`, match: { equals: 'single' } },
    ],
    before: [{ topic: zigbee, payload: { battery: 80 } }],
    press: { topic: zigbee, payload: { action: 'single', battery: 80, linkquality: 120 } },
    after: [
      { topic: `${zigbee}/action`, payload: 'single' },
      { topic: zigbee, payload: { action: '', battery: 80 } },
      { topic: `${zigbee}/action`, payload: '' },
    ],
    later: [{ topic: zigbee, payload: { action: '', battery: 79 } }],
  },
  {
    what: 'Zigbee2MQTT, whatever the action is',
    bindings: [{ filter: 'zigbee2mqtt/den/#', match: 'any' }],
    press: { topic: 'zigbee2mqtt/den/action', payload: 'button_1_triple' },
    after: [
      { topic: 'zigbee2mqtt/den', payload: { action: 'button_1_triple', battery: 80 } },
      { topic: 'zigbee2mqtt/den', payload: { action: '', battery: 80 } },
    ],
    later: [{ topic: 'zigbee2mqtt/den', payload: { action: '', battery: 79 } }],
  },
  {
    what: 'Tasmota, a button, between what it says by the clock',
    bindings: [
      { filter: 'stat/desk/RESULT', match: { path: 'Button1.Action', op: 'eq', value: 'SINGLE' } },
    ],
    before: [{ topic: 'tele/desk/SENSOR', payload: sensor('00', { Switch1: 'ON' }) }],
    press: { topic: 'stat/desk/RESULT', payload: { Button1: { Action: 'SINGLE' } } },
    after: [
      { topic: 'stat/desk/RESULT', payload: { POWER: 'ON' } },
      { topic: 'stat/desk/RESULT', payload: { Button2: { Action: 'SINGLE' } } },
    ],
    later: [
      { topic: 'tele/desk/SENSOR', payload: sensor('10', { Switch1: 'ON' }) },
      { topic: 'tele/desk/STATE', payload: sensor('10', { POWER: 'ON' }) },
    ],
  },
  {
    what: 'Tasmota, a switch that changed, and how it stands said by the clock',
    bindings: [
      { filter: 'tele/door/SENSOR', match: { path: 'Switch1', op: 'eq', value: 'ON' } },
      { filter: 'stat/door/RESULT', match: { path: 'Switch2.Action', op: 'eq', value: 'ON' } },
    ],
    before: [{ topic: 'tele/door/SENSOR', payload: sensor('00', { Switch1: 'OFF' }) }],
    press: { topic: 'tele/door/SENSOR', payload: sensor('10', { Switch1: 'ON' }) },
    after: [{ topic: 'tele/door/SENSOR', payload: sensor('11', { Switch1: 'ON' }) }],
    later: [
      { topic: 'tele/door/SENSOR', payload: sensor('20', { Switch1: 'ON' }) },
      { topic: 'stat/door/RESULT', payload: { Switch2: { Action: 'OFF' } } },
      { topic: 'tele/door/SENSOR', payload: sensor('30', { Switch1: 'ON' }) },
    ],
  },
  {
    what: 'Tasmota, a switch that was on when somebody began to listen',
    bindings: [
      { filter: '+/gate/#', match: { path: 'Switch1', op: 'eq', value: 'ON' } },
      { filter: 'stat/gate/RESULT', match: { path: 'Switch1.Action', op: 'eq', value: 'ON' } },
    ],
    before: [
      { topic: 'tele/gate/SENSOR', payload: sensor('00', { Switch1: 'ON' }) },
      { topic: 'tele/gate/SENSOR', payload: sensor('10', { Switch1: 'ON' }) },
    ],
    press: { topic: 'stat/gate/RESULT', payload: { Switch1: { Action: 'ON' } } },
    after: [{ topic: 'tele/gate/SENSOR', payload: sensor('20', { Switch1: 'ON' }) }],
    later: [{ topic: 'tele/gate/SENSOR', payload: sensor('30', { Switch1: 'ON' }) }],
  },
  {
    what: 'Tasmota, a card, which names its sound',
    bindings: [
      {
        filter: 'tele/reader/SENSOR',
        match: { path: 'PN532.UID', op: 'exists' },
        extract: { path: 'PN532.UID', as: 'rfid' },
      },
    ],
    tag: 'rfid:94d8fc5f',
    before: [{ topic: 'tele/reader/SENSOR', payload: sensor('00', { ENERGY: { Power: 3 } }) }],
    press: {
      topic: 'tele/reader/SENSOR',
      payload: sensor('01', { PN532: { UID: '94D8FC5F', DATA: '' } }),
    },
    after: [
      {
        topic: 'tele/reader/SENSOR',
        payload: sensor('01', { PN532: { UID: '94D8FC5F', DATA: '' } }),
      },
    ],
    later: [
      { topic: 'tele/reader/SENSOR', payload: sensor('10', { PN532: { UID: '', DATA: '' } }) },
      { topic: 'tele/reader/SENSOR', payload: sensor('20', { ENERGY: { Power: 3 } }) },
    ],
  },
  {
    what: 'Tasmota, a remote whose key is held for a moment',
    bindings: [
      {
        filter: 'stat/ir/RESULT',
        match: { path: 'IrReceived.Data', op: 'eq', value: '0x20DF10EF' },
      },
    ],
    before: [{ topic: 'stat/ir/RESULT', payload: infrared('0x20DF906F', 0) }],
    press: { topic: 'stat/ir/RESULT', payload: infrared('0x20DF10EF', 0) },
    after: [
      { topic: 'stat/ir/RESULT', payload: infrared('0x20DF10EF', 1) },
      { topic: 'stat/ir/RESULT', payload: infrared('0xFFFFFFFFFFFFFFFF', 1) },
    ],
  },
  {
    what: 'Shelly of the first generation, whose counter stands still',
    bindings: [{ filter: gen1, match: { path: 'event', op: 'eq', value: 'S' } }],
    before: [{ topic: gen1, payload: { event: 'L', event_cnt: 56 } }],
    press: { topic: gen1, payload: { event: 'S', event_cnt: 57 } },
    after: [{ topic: gen1, payload: { event: 'S', event_cnt: 57 } }],
    later: [
      { topic: gen1, payload: { event: 'S', event_cnt: 57 } },
      { topic: gen1, payload: { event: 'S', event_cnt: 57 }, retained: true },
      { topic: gen1, payload: { event: '', event_cnt: 57 } },
    ],
  },
  {
    what: 'Shelly of the second generation, a double push',
    bindings: [
      {
        filter: gen2,
        match: [
          { path: 'params.events.*.component', op: 'eq', value: 'input:0' },
          { path: 'params.events.*.event', op: 'eq', value: 'double_push' },
        ],
      },
    ],
    before: ['btn_down', 'btn_up', 'btn_down', 'btn_up'].map((event) => plus(input(0, event))),
    press: plus(input(0, 'double_push')),
    after: [
      { topic: gen2, payload: { ...rpc('shellyplusi4-a1'), method: 'NotifyStatus' } },
      { topic: 'shellyplusi4-a1/status/input:0', payload: { id: 0, state: null } },
    ],
    // Each half of the match is there, and never of one and the same event.
    later: [plus(input(1, 'double_push'), input(0, 'btn_up')), plus(input(0, 'single_push'))],
  },
  {
    what: 'Shelly BLU, the third button of a remote',
    bindings: [
      {
        filter: blu,
        match: [
          { path: 'params.events.*.component', op: 'eq', value: 'bthomedevice:200' },
          { path: 'params.events.*.event', op: 'eq', value: 'single_push' },
          { path: 'params.events.*.idx', op: 'eq', value: 2 },
        ],
      },
    ],
    before: [gateway(1, 'single_push')],
    press: gateway(2, 'single_push'),
    after: [gateway(0, 'single_push')],
    later: [gateway(2, 'long_push'), gateway(3, 'single_push')],
  },
  {
    what: 'ESPHome, a contact that the broker keeps',
    bindings: [{ filter: contact, match: { equals: 'ON' } }],
    kept: [{ topic: contact, payload: 'ON', retained: true }],
    before: [{ topic: contact, payload: 'OFF', retained: true }],
    press: { topic: contact, payload: 'ON', retained: true },
    after: [{ topic: contact, payload: 'ON', retained: true }],
    later: [
      { topic: contact, payload: 'ON', retained: true },
      { topic: contact, payload: 'OFF', retained: true },
    ],
  },
  {
    what: 'ESPHome, an event',
    bindings: [
      { filter: 'den/event/key/state', match: { path: 'event_type', op: 'eq', value: 'single' } },
    ],
    before: [{ topic: 'den/status', payload: 'online', retained: true }],
    press: { topic: 'den/event/key/state', payload: { event_type: 'single' } },
    after: [{ topic: 'den/event/key/state', payload: { event_type: 'single' } }],
    later: [{ topic: 'den/event/key/state', payload: { event_type: 'double' } }],
  },
  {
    what: 'ESPHome, an event that the broker keeps, as it does unless told otherwise',
    bindings: [
      {
        filter: knob,
        match: { path: 'event_type', op: 'eq', value: 'single' },
        ignore_retained: false,
      },
    ],
    kept: [{ topic: knob, payload: { event_type: 'single' }, retained: true }],
    press: { topic: knob, payload: { event_type: 'single' }, retained: true },
    after: [{ topic: knob, payload: { event_type: 'single' }, retained: true }],
    later: [{ topic: knob, payload: { event_type: 'double' }, retained: true }],
  },
  {
    what: 'ESPHome, a card that stays where it is, which names its sound',
    bindings: [
      {
        filter: 'den/tag',
        match: { regex: '^[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){3,9}$' },
        extract: { path: '', as: 'rfid' },
      },
    ],
    tag: 'rfid:74103794',
    before: [{ topic: 'den/tag', payload: 'ready' }],
    press: { topic: 'den/tag', payload: '74-10-37-94' },
    after: [{ topic: 'den/tag', payload: '74-10-37-94' }],
    later: [{ topic: 'den/tag', payload: 'ready' }],
  },
  {
    what: 'OpenMQTTGateway, a remote that repeats itself, each time a little slower',
    bindings: [{ filter: radio, match: { path: 'value', op: 'eq', value: 1_315_156 } }],
    before: [{ topic: radio, payload: { value: 1_315_160, protocol: 1, length: 24, delay: 317 } }],
    press: { topic: radio, payload: { value: 1_315_156, protocol: 1, length: 24, delay: 317 } },
    after: [318, 316, 319].map((delay) => ({
      topic: radio,
      payload: { value: 1_315_156, protocol: 1, length: 24, delay },
    })),
  },
];
