import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { malformedPackets } from './adapters/testing/malformed-mqtt.ts';
import { rawConnect } from './adapters/testing/raw-mqtt.ts';
import { freePort } from './testing/free-port.ts';
import { liveMemoryMiB } from './testing/live-memory.ts';
import { eventually, startTestApp, type TestApp } from './testing/test-app.ts';
import { issueToken, openMqtt } from './users/testing/people.ts';

const packetsPerSeed = 10_000;
const atOnce = 50;
const grownMiBMax = 32;

let app: TestApp;
let port: number;
let token: string;
let gong: string;
let startedMiB: number;

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

/** Says it, after a login or before one, and hears the broker hang up. */
const say = async (packet: Buffer, version: 4 | 5, loggedIn: boolean) => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  // Whatever comes back is nobody's concern.
  socket.resume();
  if (loggedIn) socket.write(rawConnect(version, 'Mira', token));
  socket.end(packet);
  await closed;
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

test.each([11, 22, 33, 44, 55])(
  '10,000 malformed packets (seed %i) harm nobody, and presses over HTTP sound meanwhile',
  async (seed) => {
    const next = malformedPackets(seed);
    const plays = app.player.plays().length;
    for (let sent = 0; sent < packetsPerSeed; sent += atOnce) {
      const batch = Array.from({ length: atOnce }, (_, index) => {
        const version = index % 2 === 0 ? 4 : 5;
        return say(next(version), version, index % 4 < 3);
      });
      await Promise.all([...batch, press()]);
    }
    expect(app.player.plays().length - plays).toBeGreaterThanOrEqual(packetsPerSeed / atOnce);
    const client = await openMqtt(port, 'Mira', token);
    const before = app.player.plays().length;
    await client.publishAsync('encore/main/cmd/play', 'Gong', { qos: 1 });
    await eventually(() => app.player.plays().length > before || undefined);
    await client.endAsync();
    // What the first thousands leave behind is code that is warm and caches that are full.
    startedMiB ??= liveMemoryMiB();
    expect(liveMemoryMiB() - startedMiB).toBeLessThan(grownMiBMax);
  },
  180_000,
);
