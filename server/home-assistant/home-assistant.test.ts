import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ffmpeg } from '../sounds/testing/audio-files.ts';
import { freePort } from '../testing/free-port.ts';
import { startMosquitto } from '../testing/mosquitto.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, openMqtt } from '../users/testing/people.ts';
import { coverBytesMax } from './cover.ts';
import { deviceDiscovery } from './testing/discovery-schema.ts';

type Cmps = Record<string, Record<string, unknown>>;

let app: TestApp;
let port: number;
let clients: MqttClient[];

beforeEach(async () => {
  clients = [];
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  for (const name of ['Gong.wav', 'Air horn.wav']) app.addSound(name, 300 + name.length);
  await app.call('POST', '/sounds/scan');
  app.player.connect();
});
afterEach(async () => {
  for (const client of clients) client.end(true);
  await app.stop();
});

const configTopic = 'homeassistant/device/encore_main/config';

const asHomeAssistant = async () => {
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  const token = await issueToken(app, mira, ['mqtt', 'play', 'player'], {
    kind: 'bridge',
    act_as: true,
  });
  const client = await openMqtt(port, 'Mira', token);
  clients.push(client);
  const configs: { payload: string; cmps: Cmps }[] = [];
  const latest = new Map<string, string>();
  client.on('message', (topic, bytes) => {
    const payload = bytes.toString();
    latest.set(topic, payload);
    if (topic !== configTopic || payload === '') return;
    const parsed = deviceDiscovery.parse(JSON.parse(payload));
    configs.push({ payload, cmps: parsed.cmps });
  });
  await client.subscribeAsync(['homeassistant/#', 'encore/#'], { qos: 1 });
  const until = (holds: (cmps: Cmps) => boolean) =>
    eventually(() => {
      const last = configs.at(-1);
      return last && holds(last.cmps) ? last.cmps : undefined;
    });
  const state = (name: string) =>
    eventually(() => {
      const payload = latest.get(`encore/main/state/${name}`);
      return payload ? (JSON.parse(payload) as Record<string, unknown>) : undefined;
    });
  return { client, configs, latest, until, state };
};

const listsOf = (cmps: Cmps) => (cmps['playlist']?.['options'] ?? []) as string[];
const tonesOf = (cmps: Cmps) => (cmps['siren']?.['available_tones'] ?? []) as string[];
const soundNamed = async (name: string) => {
  const { body } = await app.call('GET', `/sounds/?q=${encodeURIComponent(name)}`);
  return (body['items'] as { id: string }[])[0]?.id ?? '';
};

test('Home Assistant finds the box, its sounds and lists, and follows their names', async () => {
  const ha = await asHomeAssistant();
  const first = await ha.until((cmps) => tonesOf(cmps).length === 2);
  expect(tonesOf(first)).toEqual(['Air horn', 'Gong']);
  expect(first['playlist']?.['options']).toEqual(['All sounds']);
  const gong = await soundNamed('Gong');
  await app.call('PATCH', `/sounds/${gong}`, { body: { name: 'Dinner' } });
  await app.call('POST', '/playlists/', { body: { name: 'Party', visibility: 'household' } });
  const next = await ha.until((cmps) => tonesOf(cmps).includes('Dinner'));
  expect(tonesOf(next)).toEqual(['Air horn', 'Dinner']);
  await ha.until((cmps) => listsOf(cmps).includes('Party'));
});

test('a sound marked for it gets a button, which plays it, and is taken back with the mark', async () => {
  const ha = await asHomeAssistant();
  const gong = await soundNamed('Gong');
  await app.call('PATCH', `/sounds/${gong}`, { body: { tags: ['home-assistant'] } });
  const keyOf = (cmps: Cmps) => Object.keys(cmps).find((key) => key.startsWith('sound_')) ?? '';
  const cmps = await ha.until((now) => keyOf(now) !== '');
  const button = cmps[keyOf(cmps)] ?? {};
  expect(button).toMatchObject({ p: 'button', name: 'Gong' });
  const { command_topic, payload_press } = button as Record<string, string>;
  await ha.client.publishAsync(command_topic ?? '', payload_press ?? '', { qos: 1 });
  await eventually(() => app.player.plays().at(-1)?.sound_id === gong || undefined);
  await app.call('PATCH', `/sounds/${gong}`, { body: { tags: [] } });
  const after = await ha.until((now) => now[keyOf(now)]?.['name'] === undefined);
  expect(after[keyOf(after)]).toEqual({ p: 'button' });
  // Home Assistant may have been away: it is still told after a restart.
  app = await app.restart();
  const again = await asHomeAssistant();
  const later = await again.until(() => true);
  expect(later[keyOf(cmps)]).toEqual({ p: 'button' });
});

test('a bound button is a trigger, which follows its name and goes with it', async () => {
  const ha = await asHomeAssistant();
  const { body: binding } = await app.call('POST', '/admin/bindings', {
    body: {
      name: 'Hall button',
      filter: 'homeassistant/hall',
      match: { equals: 'single' },
      command: { type: 'none' },
    },
  });
  const id = String(binding['id']);
  const triggerOf = (cmps: Cmps) =>
    Object.entries(cmps).find(([key]) => key.startsWith('trigger_')) ?? ['', {}];
  const [key, trigger] = triggerOf(await ha.until((cmps) => triggerOf(cmps)[0] !== ''));
  expect(trigger).toMatchObject({ subtype: 'Hall button', payload: id });
  await ha.client.publishAsync('homeassistant/hall', 'single', { qos: 1 });
  const press = await eventually(() => ha.latest.get(String(trigger['topic'])));
  expect(JSON.parse(press)).toMatchObject({ event_type: 'pressed', id, name: 'Hall button' });
  await app.call('PATCH', `/admin/bindings/${id}`, { body: { name: 'Kitchen' } });
  await ha.until((cmps) => cmps[key]?.['subtype'] === 'Kitchen');
  await app.call('DELETE', `/admin/bindings/${id}`);
  const after = await ha.until((cmps) => cmps[key]?.['subtype'] === undefined);
  expect(after[key]).toEqual({ p: 'device_automation' });
});

test('a tag that a reader sees is scanned by its number', async () => {
  const ha = await asHomeAssistant();
  const { tags } = await ha.until(() => true);
  await app.call('POST', '/admin/bindings', {
    body: {
      name: 'Shelf',
      filter: 'homeassistant/shelf/tag',
      match: 'any',
      extract: { path: '', as: 'rfid' },
      command: { type: 'play' },
    },
  });
  await ha.client.publishAsync('homeassistant/shelf/tag', '74-10-37-94', { qos: 1 });
  const scanned = await eventually(() => ha.latest.get(String(tags?.['topic'])));
  expect(JSON.parse(scanned)).toMatchObject({ uid: '74103794' });
});

test('the cover is that of the track, as bytes that need no login, and none without a picture', async () => {
  const picture = join(app.dir, 'cover.png');
  await ffmpeg('-f', 'lavfi', '-i', 'color=blue:s=64x64:d=0.04', '-frames:v', '1', picture);
  const tone = ['-f', 'lavfi', '-i', 'sine=d=2'];
  const both = ['-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
  const covered = join(app.soundsDir, 'originals', 'soundboard', 'Covered.mp3');
  await ffmpeg(...tone, '-i', picture, ...both, covered);
  await app.call('POST', '/sounds/scan');
  const ha = await asHomeAssistant();
  const { cover } = await ha.until((cmps) => tonesOf(cmps).length === 3);
  const topic = String(cover?.['image_topic']);
  const { body } = await app.call('GET', '/player/state');
  const list = (body['playlist'] as { sounds: { name: string }[] }).sounds;
  const play = async (name: string) => {
    const index = list.findIndex((track) => track.name === name);
    await app.call('POST', `/player/play/${index}`);
  };
  await play('Covered');
  const bytes = await eventually(() => {
    const said = ha.latest.get(topic);
    return said === '' ? undefined : said;
  });
  const jpeg = Buffer.from(bytes, 'base64');
  expect(jpeg.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(jpeg.length).toBeLessThanOrEqual(coverBytesMax);
  // Whoever comes later is told as well.
  const later = await asHomeAssistant();
  await eventually(() => later.latest.get(topic) === bytes || undefined);
  await play('Gong');
  await eventually(() => ha.latest.get(topic) === '' || undefined);
});

test("somebody's credits are shown when they say so, and not before", async () => {
  const ha = await asHomeAssistant();
  const ben = await addPerson(app, 'Ben');
  await ha.until((cmps) => tonesOf(cmps).length === 2);
  const sensor = (cmps: Cmps) =>
    Object.values(cmps).find(({ name }) => String(name).startsWith('Credits of'));
  expect(sensor(ha.configs.at(-1)?.cmps ?? {})).toBeUndefined();
  const path = '/auth/me/home-assistant';
  expect((await app.call('GET', path, { token: ben.token })).body).toEqual({ credits: false });
  await app.call('PATCH', path, { body: { credits: true }, token: ben.token });
  const shown = sensor(await ha.until((cmps) => sensor(cmps) !== undefined));
  expect(shown).toMatchObject({
    name: 'Credits of Ben',
    state_topic: 'encore/main/state/users/Ben',
  });
  expect(await ha.state('users/Ben')).toMatchObject({ credits: 25 });
  await app.call('PATCH', path, { body: { credits: false }, token: ben.token });
  await ha.until((cmps) => sensor(cmps) === undefined);
});

test('born anew, Home Assistant is told again within five seconds', async () => {
  const ha = await asHomeAssistant();
  await ha.until((cmps) => tonesOf(cmps).length === 2);
  const before = ha.configs.length;
  await ha.client.publishAsync('homeassistant/status', 'online', { qos: 1 });
  await eventually(() => ha.configs.length > before || undefined);
  expect(ha.configs.at(-1)?.payload).toBe(ha.configs.at(-2)?.payload);
});

test('what its entities send is understood, and their states fit', async () => {
  const ha = await asHomeAssistant();
  const say = (topic: string, payload: unknown) =>
    ha.client.publishAsync(`encore/main/cmd/${topic}`, JSON.stringify(payload), { qos: 1 });
  await say('volume', { volume: 33 });
  await eventually(async () => (await ha.state('volume'))['volume'] === 33 || undefined);
  await say('mode', { mode: 'loop' });
  await eventually(async () => (await ha.state('mode'))['mode'] === 'loop' || undefined);
  await ha.client.publishAsync('encore/main/cmd/quiet', 'ON', { qos: 1 });
  await eventually(async () => (await ha.state('quiet'))['enabled'] === true || undefined);
  await ha.client.publishAsync('encore/main/cmd/quiet', 'OFF', { qos: 1 });
  await eventually(async () => (await ha.state('quiet'))['enabled'] === false || undefined);
  await say('siren', { state: 'ON', tone: 'Gong', duration: 5, volume_level: 0.4 });
  await eventually(() => app.player.plays().length > 0 || undefined);
});

test('switched off, the device is taken back', async () => {
  await app.stop(true);
  app = await startTestApp({
    dir: app.dir,
    environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port), MQTT_DISCOVERY: 'false' },
    adminToken: app.token() ?? '',
  });
  const ha = await asHomeAssistant();
  await ha.state('volume');
  expect(ha.configs).toEqual([]);
});

test('the whole house speaks through Mosquitto too', async () => {
  const mosquitto = await startMosquitto();
  await app.stop(true);
  app = await startTestApp({
    dir: app.dir,
    environment: { MQTT_MODE: 'external', MQTT_URL: mosquitto.url, MQTT_DISCOVERY_PREFIX: 'ha' },
    adminToken: app.token() ?? '',
  });
  app.player.connect();
  const client = await openMqtt(mosquitto.port, 'x', 'y');
  clients.push(client);
  const heard = new Map<string, string>();
  client.on('message', (topic, payload) => heard.set(topic, payload.toString()));
  await client.subscribeAsync('#', { qos: 1 });
  const config = await eventually(() => heard.get('ha/device/encore_main/config'));
  const { cmps } = deviceDiscovery.parse(JSON.parse(config));
  expect(tonesOf(cmps)).toEqual(['Air horn', 'Gong']);
  // Taken back: it would be refused, as the house is no admin.
  expect(cmps['quiet']).toEqual({ p: 'switch' });
  await client.publishAsync('encore/main/cmd/siren', '{"state":"ON","tone":"Gong"}', { qos: 1 });
  await eventually(() => app.player.plays().length > 0 || undefined);
  const { body } = await app.call('GET', '/admin/mqtt');
  expect(body).toMatchObject({ mode: 'external', state: 'ok', url: mosquitto.url });
  heard.delete('ha/device/encore_main/config');
  await client.publishAsync('ha/status', 'online', { qos: 1 });
  await eventually(() => heard.get('ha/device/encore_main/config'));
  await mosquitto.remove();
});
