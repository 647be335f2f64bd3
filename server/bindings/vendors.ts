import type { Condition, Match, Suggestion, Vendor } from './contract.ts';
import { uidOf } from './extract.ts';
import { memberOf, type Payload } from './payload.ts';

/** What a message says in the words of its vendor. */
export type Recognised = {
  readonly vendor: Vendor;
  /** Name of the device, as the vendor puts it into the topic. */
  readonly device: string;
  /** What was done; null: it says how things stand, and nobody did anything. */
  readonly press: string | null;
  /** Of a card or tag, lower-case hex. */
  readonly uid: string | null;
  /** Counts presses: an equal one is the same press again. */
  readonly counter: string | null;
  /** Comes by the clock, whatever happens. */
  readonly periodic: boolean;
  /** Follows a press that was told: it never counts as one, and says at most how things stand. */
  readonly afterword: boolean;
  /** Of a press: the binding that would take it. */
  readonly suggestion: Suggestion | null;
};

export const debounceMs = {
  usual: 300,
  /** A remote sends its code many times for as long as it is held. */
  radio: 800,
  /** Steps of a knob follow each other quickly, and each counts. */
  knob: 50,
} as const;

type Device = Pick<Recognised, 'vendor' | 'device'>;
type Seen = Partial<Omit<Recognised, 'vendor' | 'device' | 'suggestion'>> & {
  readonly suggestion?: Omit<Suggestion, 'filter'> & { readonly filter?: string };
};

const equal = (path: string, value: Condition['value']): Condition => ({ path, op: 'eq', value });
const suggest = (match: Match, rest: Partial<Suggestion> = {}): Omit<Suggestion, 'filter'> => ({
  match,
  extract: null,
  debounce_ms: debounceMs.usual,
  edge: 'auto',
  ignore_retained: true,
  ...rest,
});
const wordOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 64 ? value.trim() : null;

const ofKnob = /^(?:rotate|dial|brightness_step|color_temperature_step|volume_(?:up|down)_step)/;
const debounceOf = (press: string) => (ofKnob.test(press) ? debounceMs.knob : debounceMs.usual);

/** `{"action": ""}` follows a press in some versions; the bare word comes below `/action`. */
const zigbee2mqtt = (levels: readonly string[], { text, json }: Payload): Seen => {
  if (levels.length > 2 && levels.at(-1) === 'action') {
    const press = wordOf(text);
    return press === null
      ? {}
      : { press, suggestion: suggest({ equals: press }, { debounce_ms: debounceOf(press) }) };
  }
  const action = memberOf(json, 'action');
  const press = wordOf(action);
  if (press === null) return { afterword: action === '' || action === null };
  const match = equal('action', press);
  return { press, suggestion: suggest(match, { debounce_ms: debounceOf(press) }) };
};

const tagReaders = ['PN532', 'RC522', 'RDM6300', 'RFID'] as const;
const remotes = { IrReceived: debounceMs.usual, RfReceived: debounceMs.radio } as const;

const tasmotaTag = (json: unknown): Seen | undefined => {
  for (const reader of tagReaders) {
    const path = `${reader}.UID`;
    const uid = uidOf(wordOf(memberOf(memberOf(json, reader), 'UID')) ?? '');
    if (uid === undefined) continue;
    const extract = { path, as: 'rfid' } as const;
    return { press: 'tag', uid, suggestion: suggest({ path, op: 'exists' }, { extract }) };
  }
  return undefined;
};

const tasmota = (levels: readonly string[], { json }: Payload): Seen => {
  const periodic = levels.includes('tele');
  const tag = tasmotaTag(json);
  if (tag) return tag;
  for (const [remote, debounce_ms] of Object.entries(remotes)) {
    const data = memberOf(memberOf(json, remote), 'Data');
    if (typeof data !== 'string' && typeof data !== 'number') continue;
    const press = String(data).slice(0, 64);
    return { press, suggestion: suggest(equal(`${remote}.Data`, data), { debounce_ms }) };
  }
  if (typeof json !== 'object' || json === null) return { periodic };
  for (const [key, value] of Object.entries(json).slice(0, 64)) {
    const press = /^(?:Button|Switch)\d+$/.test(key) ? wordOf(memberOf(value, 'Action')) : null;
    if (press === null) continue;
    return {
      press: `${key}_${press}`.toLowerCase(),
      suggestion: suggest(equal(`${key}.Action`, press)),
    };
  }
  return { periodic };
};

/** Shelly's first devices, and those of `firmware-integrations`. */
const counted = (json: unknown): Seen => {
  const press = wordOf(memberOf(json, 'event'));
  const count = memberOf(json, 'event_cnt');
  const counter = typeof count === 'number' ? String(count) : null;
  if (press === null) return { counter };
  const match = equal('event', press);
  if (typeof memberOf(json, 'pulses') !== 'number') {
    return { press, counter, suggestion: suggest(match) };
  }
  const extract = { path: 'pulses', as: 'count' } as const;
  // Each coin counts, however quickly they fall: repeats are known by the counter.
  const debounce_ms = counter === null ? debounceMs.usual : 0;
  return { press, counter, suggestion: suggest(match, { extract, debounce_ms }) };
};

/** Down and up come around every press, which is told by itself afterwards. */
const shellyPress = /^(?:single|double|triple|long|hold)(?:_double|_triple)?_(?:push|press)$/;

const shellyGen2 = (json: unknown): Seen => {
  const events = memberOf(memberOf(json, 'params'), 'events');
  if (!Array.isArray(events)) return {};
  for (const event of events.slice(0, 32) as unknown[]) {
    const press = wordOf(memberOf(event, 'event'));
    const component = wordOf(memberOf(event, 'component'));
    if (press === null || component === null || !shellyPress.test(press)) continue;
    const idx = memberOf(event, 'idx');
    const match: Condition[] = [
      equal('params.events.*.component', component),
      equal('params.events.*.event', press),
      ...(typeof idx === 'number' ? [equal('params.events.*.idx', idx)] : []),
    ];
    return { press, suggestion: suggest(match) };
  }
  return {};
};

const on: ReadonlySet<string> = new Set(['ON', 'on']);

const esphome = (levels: readonly string[], { text, json }: Payload): Seen => {
  if (levels.at(-3) === 'event') {
    const press = wordOf(memberOf(json, 'event_type'));
    return press === null ? {} : { press, suggestion: suggest(equal('event_type', press)) };
  }
  if (text === null || !on.has(text)) return {};
  return { press: 'on', suggestion: suggest({ equals: text }, { edge: 'rising' }) };
};

const radio = (json: unknown): Seen => {
  const value = memberOf(json, 'value');
  if ((typeof value !== 'number' && typeof value !== 'string') || value === '') return {};
  const suggestion = suggest(equal('value', value), { debounce_ms: debounceMs.radio });
  return { press: String(value).slice(0, 64), suggestion };
};

/** Four bytes or more in hex with separators: what a card reader sends when it sends nothing else. */
const tagPattern = '^[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){3,9}$';
const isTag = new RegExp(tagPattern);

const bareTag = ({ text }: Payload): Seen | undefined => {
  const uid = text !== null && isTag.test(text) ? uidOf(text) : undefined;
  if (uid === undefined) return undefined;
  const extract = { path: '', as: 'rfid' } as const;
  return { press: 'tag', uid, suggestion: suggest({ regex: tagPattern }, { extract }) };
};

type Known = Device & { readonly read: (payload: Payload) => Seen };

const knownBy = (levels: readonly string[]): Known | undefined => {
  const [first = '', second = '', third = ''] = levels;
  const last = levels.at(-1) ?? '';
  if (first === 'zigbee2mqtt' && second !== '' && second !== 'bridge') {
    const parts = levels.slice(1);
    const names = parts.length > 1 && last === 'action' ? parts.slice(0, -1) : parts;
    const read = (payload: Payload) => zigbee2mqtt(levels, payload);
    return { vendor: 'zigbee2mqtt', device: names.join('/'), read };
  }
  if (['stat', 'tele'].includes(first) && second !== '' && levels.length >= 3) {
    const device = levels.slice(1, -1).join('/');
    return { vendor: 'tasmota', device, read: (payload) => tasmota(levels, payload) };
  }
  if (first === 'shellies' && second !== '') {
    const read = ({ json }: Payload) => (third === 'input_event' ? counted(json) : {});
    return { vendor: 'shelly', device: second, read };
  }
  if (levels.length >= 3 && levels.at(-2) === 'events' && last === 'rpc') {
    const device = levels.slice(0, -2).join('/');
    return { vendor: 'shelly', device, read: ({ json }) => shellyGen2(json) };
  }
  const kind = levels.at(-3) ?? '';
  if (levels.length >= 4 && last === 'state' && ['binary_sensor', 'event'].includes(kind)) {
    const device = `${levels.slice(0, -3).join('/')} ${levels.at(-2)}`;
    return { vendor: 'esphome', device, read: (payload) => esphome(levels, payload) };
  }
  // `dev/<account>/<device>/…`: where the token of a device may speak.
  if (first === 'dev' && levels.length >= 4) {
    const device = levels.slice(2, -1).join('/');
    return { vendor: 'esphome', device, read: ({ json }) => counted(json) };
  }
  if (levels.length >= 3 && /^(?:RTL_)?433toMQTT$/.test(last)) {
    const device = levels.at(-2) ?? '';
    return { vendor: 'openmqttgateway', device, read: ({ json }) => radio(json) };
  }
  return undefined;
};

/** Vendor and device by the topic, or by a filter, alone. */
export const deviceOf = (topic: string): Device => {
  const levels = topic.split('/');
  const { vendor, device } = knownBy(levels) ?? { vendor: 'other', device: topic };
  return { vendor, device };
};

/** What suits a filter whose binding does not say how long it waits. */
export const usualDebounceMs = (filter: string): number =>
  deviceOf(filter).vendor === 'openmqttgateway' ? debounceMs.radio : debounceMs.usual;

/** What a message means. Total: whatever its bytes are. */
export const recognise = (topic: string, payload: Payload): Recognised => {
  const levels = topic.split('/');
  const known = knownBy(levels);
  const tag = bareTag(payload);
  const { suggestion, ...seen } = tag ?? known?.read(payload) ?? {};
  const { vendor, device }: Device = known ?? {
    // The reader that says nothing but the number is ESPHome's.
    vendor: tag ? 'esphome' : 'other',
    device: tag ? levels.slice(0, 1).join('/') || topic : topic,
  };
  return {
    vendor,
    device,
    press: null,
    uid: null,
    counter: null,
    periodic: false,
    afterword: false,
    ...seen,
    suggestion: suggestion ? { filter: topic, ...suggestion } : null,
  };
};
