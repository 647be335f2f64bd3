import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { malformedPackets } from './adapters/testing/malformed-mqtt.ts';
import { rawConnect } from './adapters/testing/raw-mqtt.ts';
import { freePort } from './testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from './testing/test-app.ts';
import { issueToken, openMqtt } from './users/testing/people.ts';

let app: TestApp;
let port: number;
let token: string;
let gong: string;

beforeAll(async () => {
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  app.addSound('Gong.wav');
  await app.call('POST', '/sounds/scan');
  app.player.connect();
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  token = await issueToken(app, mira, ['mqtt', 'play', 'read', 'admin']);
  const { items } = (await app.call('GET', '/sounds/?q=Gong')).body as { items: { id: string }[] };
  gong = items[0]?.id ?? '';
}, 60_000);
afterAll(() => app.stop());

const raw = () => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  return { socket, closed };
};

const pressOverMqtt = async () => {
  const client = await openMqtt(port, 'Mira', token);
  const before = app.player.plays().length;
  await client.publishAsync('encore/main/cmd/play', 'Gong', { qos: 1 });
  await eventually(() => app.player.plays().length > before || undefined);
  await client.endAsync();
};

/** A press over HTTP, from its answer to its end. */
const press = async () => {
  const { status, body } = await app.call('POST', `/sounds/play/${gong}`);
  expect(status).toBe(202);
  const play_id = body['play_id'] as string;
  await eventually(() => app.player.plays().find((play) => play.play_id === play_id));
  const began = { type: 'voice_started', command_id: play_id, play_id } as const;
  app.player.report({ ...began, at_ms: 0, latency_ms: 9 });
  app.player.report({ type: 'voice_ended', play_id, reason: 'finished', heard_ms: 200 });
};

test('malformed packets cost no press, and the broker goes on', async () => {
  const next = malformedPackets(66);
  const say = async (packet: Buffer, loginAs?: 4 | 5) => {
    const { socket, closed } = raw();
    if (loginAs !== undefined) {
      socket.write(rawConnect(loginAs, 'Mira', token));
      await once(socket, 'data');
    }
    socket.resume();
    socket.end(packet);
    await closed;
  };
  for (let round = 0; round < 20; round++) {
    const said = Array.from({ length: 50 }, (_, index) => {
      const version = index % 2 === 0 ? 4 : 5;
      return say(next(version), index % 4 < 3 ? version : undefined);
    });
    await Promise.all([...said, press()]);
  }
  await pressOverMqtt();
}, 60_000);

test('of 1,000 connections at once 256 are let in, and the others are refused', async () => {
  const connections = Array.from({ length: 1000 }, raw);
  /** What the broker said to each, by the reasons of MQTT 5; null where it hung up unheard. */
  const answers = connections.map(async ({ socket, closed }) => {
    let heard = Buffer.alloc(0);
    const reason = new Promise<number>((resolve) => {
      socket.on('data', (piece: Buffer) => {
        heard = Buffer.concat([heard, piece]);
        if (heard.length > 3) resolve(heard[3] ?? -1);
      });
    });
    socket.write(rawConnect(5, 'Mira', token));
    return Promise.race([reason, closed.then(() => (heard.length > 3 ? reason : null))]);
  });
  const [said] = await Promise.all([Promise.all(answers), press(), press(), press()]);
  const unavailable = 0x88;
  const told = (answer: number | null) => said.filter((one) => one === answer).length;
  expect(told(0)).toBe(256);
  expect(told(unavailable)).toBeGreaterThan(0);
  expect(told(0) + told(unavailable) + told(null)).toBe(1000);

  await expect(openMqtt(port, 'Mira', token)).rejects.toThrow(/Server unavailable/i);
  const { refusals } = (await app.call('GET', '/admin/mqtt')).body as {
    refusals: { reason: string; times: number }[];
  };
  const timesOf = (reason: string) => refusals.find((one) => one.reason === reason)?.times;
  expect(timesOf('at most 256 clients')).toBe(told(unavailable) + 1);
  expect(timesOf('at most 512 connections') ?? 0).toBe(told(null));

  for (const [index, { socket }] of connections.entries()) if (said[index] === 0) socket.destroy();
  await eventually(async () => {
    const { clients } = (await app.call('GET', '/admin/mqtt')).body as { clients: unknown[] };
    return clients.length === 0 || undefined;
  });
  await pressOverMqtt();
}, 60_000);

test('a port that another program has costs no press, and is taken once it is free', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port: taken } = blocker.address() as AddressInfo;
  const environment = { MQTT_MODE: 'embedded', MQTT_PORT: String(taken) };
  const other = await startTestApp({ environment });
  await other.setUp();
  other.addSound('Gong.wav');
  await other.call('POST', '/sounds/scan');
  other.player.connect();
  const mqtt = async () => (await other.call('GET', '/admin/mqtt')).body;
  expect(await mqtt()).toMatchObject({ state: 'degraded' });
  const { items } = (await other.call('GET', '/sounds/')).body as { items: { id: string }[] };
  expect((await other.call('POST', `/sounds/play/${items[0]?.id}`)).status).toBe(202);
  await eventually(() => other.player.plays().length === 1 || undefined);
  blocker.close();
  await eventually(async () => (await mqtt())['state'] === 'ok' || undefined);
  const mira = { id: '', name: 'Mira', token: other.token() ?? '' };
  const client = await openMqtt(taken, 'Mira', await issueToken(other, mira, ['mqtt', 'play']));
  await client.publishAsync('encore/main/cmd/play', 'Gong', { qos: 1 });
  await eventually(() => other.player.plays().length === 2 || undefined);
  await client.endAsync();
  await other.stop();
}, 60_000);
