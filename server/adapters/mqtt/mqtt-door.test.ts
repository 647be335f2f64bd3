import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Announcement, HeardMessage, Identity } from '../../kernel/door.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createMqttDoor, type MqttDoor, type MqttDoorOptions } from './mqtt-door.ts';

const run = promisify(execFile);

type Heard = { topic: string; payload: string; retain: boolean; correlation?: string };

let kernel: ReturnType<typeof testKernel>;
let bells: ReturnType<typeof counterModule>;
let logger: ReturnType<typeof rememberingLogger>;
let authenticator: ReturnType<typeof fakeAuthenticator>;
let door: MqttDoor;
let port: number;
let clients: MqttClient[];

const optionsFor = (at: number): MqttDoorOptions => ({
  settings: { host: '127.0.0.1', port: at, baseTopic: 'encore', room: 'main' },
  topics: [bells.ringTopic],
  announcements: [
    {
      BellRung: (event): Announcement => ({
        topic: 'event/play',
        payload: { event_type: 'started', ...(event.data as object) },
        retain: false,
      }),
    },
  ],
  kernel,
  authenticator,
  info: () => ({ version: '1.2.3' }),
  logger,
  onRefused: ({ problem, identity }) => ({
    topic: 'event/play',
    payload: { event_type: 'refused', by: identity?.name, reason: problem.code },
    retain: false,
  }),
});

beforeEach(async () => {
  clients = [];
  kernel = testKernel();
  kernel.connect({ feed: [], reactors: [] });
  kernel.start();
  bells = counterModule(kernel);
  logger = rememberingLogger();
  authenticator = fakeAuthenticator(
    person('ann'),
    person('bob'),
    person('root', { role: 'admin' }),
    person('robot', { role: 'admin', scopes: new Set(['mqtt']) }),
    person('gus', { role: 'guest' }),
  );
  door = createMqttDoor(optionsFor(0));
  await door.start();
  port = door.address()?.port ?? 0;
});

afterEach(async () => {
  for (const client of clients) client.end(true);
  await door.stop();
  await kernel.stop();
});

const dial = async (name: string, options: IClientOptions = {}) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    username: name,
    password: `${name}-token`,
    reconnectPeriod: 0,
    protocolVersion: 5,
    ...options,
  });
  clients.push(client);
  client.on('error', () => undefined);
  const heard: Heard[] = [];
  let wake = () => undefined as void;
  client.on('message', (topic, payload, packet) => {
    const correlation = packet.properties?.correlationData?.toString();
    heard.push({
      topic,
      payload: String(payload),
      retain: packet.retain,
      ...(correlation !== undefined && { correlation }),
    });
    wake();
  });
  const next = async (): Promise<Heard> => {
    while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return heard.shift() as Heard;
  };
  const closed = new Promise<void>((resolve) => void client.once('close', resolve));
  return { client, heard, next, closed };
};

const why = () => logger.lines.map((line) => (line['why'] ?? line.message) as string);
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 30_000, interval: 5 });

for (const protocolVersion of [4, 5] as const) {
  test(`a command rings once and everybody hears of it (MQTT version ${protocolVersion})`, async () => {
    const ann = await dial('ann', { protocolVersion });
    await ann.client.subscribeAsync(
      ['encore/main/status', 'encore/main/info', 'encore/main/event/#'],
      { qos: 1 },
    );
    expect(
      [await ann.next(), await ann.next()].sort((a, b) => a.topic.localeCompare(b.topic)),
    ).toEqual([
      { topic: 'encore/main/info', payload: '{"version":"1.2.3"}', retain: true },
      { topic: 'encore/main/status', payload: 'online', retain: true },
    ]);
    await ann.client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
    expect(await ann.next()).toEqual({
      topic: 'encore/main/event/play',
      payload: '{"event_type":"started","name":"door","count":1}',
      retain: false,
    });
    await ann.client.publishAsync('encore/main/cmd/ring', '{"name":"gate","more":1}', { qos: 0 });
    expect((await ann.next()).payload).toContain('"gate","count":2');
    expect(bells.seen).toEqual([
      {
        command: { actor: 'id-of-ann', origin: 'mqtt', correlationId: expect.any(String) },
        receivedAtMs: 1000,
      },
      {
        command: { actor: 'id-of-ann', origin: 'mqtt', correlationId: expect.any(String) },
        receivedAtMs: 1000,
      },
    ]);
  });
}

test('mosquitto clients are understood', async () => {
  const listener = run('mosquitto_sub', [
    '-p',
    String(port),
    '-u',
    'ann',
    '-P',
    'ann-token',
    '-t',
    'encore/main/event/play',
    '-t',
    'encore/main/status',
    '-C',
    '2',
    '-W',
    '30',
    '-q',
    '1',
  ]);
  // The retained status: it listens.
  if (listener.child.stdout) await once(listener.child.stdout, 'data');
  await run('mosquitto_pub', [
    '-V',
    'mqttv5',
    '-p',
    String(port),
    '-u',
    'bob',
    '-P',
    'bob-token',
    '-t',
    'encore/main/cmd/ring',
    '-m',
    'door',
    '-q',
    '1',
  ]);
  expect((await listener).stdout).toBe(
    'online\n{"event_type":"started","name":"door","count":1}\n',
  );
}, 30_000);

test('outcomes answer on the reply topic and on the response topic', async () => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/reply/ann/#', { qos: 1 });
  await ann.client.publishAsync('encore/main/cmd/ring', '{"name":"door","reply":"r1"}');
  expect(await ann.next()).toEqual({
    topic: 'encore/main/reply/ann/r1',
    payload: '{"ok":true,"count":1}',
    retain: false,
  });
  const properties = {
    responseTopic: 'encore/main/reply/ann/x',
    correlationData: Buffer.from('c7'),
  };
  await ann.client.publishAsync('encore/main/cmd/ring', 'none', { properties });
  expect(await ann.next()).toEqual({
    topic: 'encore/main/reply/ann/x',
    payload:
      '{"bells":1,"ok":false,"code":"no_such_bell","detail":"There is no bell of this name."}',
    retain: false,
    correlation: 'c7',
  });
  await ann.client.publishAsync('encore/main/cmd/ring', 'door', {
    properties: { responseTopic: 'encore/main/reply/bob/x' },
  });
  await until(() => why().includes('MQTT response topic refused'));
});

test.each([
  ['none', 'no_such_bell'],
  ['{"name":""}', 'invalid_fields'],
  ['[1]', 'invalid_fields'],
  [Buffer.from([0xff, 0xfe]), 'invalid_fields'],
  ['{"name":"door","reply":"a/b"}', 'invalid_fields'],
  ['bug', 'internal'],
])('a refusal is never silent: %s', async (payload, reason) => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/event/play');
  await ann.client.publishAsync('encore/main/cmd/ring', payload);
  expect(JSON.parse((await ann.next()).payload)).toEqual({
    event_type: 'refused',
    by: 'ann',
    reason,
  });
});

test('unknown commands and roles too small are refused in words', async () => {
  const [ann, gus] = [await dial('ann'), await dial('gus')];
  await ann.client.subscribeAsync('encore/main/event/play');
  await ann.client.publishAsync('encore/main/cmd/sing', 'x');
  expect((await ann.next()).payload).toContain('unknown_command');
  await gus.client.publishAsync('encore/main/cmd/ring', 'door');
  expect((await ann.next()).payload).toContain('not_allowed');
  expect(bells.seen).toEqual([]);
});

test('a key makes a repeat harmless for a minute', async () => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/reply/ann/#');
  const press = async () => {
    await ann.client.publishAsync('encore/main/cmd/ring', '{"name":"door","key":"k1","reply":"r"}');
    return (JSON.parse((await ann.next()).payload) as { count: number }).count;
  };
  expect([await press(), await press()]).toEqual([1, 1]);
  kernel.clock.advance(60_000);
  expect([await press(), await press()]).toEqual([2, 2]);
});

test('a retained command is ignored and not kept', async () => {
  const root = await dial('root');
  await root.client.publishAsync('encore/main/cmd/ring', 'door', { retain: true, qos: 1 });
  await until(() => why().includes('MQTT command ignored: retained messages command nothing'));
  await root.client.subscribeAsync('encore/main/cmd/#');
  await root.client.publishAsync('encore/main/cmd/ring', 'gate', { qos: 1 });
  expect(await root.next()).toMatchObject({ payload: 'gate', retain: false });
  expect(bells.seen).toHaveLength(1);
});

test('nobody is anonymous, and wrong logins are slowed, right ones not', async () => {
  const wrong = (options: IClientOptions) =>
    expect(dial('ann', options)).rejects.toThrow(
      /Bad User Name or Password|Bad username or password|Not authorized/i,
    );
  const startedMs = performance.now();
  await wrong({ protocolVersion: 4, password: 'guess' });
  await wrong({ protocolVersion: 5, password: 'guess' });
  await wrong({ username: '', password: '' });
  expect(performance.now() - startedMs).toBeGreaterThan(650);
  const rightMs = performance.now();
  await dial('ann');
  expect(performance.now() - rightMs).toBeLessThan(600);
  expect(JSON.stringify(logger.lines)).not.toMatch(/guess|ann-token/);
});

test('users say commands only and hear what is theirs', async () => {
  const ann = await dial('ann');
  const granted = await ann.client
    .subscribeAsync([
      '#',
      'encore/#',
      'encore/main/#',
      'encore/main/state/#',
      'encore/main/state/users/bob',
      'encore/main/reply/bob/#',
      'encore/main/cmd/#',
      '$SYS/#',
      'encore/main/state/+',
      'encore/main/state/users/ann',
      'encore/main/reply/ann/#',
      'encore/main/event/play',
    ])
    .catch((error: unknown) => error);
  // mqtt.js reports one refusal as the whole call's.
  expect(granted).toBeInstanceOf(Error);
  const filters = logger.lines
    .filter(({ message }) => message === 'MQTT subscription refused')
    .map((line) => line['filter']);
  expect(filters).toEqual([
    '#',
    'encore/#',
    'encore/main/#',
    'encore/main/state/#',
    'encore/main/state/users/bob',
    'encore/main/reply/bob/#',
    'encore/main/cmd/#',
    '$SYS/#',
  ]);
  await expect(
    ann.client.publishAsync('encore/main/status', 'offline', { qos: 1 }),
  ).rejects.toThrow(/Not authorized/i);
  await until(() => why().includes('this token may not publish there'));
});

test('admins say and hear all but the broker itself; without the scope they are as others', async () => {
  const [root, robot] = [await dial('root'), await dial('robot')];
  await root.client.subscribeAsync('#');
  await root.client.publishAsync('zigbee2mqtt/button', '{"action":"single"}', { qos: 1 });
  const heard = [await root.next(), await root.next(), await root.next()].map(({ topic }) => topic);
  expect(heard.sort()).toEqual(['encore/main/info', 'encore/main/status', 'zigbee2mqtt/button']);
  await expect(root.client.publishAsync('$SYS/x', 'y', { qos: 1 })).rejects.toThrow(
    /Not authorized/i,
  );
  await expect(root.client.subscribeAsync('$SYS/#')).rejects.toThrow();
  await expect(robot.client.publishAsync('zigbee2mqtt/button', 'x', { qos: 1 })).rejects.toThrow(
    /Not authorized/i,
  );
});

test('a refused publish ends a 3.1.1 connection, and the log says why', async () => {
  const ann = await dial('ann', { protocolVersion: 4 });
  ann.client.publish('encore/main/status', 'offline');
  await ann.closed;
  expect(why()).toContain('this token may not publish there');
});

test.each([
  ['QoS 2', 'encore/main/cmd/ring', 'door', 2, 'QoS 2 is not taken here: use QoS 1'],
  [
    'a large payload',
    'encore/main/cmd/ring',
    'x'.repeat(65 * 1024),
    1,
    'a payload may have at most 65536 bytes',
  ],
] as const)('%s is refused', async (_, topic, payload, qos, words) => {
  const root = await dial('root', { protocolVersion: 4 });
  root.client.publish(topic, payload, { qos });
  await root.closed;
  expect(why()).toContain(words);
  expect(bells.seen).toEqual([]);
});

test.each([
  [
    'a packet above 256 KiB',
    'a/b',
    'x'.repeat(300 * 1024),
    'a packet may have at most 262144 bytes',
  ],
  ['a topic of many levels', 'a/'.repeat(20), 'x', 'a topic may have at most 16 levels'],
])('%s ends the connection and nothing else', async (_, topic, payload, words) => {
  const [root, ann] = [await dial('root', { protocolVersion: 4 }), await dial('ann')];
  root.client.publish(topic, payload);
  await root.closed;
  await until(() => door.status().refusals.length > 0);
  expect(door.status().refusals).toMatchObject([
    { name: 'root', action: 'connection', what: '127.0.0.1', reason: words },
  ]);
  await ann.client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
  await until(() => bells.seen.length === 1);
});

test('a will is told without its delay', async () => {
  const ann = await dial('root');
  await ann.client.subscribeAsync('dev/#');
  const other = await dial('root', {
    clientId: 'w',
    will: {
      topic: 'dev/w',
      payload: Buffer.from('gone'),
      qos: 1,
      retain: false,
      properties: { willDelayInterval: 60 },
    },
    properties: { sessionExpiryInterval: 60 },
  });
  other.client.stream.destroy();
  expect(await ann.next()).toMatchObject({ topic: 'dev/w', payload: 'gone' });
});

test("nobody takes over another one's session by its client id", async () => {
  const ann = await dial('ann', { clientId: 'panel' });
  await dial('bob', { clientId: 'panel' });
  expect(ann.client.connected).toBe(true);
  expect(door.clients()).toBe(2);
});

test('a revoked token closes its clients at once, and their wills stay unsaid', async () => {
  const root = await dial('root');
  await root.client.subscribeAsync('encore/main/cmd/#');
  for (const protocolVersion of [4, 5] as const) {
    authenticator.people.set('ann-token', person('ann'));
    const ann = await dial('ann', {
      protocolVersion,
      will: { topic: 'encore/main/cmd/ring', payload: Buffer.from('door'), qos: 0, retain: false },
    });
    authenticator.revoke('credential-of-ann');
    await ann.closed;
    await expect(dial('ann', { protocolVersion })).rejects.toThrow();
  }
  expect([root.heard, bells.seen]).toEqual([[], []]);
  expect(root.client.connected).toBe(true);
});

test('a flood of commands is refused once', async () => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/event/play');
  await Promise.all(
    Array.from({ length: 80 }, () =>
      ann.client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 }),
    ),
  );
  await until(() => ann.heard.length >= 51);
  expect(ann.heard.filter(({ payload }) => payload.includes('too_many'))).toHaveLength(1);
  expect(bells.seen).toHaveLength(50);
});

test('a port in use is degraded, in words, and tried again', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port: taken } = blocker.address() as { port: number };
  const late = createMqttDoor({ ...optionsFor(taken), announcements: [] });
  await late.start();
  expect(late.health()).toEqual({
    state: 'degraded',
    detail: `MQTT port ${taken} on 127.0.0.1 is used by another program; trying again every 5 s`,
  });
  expect(late.address()).toBeUndefined();
  blocker.close();
  await until(() => late.health().state === 'degraded');
  await vi.waitUntil(() => late.health().state === 'ok', { timeout: 50_000, interval: 50 });
  expect(late.health()).toEqual({ state: 'ok', detail: `MQTT on 127.0.0.1:${taken}` });
  await late.stop();
}, 60_000);

test('stopping says offline', async () => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/status');
  expect((await ann.next()).payload).toBe('online');
  await door.stop();
  expect(await ann.next()).toMatchObject({ topic: 'encore/main/status', payload: 'offline' });
  await ann.closed;
});

test('what stands is retained from the moment the door opens', async () => {
  await door.stop();
  const payload = { position: 7 };
  door = createMqttDoor({
    ...optionsFor(0),
    standing: [() => [{ topic: 'state/head', payload, retain: true }], () => []],
  });
  await door.start();
  port = door.address()?.port ?? 0;
  const ann = await dial('ann');
  await ann.client.subscribeAsync('encore/main/state/head');
  expect(await ann.next()).toMatchObject({ payload: JSON.stringify(payload), retain: true });
});

test('an event that cannot be told harms no command', async () => {
  const odd = createMqttDoor({
    ...optionsFor(0),
    announcements: [
      {
        BellRung: () => {
          throw new Error('odd');
        },
      },
    ],
  });
  await odd.start();
  const { ringTopic } = counterModule(kernel);
  const outcome = await ringTopic.handle({
    payload: { name: 'x' },
    identity: person('ann'),
    command: { actor: 'a', origin: 'mqtt' },
    receivedAtMs: 0,
  });
  expect(outcome.ok).toBe(true);
  expect(why()).toContain('an event could not be told over MQTT');
  await odd.stop();
});

const bridge = (name: string, actAs: boolean): Identity =>
  person(name, {
    role: 'admin',
    scopes: new Set(['mqtt', 'play']),
    mqtt: { kind: 'bridge', prefixes: [], actAs },
  });

test('a bridge with the right acts as another account, in the rights of both', async () => {
  authenticator.people.set('ha-token', bridge('ha', true));
  const ha = await dial('ha');
  await ha.client.subscribeAsync(['encore/main/reply/ha/#', 'encore/main/event/play'], { qos: 1 });
  const ring = (as: string) =>
    ha.client.publishAsync('encore/main/cmd/ring', JSON.stringify({ name: 'door', as }), {
      qos: 1,
    });
  await ring('bob');
  expect((await ha.next()).payload).toContain('started');
  expect(bells.seen[0]?.command.actor).toBe('id-of-bob');
  await ring('gus');
  expect(JSON.parse((await ha.next()).payload)).toMatchObject({ reason: 'not_allowed' });
  await ring('nobody');
  expect(JSON.parse((await ha.next()).payload)).toMatchObject({ reason: 'unknown_account' });
  expect(bells.seen).toHaveLength(1);
});

test('for everybody else "as" means nothing', async () => {
  authenticator.people.set('ha-token', bridge('ha', false));
  for (const name of ['ha', 'ann', 'root']) {
    const client = await dial(name);
    await client.client.publishAsync('encore/main/cmd/ring', '{"name":"door","as":"bob"}', {
      qos: 1,
    });
  }
  await until(() => bells.seen.length === 3);
  expect(bells.seen.map(({ command }) => command.actor)).toEqual([
    'id-of-ha',
    'id-of-ann',
    'id-of-root',
  ]);
});

test('the status shows who is connected and what was refused, a loop once', async () => {
  const ann = await dial('ann', { clientId: 'panel' });
  for (let times = 0; times < 3; times++) {
    await ann.client.publishAsync('encore/main/status', 'offline', { qos: 1 }).catch(() => null);
  }
  await ann.client.subscribeAsync('#').catch(() => null);
  await dial('ann', { password: 'guess' }).catch(() => null);
  const { clients: connected, refusals, ...rest } = door.status();
  expect(rest).toEqual({
    mode: 'embedded',
    state: 'ok',
    detail: `MQTT on 127.0.0.1:${port}`,
    url: `mqtt://127.0.0.1:${port}`,
    topic: 'encore/main',
  });
  expect(connected).toEqual([
    {
      name: 'ann',
      kind: 'user',
      client_id: 'panel',
      address: '127.0.0.1',
      protocol: '5',
      connected_at: expect.any(String),
    },
  ]);
  expect(refusals.map(({ at: _, ...refusal }) => refusal)).toEqual([
    {
      name: 'ann',
      action: 'login',
      what: '127.0.0.1',
      reason: 'bad user name or API token',
      times: 1,
    },
    {
      name: 'ann',
      action: 'subscribe',
      what: '#',
      reason: 'this token may not listen there',
      times: 1,
    },
    {
      name: 'ann',
      action: 'publish',
      what: 'encore/main/status',
      reason: 'this token may not publish there',
      times: 3,
    },
  ]);
});

test('modules hear what others publish, once, as having just happened, and nothing of the house', async () => {
  await door.stop();
  let filters = ['hall/+', 'hall/button', 'encore/#'];
  let changed = () => undefined as void;
  const heard: HeardMessage[] = [];
  door = createMqttDoor({
    ...optionsFor(0),
    hearing: [
      {
        filters: () => filters,
        onFiltersChanged: (listener) => void (changed = listener),
        hear: (message) => void heard.push(message),
      },
      {
        filters: () => ['hall/#'],
        onFiltersChanged: () => undefined,
        hear: () => {
          throw new Error('odd');
        },
      },
    ],
  });
  await door.start();
  port = door.address()?.port ?? 0;
  const root = await dial('root');
  const say = (topic: string, payload: string, retain = false) =>
    root.client.publishAsync(topic, payload, { qos: 1, retain });
  await say('hall/button', 'single');
  await say('hall/lamp', 'ON', true);
  await say('encore/main/cmd/ring', 'door');
  await say('kitchen/button', 'single');
  filters = ['kitchen/#'];
  changed();
  await say('hall/button', 'double');
  await say('kitchen/button', 'double');
  expect(
    heard.map(({ topic, payload, retained, live, receivedAtMs }) => [
      topic,
      Buffer.from(payload).toString(),
      { retained, live },
      receivedAtMs,
    ]),
  ).toEqual([
    ['hall/button', 'single', { retained: false, live: true }, 1000],
    ['hall/lamp', 'ON', { retained: true, live: true }, 1000],
    ['kitchen/button', 'double', { retained: false, live: true }, 1000],
  ]);
});

test('of messages in quick succession, kept ones and others, none is lost and none overtakes', async () => {
  const ann = await dial('ann');
  await ann.client.subscribeAsync(['encore/main/state/+', 'encore/main/event/#'], { qos: 1 });
  const said: string[] = [];
  for (let count = 0; count < 60; count++) {
    const [topic, retain, more] = (
      [
        ['state/volume', true, {}],
        ['event/play', false, {}],
        ['state/jobs', true, { qos: 0 }],
      ] as const
    )[count % 3] as ['state/volume', true, { qos?: 0 }];
    door.announce({ topic, payload: { count }, retain, ...more });
    said.push(`encore/main/${topic} {"count":${count}}`);
  }
  await until(() => ann.heard.length >= said.length);
  expect(ann.heard.map(({ topic, payload }) => `${topic} ${payload}`)).toEqual(said);
});

test('a session that asks for a year is kept for a day', async () => {
  const granted = await new Promise<number | undefined>((resolve) => {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      username: 'ann',
      password: 'ann-token',
      clientId: 'sleeper',
      clean: false,
      reconnectPeriod: 0,
      protocolVersion: 5,
      properties: { sessionExpiryInterval: 365 * 24 * 3600 },
    });
    clients.push(client);
    client.once('connect', ({ properties }) => resolve(properties?.sessionExpiryInterval));
  });
  expect(granted).toBe(24 * 3600);
});

test('a client without keepalive is not given one', async () => {
  const packet = await new Promise<number | undefined>((resolve) => {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      username: 'ann',
      password: 'ann-token',
      keepalive: 0,
      reconnectPeriod: 0,
      protocolVersion: 5,
    });
    clients.push(client);
    client.once('connect', ({ properties }) => resolve(properties?.serverKeepAlive));
  });
  expect(packet).toBeUndefined();
});

test('retained messages of others survive a restart, and what was cleared stays cleared', async () => {
  await door.stop();
  const dir = mkdtempSync(join(tmpdir(), 'encore-retained-'));
  const heard: HeardMessage[] = [];
  const reopen = async (room = 'main') => {
    const options = optionsFor(0);
    door = createMqttDoor({
      ...options,
      settings: { ...options.settings, room, retainedFile: join(dir, 'retained.db') },
      standing: [() => [{ topic: 'state/volume', payload: { volume: 1 }, retain: true }]],
      hearing: [
        {
          filters: () => ['tele/#'],
          onFiltersChanged: () => undefined,
          hear: (message) => void heard.push(message),
        },
      ],
    });
    await door.start();
    port = door.address()?.port ?? 0;
    return dial('root');
  };
  const first = await reopen();
  await first.client.publishAsync('tele/lamp/LWT', 'Online', { qos: 1, retain: true });
  await first.client.publishAsync('tele/plug/LWT', 'Online', { qos: 1, retain: true });
  await first.client.publishAsync('tele/plug/LWT', '', { qos: 1, retain: true });
  await first.client.publishAsync('tele/lamp/SENSOR', 'passing', { qos: 1 });
  const expiring = { properties: { messageExpiryInterval: 3600 } };
  await first.client.publishAsync('tele/x', 'hour', { qos: 1, retain: true, ...expiring });
  await door.stop();
  heard.length = 0;
  const again = await reopen('attic');
  expect(
    heard.map(({ topic, payload, retained }) => [topic, Buffer.from(payload).toString(), retained]),
  ).toEqual([
    ['tele/lamp/LWT', 'Online', true],
    ['tele/x', 'hour', true],
  ]);
  await again.client.subscribeAsync(['tele/#', 'encore/main/#'], { qos: 1 });
  const told = [await again.next(), await again.next()].map(({ topic, payload, retain }) => [
    topic,
    payload,
    retain,
  ]);
  expect(told.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
    ['tele/lamp/LWT', 'Online', true],
    ['tele/x', 'hour', true],
  ]);
  // Ours are told by who we are now, and were never on the disk.
  await again.client.publishAsync('tele/end', 'x', { qos: 1 });
  expect((await again.next()).topic).toBe('tele/end');
  await door.stop();
  rmSync(dir, { recursive: true });
});

test('a file of retained messages that is broken costs them, and not the broker', async () => {
  await door.stop();
  const dir = mkdtempSync(join(tmpdir(), 'encore-retained-'));
  const retainedFile = join(dir, 'retained.db');
  writeFileSync(
    retainedFile,
    'this is no database, and long enough to be seen as none '.repeat(40),
  );
  const options = optionsFor(0);
  door = createMqttDoor({ ...options, settings: { ...options.settings, retainedFile } });
  await door.start();
  port = door.address()?.port ?? 0;
  await dial('ann');
  expect(door.health().state).toBe('ok');
  await door.stop();
  rmSync(dir, { recursive: true });
});

test('large messages that come in many pieces, one behind the other, all arrive', async () => {
  const [root, ann] = [await dial('root'), await dial('root')];
  await ann.client.subscribeAsync('flood/+', { qos: 1 });
  const payload = 'x'.repeat(60 * 1024);
  await Promise.all(
    Array.from({ length: 30 }, (_, count) =>
      root.client.publishAsync(`flood/${count}`, payload, { qos: 1 }),
    ),
  );
  await until(() => ann.heard.length === 30);
});
