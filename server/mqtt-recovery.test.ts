import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breaking } from './testing/broken-broker.ts';
import { startRealHouse, type RealHouse } from './testing/real-house.ts';
import { sineWav } from './testing/sine-wav.ts';
import { eventually } from './testing/test-app.ts';

const clipMs = 3000;
const fault = pathToFileURL(join(import.meta.dirname, 'testing', 'broken-broker.ts')).href;

let house: RealHouse;
let token: string;

beforeAll(async () => {
  house = await startRealHouse({
    // On a machine that is busy with tests the player must not be what stutters.
    env: { PLAYER_BUFFER_MS: '80', NODE_OPTIONS: `--import=${fault}` },
    fill: (soundsDir) =>
      writeFileSync(join(soundsDir, 'originals', 'soundboard', 'Long.wav'), sineWav(500, clipMs)),
  });
  token = await house.apiToken(await house.setUp());
}, 90_000);
afterAll(() => house.stop(), 30_000);

const api = async (method: string, path: string) => {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${house.url}/api/v1${path}`, { method, headers });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body };
};
const mqttState = async () => (await api('GET', '/admin/mqtt')).body['state'];
const dial = (clientId: string) =>
  connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, {
    username: 'Mira',
    password: token,
    clientId,
    protocolVersion: 5,
    reconnectPeriod: 0,
  });

it(
  'a fault deep inside the broker is heard by nobody: the sound plays on, the API answers, the broker comes back',
  { retry: 1, timeout: 60_000 },
  async () => {
    const pid = house.pidOf('server');
    const { items } = (await api('GET', '/sounds/')).body as { items: { id: string }[] };
    const recorder = await house.sink.record();
    const { body } = await api('POST', `/sounds/play/${items[0]?.id}`);
    const playPath = `/plays/${body['play_id'] as string}`;
    await eventually(() => (recorder.heard().sounds().length > 0 ? true : undefined));

    // It may be greeted before the fault comes.
    await dial(breaking).catch(() => undefined);
    await eventually(() => house.output().includes('failed and starts anew') || undefined);
    expect((await api('GET', playPath)).status).toBe(200);
    await eventually(async () => (await mqttState()) === 'ok' || undefined);

    const play = await eventually(async () => {
      const { body: now } = await api('GET', playPath);
      return now['ended_at'] === null ? undefined : now;
    });
    expect(play).toMatchObject({ status: 'finished' });
    await eventually(() => {
      const [sound] = recorder.heard().sounds();
      return sound && sound.lengthMs > clipMs * 0.98 ? true : undefined;
    });
    expect((await recorder.stop()).sounds()).toHaveLength(1);
    expect(house.pidOf('server')).toBe(pid);

    const client = await dial('panel');
    await client.publishAsync('encore/main/cmd/play', 'Long', { qos: 1 });
    await eventually(async () => {
      const { items: plays } = (await api('GET', '/plays?limit=1')).body as {
        items: { origin: string }[];
      };
      return plays[0]?.origin === 'mqtt' || undefined;
    });
    await client.endAsync();
  },
);
