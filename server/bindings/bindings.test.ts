import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import {
  addPerson,
  issueToken,
  openMqtt,
  openSocket,
  type Person,
} from '../users/testing/people.ts';
import type { Binding, BindingHeard, Candidate, LearnSession } from './contract.ts';

type Body = Record<string, unknown>;
type Message = { type: string; data: BindingHeard & Body };

let app: TestApp;
let port: number;
let sounds: Map<string, string>;
let ann: Person;
let mqtt: MqttClient;
/** What the house says on `event/…`. */
let told: { topic: string; payload: Body }[];

const soundId = (name: string) => sounds.get(name) ?? '';
const plays = async () =>
  (await app.call('GET', '/plays')).body['items'] as {
    sound_id: string;
    user_id: string | null;
    origin: string;
  }[];
const played = () => app.player.plays().map(({ sound_id }) => sound_id);
const define = (body: Body = {}) =>
  app.call('POST', '/admin/bindings', {
    body: {
      name: 'Hall',
      filter: 'zigbee2mqtt/hall',
      match: { path: 'action', op: 'eq', value: 'single' },
      command: { type: 'play', sound_id: soundId('Gong') },
      ...body,
    },
  });
const defined = async (body: Body = {}): Promise<Binding> => {
  const answer = await define(body);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body as unknown as Binding;
};
const one = async (id: string) =>
  (await app.call('GET', `/admin/bindings/${id}`)).body as unknown as Binding;
const triggered = (id: string, times = 1) =>
  eventually(async () => {
    const now = await one(id);
    return now.triggers === times ? now : undefined;
  });
const publish = (topic: string, payload: unknown, retain = false) =>
  mqtt.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
    qos: 1,
    retain,
  });
const press = () => publish('zigbee2mqtt/hall', { action: 'single', battery: 80 });
const toldOn = (topic: string) =>
  eventually(() => told.find((one) => one.topic === `encore/main/event/${topic}`)?.payload);

const admin = async () => {
  const me = (await app.call('GET', '/auth/me')).body as { id: string; name: string };
  const token = await issueToken(app, { ...me, token: app.token() ?? '' }, ['mqtt', 'admin']);
  return openMqtt(port, me.name, token);
};
const begin = async () => {
  mqtt = await admin();
  told = [];
  mqtt.on('message', (topic, payload) => {
    told.push({ topic, payload: JSON.parse(payload.toString()) as Body });
  });
  await mqtt.subscribeAsync('encore/main/event/#');
};

beforeAll(async () => {
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  for (const [name, hz] of [
    ['Gong', 440],
    ['Horn', 550],
    ['Bell', 660],
  ] as const) {
    app.addSound(`${name}.wav`, hz, 10_000);
  }
  await app.call('POST', '/sounds/scan');
  const { items } = (await app.call('GET', '/sounds/')).body as {
    items: { id: string; name: string }[];
  };
  sounds = new Map(items.map(({ id, name }) => [name, id]));
  ann = await addPerson(app, 'Ann');
  await begin();
}, 60_000);
afterAll(async () => {
  await mqtt.endAsync();
  await app.stop();
});
beforeEach(() => {
  if (!app.player.connected) app.player.connect();
  app.player.commands.length = 0;
  told.length = 0;
});
afterEach(async () => {
  await app.call('DELETE', '/admin/bindings/learn');
  const { items } = (await app.call('GET', '/admin/bindings')).body as { items: Binding[] };
  for (const { id } of items) await app.call('DELETE', `/admin/bindings/${id}`);
});

describe('the routes', () => {
  it('define, list, show, change and remove', async () => {
    const made = await defined();
    expect(made).toMatchObject({
      name: 'Hall',
      enabled: true,
      extract: null,
      debounce_ms: 300,
      edge: 'auto',
      ignore_retained: true,
      owner_id: null,
      owner_name: null,
      device: { name: 'hall', vendor: 'zigbee2mqtt', seen_at: null },
      heard_at: null,
      triggers: 0,
      paused: null,
    });
    const second = await defined({ name: 'Radio', filter: 'home/gw/433toMQTT', owner_id: ann.id });
    expect(second).toMatchObject({ debounce_ms: 800, owner_name: 'Ann', order: made.order + 1 });
    const listed = (await app.call('GET', '/admin/bindings')).body;
    expect(listed).toEqual({ items: [made, second], next_cursor: null, total: 2 });
    const path = `/admin/bindings/${made.id}`;
    const body = { enabled: false, order: second.order + 1 };
    const changed = await app.call('PATCH', path, { body });
    expect(changed.body).toEqual({ ...made, ...body });
    expect((await app.call('GET', '/admin/bindings')).body['items']).toEqual([
      second,
      changed.body,
    ]);
    expect((await app.call('DELETE', path)).status).toBe(204);
    for (const [method, at] of [
      ['GET', path],
      ['PATCH', path],
      ['DELETE', path],
      ['POST', `${path}/test`],
      ['POST', `${path}/resume`],
    ] as const) {
      const answer = await app.call(method, at, method === 'PATCH' ? { body: {} } : {});
      expect([answer.status, answer.body['code']]).toEqual([404, 'unknown_binding']);
    }
  });

  it.each<[string, Body]>([
    ['name', { name: ' ' }],
    ['filter', { filter: 'a/#/b' }],
    ['filter', { filter: '#' }],
    ['filter', { filter: 'encore/main/event/play' }],
    ['filter', { filter: 'encore/main/state/#' }],
    ['filter', { filter: 'encore/main/+/play' }],
    ['filter', { filter: 'homeassistant/device/encore_main/config' }],
    ['match.regex', { match: { regex: '(' } }],
    ['match.value', { match: { path: 'action', op: 'eq' } }],
    [
      'match.1.value',
      {
        match: [
          { path: 'a', op: 'exists' },
          { path: 'b', op: 'gt' },
        ],
      },
    ],
    ['command.sound_id', { command: { type: 'play', sound_id: 'nobody' } }],
    ['command.playlist_id', { command: { type: 'random', playlist_id: 'nobody' } }],
    ['command', { command: { type: 'play' } }],
    ['command', { command: { type: 'volume' }, extract: { path: '', as: 'rfid' } }],
    ['owner_id', { owner_id: 'nobody' }],
    ['debounce_ms', { debounce_ms: -1 }],
  ])('name the field where %s is not as it should be: %j', async (path, body) => {
    const answer = await define(body);
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    expect((answer.body['errors'] as { path: string }[]).map((error) => error.path)).toEqual([
      path,
    ]);
  });

  it.each<Body>([
    { match: { equals: 'single' } },
    { match: { regex: '^(single|double)$' } },
    { match: [{ path: 'a.*.b', op: 'eq', value: 1 }] },
    { match: 'any' },
    { command: { type: 'stop' } },
    { command: { type: 'random', tag: 'party' } },
    { command: { type: 'none' } },
    { command: { type: 'volume', delta: -5 } },
    { command: { type: 'mode', mode: 'loop' } },
    { command: { type: 'say', text: 'Dinner' } },
    { command: { type: 'playlist', playlist_id: 'main' } },
  ])('take %j', async (body) => {
    expect((await define(body)).status).toBe(201);
  });
});

describe('a press', () => {
  it('plays as the house, free, and everybody is told', async () => {
    const { id } = await defined();
    await press();
    expect(await triggered(id)).toMatchObject({ problem: null, device: { name: 'hall' } });
    expect(played()).toEqual([soundId('Gong')]);
    expect((await plays())[0]).toMatchObject({ user_id: null, origin: 'binding' });
    expect(await toldOn('button')).toMatchObject({
      event_type: 'pressed',
      id,
      name: 'Hall',
      by: null,
      device: 'hall',
      press: 'single',
    });
  });

  it('plays as its owner, who pays', async () => {
    const { id } = await defined({ owner_id: ann.id });
    const available = async () =>
      (await app.call('GET', '/credits', { token: ann.token })).body['available'] as number;
    const before = await available();
    await press();
    await triggered(id);
    expect((await plays())[0]).toMatchObject({ user_id: ann.id, origin: 'binding' });
    expect(await available()).toBe(before - 1);
    expect(await toldOn('button')).toMatchObject({ by: 'Ann' });
  });

  it('whose owner has no credits left is refused with words, and told', async () => {
    const poor = await addPerson(app, 'Paul');
    const { body } = await app.call('GET', '/credits', { token: poor.token });
    await app.call('POST', `/admin/users/${poor.id}/credits`, {
      body: { amount: -(body['available'] as number), reason: 'test' },
    });
    const { id } = await defined({ owner_id: poor.id });
    await press();
    expect((await triggered(id)).problem).toMatch(/credit/);
    expect(played()).toEqual([]);
    const refused = { event_type: 'refused', code: 'not_enough_credits', by: 'Paul' };
    expect(await toldOn('button')).toMatchObject(refused);
    expect(await toldOn('play')).toMatchObject({ ...refused, id: soundId('Gong') });
  });

  it('of somebody whose account is switched off is refused', async () => {
    const gone = await addPerson(app, 'Gus');
    const { id } = await defined({ owner_id: gone.id });
    await app.call('PATCH', `/admin/users/${gone.id}`, { body: { disabled: true } });
    await press();
    expect((await triggered(id)).problem).toMatch(/switched off/);
    expect(played()).toEqual([]);
  });

  it('does no more than its owner may', async () => {
    const guest = await addPerson(app, 'Gil', { role: 'guest' });
    const { id } = await defined({ owner_id: guest.id, command: { type: 'next' } });
    await press();
    expect((await triggered(id)).problem).toMatch(/Gil.+may not/);
  });

  it('without a player is refused, and heard of', async () => {
    app.player.disconnect();
    const { id } = await defined();
    await press();
    expect((await triggered(id)).problem).toMatch(/player/);
    await eventually(() => told.find(({ payload }) => payload['code'] === 'player_unavailable'));
  });

  it('is one chain of events, from the button to the sound', async () => {
    const { id } = await defined();
    await press();
    await triggered(id);
    const path = `/admin/audit/events?stream=binding-${id}&type=BindingTriggered`;
    const { items } = (await app.call('GET', path)).body as { items: Body[] };
    const [event] = items;
    expect(event).toMatchObject({ actor: 'binding', origin: 'binding' });
    const why = await app.call('GET', `/admin/audit/why/${event?.['event_id'] as string}`);
    const chain = why.body['chain'] as { type: string }[];
    expect(chain.map(({ type }) => type)).toEqual(['PlayRequested', 'BindingTriggered']);
  });

  it('twice told, kept, or of nothing, does nothing more', async () => {
    const { id } = await defined({ filter: 'zigbee2mqtt/hall/#', match: 'any', debounce_ms: 0 });
    await publish('zigbee2mqtt/hall', { action: 'single' }, true);
    await publish('zigbee2mqtt/hall', { action: '' });
    await publish('zigbee2mqtt/hall', '');
    await press();
    await publish('zigbee2mqtt/hall/action', 'single');
    await publish('zigbee2mqtt/hall/action', 'double');
    expect((await triggered(id, 2)).triggers).toBe(2);
    expect(played()).toHaveLength(2);
  });

  it('of a contact that is asked to be kept fires when it changes', async () => {
    const filter = 'den/binary_sensor/bell/state';
    const { id } = await defined({ filter, match: { equals: 'ON' }, debounce_ms: 0 });
    await publish(filter, 'ON', true);
    await publish(filter, 'ON', true);
    await publish(filter, 'OFF', true);
    await publish(filter, 'ON', true);
    await triggered(id, 2);
    await publish(filter, '', true);
    expect(played()).toHaveLength(2);
  });

  it('is not heard on the house’s own topics', async () => {
    const { id } = await defined({ filter: '+/main/#', match: 'any' });
    const other = await defined({ filter: 'encore/other/x', match: 'any', name: 'Other' });
    await publish('encore/main/event/play', '{}');
    await publish('encore/other/x', 'x');
    await triggered(other.id);
    expect((await one(id)).triggers).toBe(0);
  });
});

describe('what a message names', () => {
  it('is the sound that has the card’s tag, and the card is told', async () => {
    const body = { tags: ['rfid:94d8fc5f'] };
    expect((await app.call('PATCH', `/sounds/${soundId('Horn')}`, { body })).status).toBe(200);
    const { id } = await defined({
      filter: 'tele/+/SENSOR',
      match: { path: 'PN532.UID', op: 'exists' },
      extract: { path: 'PN532.UID', as: 'rfid' },
      command: { type: 'play' },
    });
    await publish('tele/reader/SENSOR', { Time: 'now', PN532: { UID: '94D8FC5F', DATA: '' } });
    expect(await triggered(id)).toMatchObject({ device: { name: 'reader', vendor: 'tasmota' } });
    expect(played()).toEqual([soundId('Horn')]);
    expect(await toldOn('tag')).toEqual({
      event_type: 'scanned',
      id: '94d8fc5f',
      name: 'rfid:94d8fc5f',
      uid: '94d8fc5f',
      device: 'reader',
    });
    await publish('tele/reader/SENSOR', { Time: 'now', PN532: { UID: '01020304', DATA: '' } });
    expect((await triggered(id, 2)).problem).toMatch(/"rfid:01020304"/);
  });

  it('is the volume, or by how much it turns', async () => {
    const volume = async () => (await app.call('GET', '/player/state')).body['volume'];
    await defined({
      filter: 'knob/level',
      match: 'any',
      extract: { path: '', as: 'volume', scale: 100 / 255 },
      command: { type: 'volume' },
    });
    await publish('knob/level', '102');
    await eventually(async () => ((await volume()) === 40 ? true : undefined));
    await defined({
      filter: 'knob/turn',
      match: { path: 'angle', op: 'exists' },
      extract: { path: 'angle', as: 'delta' },
      command: { type: 'volume' },
    });
    await publish('knob/turn', { action: 'rotate_left', angle: -15 });
    await eventually(async () => ((await volume()) === 25 ? true : undefined));
  });

  it('is the sound’s name', async () => {
    const extract = { path: 'name', as: 'name' };
    await defined({ filter: 'dev/x', match: 'any', extract, command: { type: 'play' } });
    await publish('dev/x', { name: 'bell' });
    expect(await eventually(() => played()[0])).toBe(soundId('Bell'));
  });
});

describe('what a press does', () => {
  it('plays one of a tag, and says so where there is none', async () => {
    const body = { tags: ['party'] };
    await app.call('PATCH', `/sounds/${soundId('Bell')}`, { body });
    const command = { type: 'random', tag: 'Party' };
    const { id } = await defined({ command, debounce_ms: 0 });
    await press();
    await triggered(id);
    expect(played()).toEqual([soundId('Bell')]);
    await app.call('PATCH', `/admin/bindings/${id}`, {
      body: { command: { type: 'random', tag: 'nobody has it' } },
    });
    await press();
    expect((await triggered(id, 2)).problem).toMatch(/nobody has it/);
  });

  it('gives credits, as many as the coin is worth, and says where they came from', async () => {
    const user = await app.call('POST', '/admin/users', {
      body: { name: 'Kim', password: 'correct horse battery' },
    });
    const user_id = user.body['id'] as string;
    const ledger = async () =>
      (await app.call('GET', `/admin/credits/${user_id}/transactions`)).body['items'] as Body[];
    const { id } = await defined({
      name: 'Coin slot',
      filter: 'dev/house/coin-slot',
      match: { path: 'event', op: 'eq', value: 'coin' },
      extract: { path: 'pulses', as: 'count' },
      command: { type: 'grant_credits', user_id, amount: 2 },
      debounce_ms: 0,
    });
    await publish('dev/house/coin-slot', { event: 'coin', pulses: 5 });
    await triggered(id);
    expect((await ledger())[0]).toMatchObject({ amount: 10, description: 'Coin slot' });
    await publish('dev/house/coin-slot', { event: 'coin', pulses: 501 });
    expect((await triggered(id, 2)).problem).toMatch(/at most 1000/);
    await app.call('PATCH', `/admin/users/${user_id}`, { body: { disabled: true } });
    await publish('dev/house/coin-slot', { event: 'coin', pulses: 5 });
    expect((await triggered(id, 3)).problem).toMatch(/switched off/);
    const wide = await app.call('PATCH', `/admin/bindings/${id}`, { body: { filter: 'dev/#' } });
    expect(wide.body).toMatchObject({ errors: [{ path: 'filter' }] });
    const nobody = { type: 'grant_credits', user_id: 'nobody', amount: 2 };
    expect((await define({ command: nobody })).body).toMatchObject({
      errors: [{ path: 'command.user_id' }],
    });
  });

  it('plays one of a playlist, and not the same twice in a row', async () => {
    const { id } = await defined({
      command: { type: 'random', playlist_id: 'main' },
      debounce_ms: 0,
    });
    for (let times = 1; times <= 6; times++) {
      await press();
      await triggered(id, times);
    }
    const heard = played();
    expect(heard).toHaveLength(6);
    for (const [at, sound] of heard.slice(1).entries()) expect(sound).not.toBe(heard[at]);
  });

  it('stops, starts, holds and skips the music', async () => {
    const status = async () => (await app.call('GET', '/player/state')).body['status'];
    const becomes = (wanted: string) =>
      eventually(async () => ((await status()) === wanted ? true : undefined));
    const { id } = await defined({
      command: { type: 'playlist', playlist_id: 'main' },
      debounce_ms: 0,
    });
    const now = async (command: Body, wanted: string) => {
      await app.call('PATCH', `/admin/bindings/${id}`, { body: { command } });
      await press();
      await becomes(wanted);
    };
    await now({ type: 'playlist', playlist_id: 'main', volume: 30 }, 'playing');
    await now({ type: 'toggle' }, 'paused');
    await now({ type: 'toggle' }, 'playing');
    await now({ type: 'pause' }, 'paused');
    await now({ type: 'resume' }, 'playing');
    await now({ type: 'next' }, 'playing');
    await now({ type: 'stop' }, 'stopped');
    expect(app.player.commands.some(({ type }) => type === 'stop')).toBe(true);
    await now({ type: 'mode', mode: 'loop' }, 'stopped');
    await eventually(async () => {
      const { mode } = (await app.call('GET', '/player/state')).body;
      return mode === 'loop' ? true : undefined;
    });
  });

  it('speaks, as the house and free', async () => {
    const { id } = await defined({ command: { type: 'say', text: 'Dinner is ready' } });
    await press();
    await triggered(id);
    expect((await one(id)).problem).toBeNull();
    expect(app.player.plays()).toHaveLength(1);
    expect((await plays())[0]).toMatchObject({ user_id: null, origin: 'binding' });
  }, 30_000);

  it('does nothing, and Home Assistant is told', async () => {
    await defined({ command: { type: 'none' } });
    await press();
    expect(await toldOn('button')).toMatchObject({ event_type: 'pressed', press: 'single' });
    expect(played()).toEqual([]);
  });

  it('is tried out without a press', async () => {
    const { id } = await defined();
    const answer = await app.call('POST', `/admin/bindings/${id}/test`);
    expect([answer.status, answer.body['triggers']]).toEqual([200, 1]);
    expect(played()).toEqual([soundId('Gong')]);
    app.player.disconnect();
    const refused = await app.call('POST', `/admin/bindings/${id}/test`);
    expect([refused.status, refused.body['code']]).toEqual([503, 'player_unavailable']);
  });

  it('that goes by a message is tried out with the last one, or with a value', async () => {
    const extract = { path: '', as: 'name' };
    const { id } = await defined({ filter: 'x', match: 'any', extract, command: { type: 'play' } });
    const test = (body?: Body) =>
      app.call('POST', `/admin/bindings/${id}/test`, body ? { body } : {});
    expect((await test()).body['code']).toBe('no_value');
    expect((await test({ value: 'Gong' })).status).toBe(200);
    await publish('x', 'Bell');
    await triggered(id, 3);
    expect((await test()).status).toBe(200);
    expect(played()).toEqual(['Gong', 'Bell', 'Bell'].map(soundId));
  });
});

describe('learning', () => {
  it('hears a button over the broker, twice, and what it heard becomes a binding', async () => {
    const socket = await openSocket(app, app.token() ?? '');
    const sessions: LearnSession[] = [];
    socket.on('message', (data) => {
      const { type, data: heard } = JSON.parse((data as Buffer).toString()) as Message;
      if (type === 'binding_heard' && heard.kind === 'learn') sessions.push(heard.session);
    });
    await publish('zigbee2mqtt/lamp', { brightness: 1 });
    const started = await app.call('POST', '/admin/bindings/learn');
    expect([started.status, started.body['phase']]).toEqual([200, 'baseline']);
    const joined = await app.call('POST', '/admin/bindings/learn');
    expect(joined.body['id']).toBe(started.body['id']);
    await eventually(() => sessions.find(({ phase }) => phase === 'listening'));
    await press();
    const candidate = await eventually(() => sessions.at(-1)?.candidates[0]);
    expect(candidate).toMatchObject({ device: 'hall', press: 'single', confirmed: false });
    // Later than anything that would still be the same press.
    const pressedAt = performance.now();
    await eventually(() => (performance.now() > pressedAt + 600 ? true : undefined));
    await press();
    const confirmed = await eventually<Candidate>(() =>
      sessions.at(-1)?.candidates.find((one) => one.confirmed),
    );
    expect(sessions.at(-1)?.phase).toBe('confirmed');
    const now = (await app.call('GET', '/admin/bindings/learn')).body;
    expect(now).toEqual(sessions.at(-1));
    const { id } = await defined({ ...confirmed.suggestion, name: confirmed.device });
    await press();
    await triggered(id);
    socket.close();
  }, 60_000);

  it('is stopped, and of what nobody learnt there is nothing', async () => {
    await app.call('POST', '/admin/bindings/learn', { body: { filter: 'attic/#' } });
    expect((await app.call('DELETE', '/admin/bindings/learn')).status).toBe(204);
    const { body } = await app.call('GET', '/admin/bindings/learn');
    expect(body['phase']).toBe('ended');
    const bad = await app.call('POST', '/admin/bindings/learn', { body: { filter: '#' } });
    expect([bad.status, bad.body['code']]).toEqual([422, 'invalid_fields']);
  });
});

describe('the feed', () => {
  it('tells admins of presses, and nobody else', async () => {
    const heard = async (token: string) => {
      const messages: Message[] = [];
      const socket = await openSocket(app, token);
      socket.on('message', (data) =>
        messages.push(JSON.parse((data as Buffer).toString()) as Message),
      );
      return { socket, messages };
    };
    const [admins, anns] = [await heard(app.token() ?? ''), await heard(ann.token)];
    const { id } = await defined({ owner_id: ann.id });
    await press();
    const message = await eventually(() =>
      admins.messages.find(({ type }) => type === 'binding_heard'),
    );
    expect(message.data).toMatchObject({
      kind: 'trigger',
      binding_id: id,
      device: 'hall',
      press: 'single',
      outcome: 'done',
    });
    // What comes later is there: so would be what came before it.
    const body = { user_id: ann.id, message: 'Hello' };
    await app.call('POST', '/socket/send-message', { body });
    await eventually(() => anns.messages.find(({ type }) => type === 'user_message'));
    expect(anns.messages.filter(({ type }) => type.startsWith('binding_'))).toEqual([]);
    admins.socket.close();
    anns.socket.close();
  });
});

it('a restart keeps what was bound, what was counted and when it was heard', async () => {
  const filter = 'shellies/i3/input_event/0';
  const { id } = await defined({ filter, match: { path: 'event', op: 'eq', value: 'S' } });
  await publish(filter, { event: 'S', event_cnt: 57 });
  const before = await triggered(id);
  await mqtt.endAsync();
  app = await app.restart();
  app.player.connect();
  await begin();
  expect(await one(id)).toEqual(before);
  await publish(filter, { event: 'S', event_cnt: 57 });
  await publish(filter, { event: 'S', event_cnt: 58 });
  await triggered(id, 2);
  expect(played()).toHaveLength(1);
}, 60_000);
