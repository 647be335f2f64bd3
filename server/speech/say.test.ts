import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { MqttClient } from 'mqtt';
import type { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import {
  addPerson,
  issueToken,
  openMqtt,
  openSocket,
  type Person,
} from '../users/testing/people.ts';

type Told = { topic: string; body: Record<string, unknown> };

let app: TestApp;
let ann: Person;
let client: MqttClient;
let told: Told[];
let wake: () => void;

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

const connect = async (port: number, person: Person) => {
  const token = await issueToken(app, person, ['mqtt', 'play', 'read']);
  return openMqtt(port, person.name, token);
};
const say = (payload: string | object) =>
  client.publishAsync(
    'encore/main/cmd/say',
    typeof payload === 'string' ? payload : JSON.stringify(payload),
    { qos: 1 },
  );
const heard = async (topic: string): Promise<Record<string, unknown>> => {
  for (;;) {
    const at = told.findIndex((one) => one.topic === topic);
    const [found] = at === -1 ? [] : told.splice(at, 1);
    if (found) return found.body;
    await new Promise<void>((resolve) => (wake = resolve));
  }
};
const reply = (name: string) => heard(`encore/main/reply/Ann/${name}`);

beforeAll(async () => {
  const port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
  app.player.connect();
  client = await connect(port, ann);
  client.on('message', (topic, payload) => {
    told.push({ topic, body: JSON.parse(String(payload)) as Record<string, unknown> });
    wake();
  });
  told = [];
  await client.subscribeAsync(['encore/main/reply/Ann/#', 'encore/main/event/#']);
});
afterAll(async () => {
  client.end(true);
  await app.stop();
});
beforeEach(() => {
  told = [];
  wake = () => undefined;
});

describe('music under what is said', () => {
  const choose = (announcements: string) =>
    app.call('PATCH', '/admin/settings', { body: { announcements } });

  it('steps back, pauses or plays on as the household chose, by MQTT and by HTTP', async () => {
    for (const ducks of ['duck', 'pause', 'none']) {
      await choose(ducks);
      const sent = app.player.plays().length;
      await say({ text: 'Somebody rang' });
      const body = { text: 'Somebody rang', play: true };
      await app.call('POST', '/sounds/tts', { body, token: ann.token });
      expect(app.player.plays().slice(sent)).toMatchObject([{ ducks }, { ducks }]);
    }
    await choose('duck');
  });

  it('does so under a sound that is tagged as an announcement, and under no other', async () => {
    await choose('pause');
    for (const name of ['Horn', 'Doorbell']) app.addSound(`${name}.wav`, name.length * 200);
    await app.call('POST', '/sounds/scan');
    const { items } = (await app.call('GET', '/sounds/?types=SDB&sort=name')).body as {
      items: { id: string }[];
    };
    const [bell, horn] = items.map(({ id }) => id);
    await app.call('PATCH', `/sounds/${bell}`, { body: { tags: ['announcement'] } });
    for (const id of [bell, horn]) await app.call('POST', `/sounds/play/${id}`);
    const [rung, pressed] = app.player.plays().slice(-2);
    expect([rung?.ducks, pressed?.ducks]).toEqual(['pause', undefined]);
    await choose('duck');
  });
});

describe('cmd/say', () => {
  it.each([
    ['bare text', 'Somebody is at the door'],
    ['a number', '42'],
    ['JSON', { text: 'Guten Abend', language: 'de' }],
  ])('speaks at once: %s', async (_what, payload) => {
    const sent = app.player.plays().length;
    await say(payload);
    expect(app.player.plays().slice(sent)).toMatchObject([{ type: 'play', demuxer: 'wav' }]);
  });

  it('answers with what it played, and says it again for the price of the play', async () => {
    await say({ text: 'The bath is full', reply: 'one' });
    const first = await reply('one');
    expect(first).toMatchObject({ ok: true, cached: false });
    await say({ text: 'The bath is full', reply: 'two' });
    const again = await reply('two');
    expect(again).toMatchObject({ ok: true, cached: true, sound_id: first['sound_id'] });
    expect(again['play_id']).not.toBe(first['play_id']);
    expect(Number(again['available'])).toBe(Number(first['available']) - 1);
  });

  it('with a key is one sound', async () => {
    const message = { text: 'Only once', key: 'k1', reply: 'key' };
    await say(message);
    const first = await reply('key');
    await say(message);
    expect(await reply('key')).toMatchObject({ play_id: first['play_id'] });
  });

  it.each([
    ['nothing', '', 'invalid_fields'],
    ['a list', '[1, 2]', 'invalid_fields'],
    ['too much', 'x'.repeat(1001), 'invalid_fields'],
    ['half a character', '{"text": "\\ud800"}', 'invalid_fields'],
    ['a voice that is not there', '{"text": "hi", "voice": "none"}', 'unknown_voice'],
    ['what nobody can speak', '…', 'nothing_to_say'],
  ])('refuses %s, and tells everyone who listens', async (_what, payload, code) => {
    const sent = app.player.plays().length;
    await say(payload);
    expect(await heard('encore/main/event/play')).toMatchObject({
      event_type: 'refused',
      by: 'Ann',
      name: null,
      code,
    });
    expect(app.player.plays()).toHaveLength(sent);
  });

  it('says nothing to a player that is gone, and costs nothing', async () => {
    const before = (await app.call('GET', '/credits', { token: ann.token })).body;
    app.player.disconnect();
    await say({ text: 'Is anybody there', reply: 'gone' });
    expect(await reply('gone')).toMatchObject({ ok: false, code: 'player_unavailable' });
    const after = (await app.call('GET', '/credits', { token: ann.token })).body;
    expect(after['balance']).toBe(before['balance']);
    const { items } = (await app.call('GET', '/sounds/catalogue')).body as {
      items: { name: string }[];
    };
    const names = items.map(({ name }) => name);
    expect(names).toContain('Only once');
    expect(names).not.toContain('Is anybody there');
    app.player.connect();
  });
});

it('the WebSocket speaks too', async () => {
  const sent = app.player.plays().length;
  const socket: WebSocket = await openSocket(app, ann.token);
  const answered = new Promise<Record<string, unknown>>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as Record<string, unknown>;
      if (message['type'] === 'ack' || message['type'] === 'refused') resolve(message);
    });
  });
  const command = { id: 's1', command: 'say', data: { text: 'Over the socket' } };
  socket.send(JSON.stringify(command));
  expect(await answered).toMatchObject({ type: 'ack', id: 's1' });
  expect(app.player.plays().slice(sent)).toMatchObject([{ type: 'play' }]);
  socket.close();
});
