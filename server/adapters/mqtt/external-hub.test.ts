import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Announcement, Hearing, HeardMessage } from '../../kernel/door.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { freePort } from '../../testing/free-port.ts';
import { startMosquitto, type Mosquitto } from '../../testing/mosquitto.ts';
import { counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import type { ExternalSettings } from './external-hub.ts';
import { createMqttDoor, type MqttDoor, type MqttDoorOptions } from './mqtt-door.ts';

type Heard = { topic: string; payload: string; retain: boolean; correlation?: string };

let kernel: ReturnType<typeof testKernel>;
let bells: ReturnType<typeof counterModule>;
let logger: ReturnType<typeof rememberingLogger>;
let mosquitto: Mosquitto | undefined;
let door: MqttDoor | undefined;
let clients: MqttClient[];
let servers: Server[];

beforeEach(() => {
  clients = [];
  servers = [];
  kernel = testKernel();
  kernel.connect({ feed: [], reactors: [] });
  kernel.start();
  bells = counterModule(kernel);
  logger = rememberingLogger();
});

afterEach(async () => {
  for (const client of clients) client.end(true);
  await door?.stop();
  door = undefined;
  await mosquitto?.remove();
  mosquitto = undefined;
  for (const server of servers) server.close();
  await kernel.stop();
});

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const openDoor = async (
  url: string,
  settings: Partial<ExternalSettings> = {},
  options: Partial<MqttDoorOptions> = {},
): Promise<MqttDoor> => {
  door = createMqttDoor({
    settings: {
      host: '127.0.0.1',
      port: 0,
      baseTopic: 'encore',
      room: 'main',
      external: {
        url,
        username: null,
        password: null,
        clientId: 'encore_test',
        account: null,
        userTopics: false,
        ...settings,
        limits: { reconnectMsMin: 20, connectTimeoutMs: 500, keepaliveS: 1, ...settings.limits },
      },
    },
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
    standing: [
      () => [
        { topic: 'state/volume', payload: { volume: 40 }, retain: true },
        { topic: 'homeassistant/device/encore_main/config', payload: {}, retain: true, root: true },
      ],
    ],
    kernel,
    authenticator: fakeAuthenticator(person('ann'), person('gus', { role: 'guest' })),
    info: () => ({ version: '1.2.3' }),
    logger,
    onRefused: ({ problem, identity }) => ({
      topic: 'event/play',
      payload: { event_type: 'refused', by: identity?.name ?? null, reason: problem.code },
      retain: false,
    }),
    ...options,
  });
  await door.start();
  return door;
};

const isUp = () => door?.health().state === 'ok';

const dial = async (options: IClientOptions = {}, url = mosquitto?.url ?? '') => {
  const client = await mqtt.connectAsync(url, {
    reconnectPeriod: 0,
    protocolVersion: 5,
    ...options,
  });
  clients.push(client);
  client.on('error', () => undefined);
  const heard: Heard[] = [];
  client.on('message', (topic, payload, packet) => {
    const correlation = packet.properties?.correlationData?.toString();
    heard.push({
      topic,
      payload: String(payload),
      retain: packet.retain,
      ...(correlation !== undefined && { correlation }),
    });
  });
  const next = async (): Promise<Heard> => {
    await until(() => heard.length > 0);
    return heard.shift() as Heard;
  };
  return { client, heard, next };
};

const standing = [
  { topic: 'encore/main/info', payload: '{"version":"1.2.3"}', retain: true },
  { topic: 'encore/main/state/volume', payload: '{"volume":40}', retain: true },
  { topic: 'encore/main/status', payload: 'online', retain: true },
  { topic: 'homeassistant/device/encore_main/config', payload: '{}', retain: true },
];

/** What a newcomer is told of all that is kept. */
const kept = async (): Promise<Heard[]> => {
  for (;;) {
    const { client, heard } = await dial();
    await client.subscribeAsync(['encore/#', 'homeassistant/#'], { qos: 1 });
    await until(() => heard.length >= standing.length);
    client.end(true);
    // Some may have been told just now, and not kept before.
    if (heard.every(({ retain }) => retain)) {
      return heard.toSorted((a, b) => a.topic.localeCompare(b.topic));
    }
  }
};

for (const protocolVersion of [4, 5] as const) {
  test(`a command through Mosquitto rings once and everybody hears of it (MQTT version ${protocolVersion})`, async () => {
    mosquitto = await startMosquitto();
    await openDoor(mosquitto.url);
    await until(isUp);
    const { client, next } = await dial({ protocolVersion });
    await client.subscribeAsync('encore/main/event/#', { qos: 1 });
    await client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
    expect(await next()).toEqual({
      topic: 'encore/main/event/play',
      payload: '{"event_type":"started","name":"door","count":1}',
      retain: false,
    });
    expect(bells.seen.map(({ command }) => command)).toEqual([
      { actor: 'house', origin: 'mqtt', correlationId: expect.any(String) },
    ]);
  });
}

test('states, discovery and status are kept by the broker, and told anew when it has lost them', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url);
  await until(isUp);
  expect(await kept()).toEqual(standing);
  await mosquitto.kill();
  await until(() => !isUp());
  expect(door?.health().state).toBe('degraded');
  door?.announce({ topic: 'state/volume', payload: { volume: 41 }, retain: true });
  door?.announce({ topic: 'event/play', payload: { late: true }, retain: false });
  await mosquitto.start();
  await until(isUp);
  const changed = standing.map((one) =>
    one.topic.endsWith('volume') ? { ...one, payload: '{"volume":41}' } : one,
  );
  expect(await kept()).toEqual(changed);
});

test('what is cleared while the broker is away is cleared when it is back', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url);
  await until(isUp);
  mosquitto.freeze();
  await until(() => !isUp());
  door?.announce({ topic: 'state/volume', payload: '', retain: true });
  mosquitto.thaw();
  await until(isUp);
  const { client, heard } = await dial();
  await client.subscribeAsync('encore/main/#', { qos: 1 });
  await until(() => heard.some(({ topic }) => topic.endsWith('status')));
  expect(heard.map(({ topic }) => topic)).not.toContain('encore/main/state/volume');
});

test('a broker that stalls is noticed, and holds nothing else up', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url);
  await until(isUp);
  mosquitto.freeze();
  await until(() => door?.health().state === 'degraded');
  expect(door?.health().detail).toMatch(/does not answer/);
  // The API goes on meanwhile.
  const outcome = await bells.ringTopic.handle({
    payload: { name: 'x' },
    identity: null,
    command: { actor: 'a', origin: 'http' },
    receivedAtMs: 0,
  });
  expect(outcome.ok).toBe(true);
  mosquitto.thaw();
  await until(isUp);
});

test('the broker says offline for an Encore that was cut off', async () => {
  mosquitto = await startMosquitto();
  // A wire between them, so that it can be cut.
  const wires: Socket[] = [];
  const behind = mosquitto.port;
  const wire = createServer((near) => {
    const far = connect(behind, '127.0.0.1');
    wires.push(near, far);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  servers.push(wire);
  wire.listen(0, '127.0.0.1');
  await once(wire, 'listening');
  await openDoor(`mqtt://127.0.0.1:${(wire.address() as AddressInfo).port}`);
  await until(isUp);
  const { client, next } = await dial();
  await client.subscribeAsync('encore/main/status');
  expect((await next()).payload).toBe('online');
  wire.close();
  for (const end of wires) end.destroy();
  expect(await next()).toMatchObject({ payload: 'offline', retain: false });
});

test('stopping says offline', async () => {
  mosquitto = await startMosquitto();
  const opened = await openDoor(mosquitto.url);
  await until(isUp);
  const { client, next } = await dial();
  await client.subscribeAsync('encore/main/status');
  expect((await next()).payload).toBe('online');
  await opened.stop();
  expect((await next()).payload).toBe('offline');
});

test('a wrong password is told in words that hold none', async () => {
  mosquitto = await startMosquitto({ users: { encore: 'right' } });
  await openDoor(mosquitto.url, { username: 'encore', password: 'wrong-one' });
  await until(() => door?.health().detail.includes('refuses the login') === true);
  expect(door?.health()).toEqual({
    state: 'degraded',
    detail: `the MQTT broker at ${mosquitto.url} refuses the login: check MQTT_USERNAME and MQTT_PASSWORD; Encore tries again`,
  });
  expect(JSON.stringify([logger.lines, door?.status()])).not.toContain('wrong-one');
  await door?.stop();
  await openDoor(mosquitto.url, { username: 'encore', password: 'right' });
  await until(isUp);
});

test('a broker that is not there is tried until it is', async () => {
  const port = await freePort();
  await openDoor(`mqtt://127.0.0.1:${port}`);
  await until(() => door?.health().detail.includes('ECONNREFUSED') === true);
  expect(door?.status()).toMatchObject({ mode: 'external', state: 'degraded', clients: [] });
});

test('a broker that only speaks 3.1.1 is spoken to in 3.1.1', async () => {
  mosquitto = await startMosquitto();
  const behind = mosquitto.port;
  const versions: number[] = [];
  const old = createServer((near) => {
    near.once('data', (connectPacket) => {
      const version = Buffer.from(connectPacket)[8] ?? 0;
      versions.push(version);
      near.on('error', () => undefined);
      if (version === 5) {
        near.end(Buffer.from([0x20, 2, 0, 1]));
        return;
      }
      const far = connect(behind, '127.0.0.1');
      far.on('error', () => near.destroy());
      far.write(connectPacket);
      near.pipe(far).pipe(near);
    });
  });
  servers.push(old);
  old.listen(0, '127.0.0.1');
  await once(old, 'listening');
  await openDoor(`mqtt://127.0.0.1:${(old.address() as AddressInfo).port}`);
  await until(isUp);
  expect(versions).toEqual([5, 4]);
  expect(door?.health().detail).toMatch(/by MQTT 3\.1\.1$/);
  const { client } = await dial();
  await client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
  await until(() => bells.seen.length === 1);
});

test('commands run as the configured account, and not at all where there is none of that name', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url, { account: 'ann' });
  await until(isUp);
  const { client, next } = await dial();
  await client.subscribeAsync('encore/main/reply/#', { qos: 1 });
  await client.publishAsync('encore/main/cmd/ring', '{"name":"door","reply":"r1"}', { qos: 1 });
  expect(await next()).toMatchObject({ topic: 'encore/main/reply/ann/r1' });
  expect(bells.seen[0]?.command.actor).toBe('id-of-ann');
  await door?.stop();
  await openDoor(mosquitto.url, { account: 'nobody' });
  await until(isUp);
  await client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
  await until(() => (door?.status().refusals.length ?? 0) > 0);
  expect(door?.status().refusals).toMatchObject([
    { name: 'nobody', action: 'command', what: 'encore/main/cmd/ring', times: 1 },
  ]);
  expect(bells.seen).toHaveLength(1);
});

test('below users/<name> commands run as that account, where this is switched on', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url, { userTopics: true });
  await until(isUp);
  const { client, next } = await dial();
  await client.subscribeAsync(['encore/main/event/play', 'encore/main/reply/#'], { qos: 1 });
  await client.publishAsync('encore/main/users/gus/cmd/ring', 'door', { qos: 1 });
  expect(JSON.parse((await next()).payload)).toMatchObject({ by: 'gus', reason: 'not_allowed' });
  await client.publishAsync('encore/main/users/ann/cmd/ring', '{"name":"door","reply":"r"}');
  await until(() => bells.seen.length === 1);
  expect(bells.seen[0]?.command.actor).toBe('id-of-ann');
});

test('below users/<name> nothing is a command unless this is switched on', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url);
  await until(isUp);
  const { client } = await dial();
  await client.publishAsync('encore/main/users/ann/cmd/ring', 'door', { qos: 1 });
  await client.publishAsync('encore/main/cmd/ring', 'gate', { qos: 1 });
  await until(() => bells.seen.length > 0);
  expect(bells.seen.map(({ command }) => command.actor)).toEqual(['house']);
});

test('MQTT 5 asks for its answer where the house may write, and nowhere else', async () => {
  mosquitto = await startMosquitto();
  await openDoor(mosquitto.url);
  await until(isUp);
  const { client, next } = await dial();
  await client.subscribeAsync(['encore/main/reply/house/#', 'door/lock'], { qos: 1 });
  const ask = (responseTopic: string) =>
    client.publishAsync('encore/main/cmd/ring', 'door', {
      qos: 1,
      properties: { responseTopic, correlationData: Buffer.from('c7') },
    });
  await ask('door/lock');
  await ask('encore/main/reply/house/x');
  expect(await next()).toEqual({
    topic: 'encore/main/reply/house/x',
    payload: '{"ok":true,"count":2}',
    retain: false,
    correlation: 'c7',
  });
});

test('a command that the broker kept is ignored at every connection', async () => {
  mosquitto = await startMosquitto();
  const { client } = await dial();
  await client.publishAsync('encore/main/cmd/ring', 'door', { qos: 1, retain: true });
  await openDoor(mosquitto.url);
  await until(isUp);
  await client.publishAsync('encore/main/cmd/ring', 'gate', { qos: 1 });
  await until(() => bells.seen.length > 0);
  expect(logger.lines.map(({ message }) => message)).toContain(
    'MQTT command ignored: retained messages command nothing',
  );
  expect(bells.seen).toHaveLength(1);
});

const listening = (...first: string[]) => {
  let filters = first;
  let changed = () => undefined as void;
  const heard: HeardMessage[] = [];
  const hearing: Hearing = {
    filters: () => filters,
    onFiltersChanged: (listener) => void (changed = listener),
    hear: (message) => void heard.push(message),
  };
  const shown = () =>
    heard.map(({ topic, payload, retained }) => [topic, Buffer.from(payload).toString(), retained]);
  const listen = (...now: string[]) => {
    filters = now;
    changed();
  };
  return { hearing, heard, shown, listen };
};

for (const protocolVersion of [4, 5] as const) {
  test(`what modules listen to is heard once, with its flag, also by filters that overlap (MQTT version ${protocolVersion})`, async () => {
    mosquitto = await startMosquitto();
    const { client } = await dial({ protocolVersion });
    await client.publishAsync('hall/lamp', 'ON', { qos: 1, retain: true });
    const ears = listening('hall/+', '+/button', 'hall/button');
    const others = listening('encore/#', 'homeassistant/status');
    await openDoor(mosquitto.url, {}, { hearing: [ears.hearing, others.hearing] });
    await until(isUp);
    await until(() => ears.heard.length === 1);
    await client.publishAsync('hall/button', 'single', { qos: 1 });
    await client.publishAsync('hall/lamp', 'OFF', { qos: 1, retain: true });
    await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await until(() => others.heard.length === 1);
    expect(ears.shown()).toEqual([
      ['hall/lamp', 'ON', true],
      ['hall/button', 'single', false],
      ['hall/lamp', 'OFF', false],
    ]);
    // What the house says itself is nobody else's message.
    expect(others.shown()).toEqual([['homeassistant/status', 'online', false]]);
  });
}

test('filters change while it runs', async () => {
  mosquitto = await startMosquitto();
  const { client } = await dial();
  await client.publishAsync('b/x', 'kept', { qos: 1, retain: true });
  const ears = listening('a/#');
  await openDoor(mosquitto.url, {}, { hearing: [ears.hearing] });
  await until(isUp);
  await client.publishAsync('a/x', '1', { qos: 1 });
  await until(() => ears.heard.length === 1);
  ears.listen('b/#');
  await until(() => ears.heard.length === 2);
  await client.publishAsync('a/x', '2', { qos: 1 });
  await client.publishAsync('b/x', '3', { qos: 1 });
  await until(() => ears.heard.length === 3);
  expect(ears.shown()).toEqual([
    ['a/x', '1', false],
    ['b/x', 'kept', true],
    ['b/x', '3', false],
  ]);
});

test('a filter that is refused costs nothing of what was heard before', async () => {
  const prefixes = ['hall/button'];
  const mqttRights = { kind: 'device', prefixes, actAs: false } as const;
  const theirs = createMqttDoor({
    settings: { host: '127.0.0.1', port: 0, baseTopic: 'theirs', room: 'main' },
    topics: [],
    announcements: [],
    kernel,
    authenticator: fakeAuthenticator(
      person('box', { scopes: new Set(['mqtt']), mqtt: mqttRights }),
      person('root', { role: 'admin' }),
    ),
    info: () => ({}),
    logger: rememberingLogger(),
  });
  await theirs.start();
  const url = `mqtt://127.0.0.1:${theirs.address()?.port}`;
  const ears = listening('hall/button/#');
  const login = { username: 'box', password: 'box-token' };
  await openDoor(url, login, { hearing: [ears.hearing] });
  await until(isUp);
  const { client } = await dial({ username: 'root', password: 'root-token' }, url);
  ears.listen('hall/#');
  await until(() => door?.status().refusals.some(({ what }) => what === 'hall/#') === true);
  await client.publishAsync('hall/button/1', 'single', { qos: 1 });
  await until(() => ears.heard.length === 1);
  ears.listen('hall/button/#');
  await client.publishAsync('hall/button/1', 'double', { qos: 1 });
  await until(() => ears.heard.length === 2);
  expect(ears.shown()).toEqual([
    ['hall/button/1', 'single', false],
    ['hall/button/1', 'double', false],
  ]);
  await door?.stop();
  await theirs.stop();
});

test("what the broker's own rules refuse is shown", async () => {
  mosquitto = await startMosquitto({
    users: { encore: 'right' },
    acl: 'user encore\ntopic write encore/#\ntopic read homeassistant/#\n',
  });
  await openDoor(mosquitto.url, { username: 'encore', password: 'right' });
  await until(isUp);
  await until(() => (door?.status().refusals.length ?? 0) >= 1);
  const shown = door?.status().refusals.map(({ action, what }) => `${action} ${what}`);
  expect(shown).toContain('publish homeassistant/device/encore_main/config');
});
