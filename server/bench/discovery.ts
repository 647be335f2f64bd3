import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { mqttLimits } from '../adapters/mqtt/limits.ts';
import { openStorage } from '../kernel/storage.ts';
import { freePort } from '../testing/free-port.ts';
import { openMqtt } from '../users/testing/people.ts';
import { atMost, atRest, median, p95, timed, type Bench, type Row } from './bench.ts';
import { startBenchApp } from './bench-app.ts';
import { fillSounds } from './library.ts';
import { onDisk } from './plays.ts';

const sounds = 1000;
const arrivals = 50;
const renames = 5;
/** What Home Assistant's recorder keeps of an entity's attributes. */
const attributeBytesMax = 16 * 1024;
const entitiesMax = 10_000;
/** Changes are told once none has come for so long: a rename waits for it as well. */
const quietMs = 2000;
const renameMsMax = quietMs + 1000;
const arrivalMsMax = 250;
const configTopic = 'homeassistant/device/encore_main/config';

type Config = { cmps: Record<string, { available_tones?: string[]; unique_id?: string }> };

/** The message as it is heard; `next` waits for another than the one before. */
const listen = async (client: MqttClient) => {
  let last = '';
  let wake = () => undefined as void;
  client.on('message', (_topic, payload) => {
    last = payload.toString();
    wake();
  });
  await client.subscribeAsync(configTopic, { qos: 1 });
  return async (before: string): Promise<string> => {
    if (last === before) {
      await new Promise<void>((resolve) => {
        wake = () => {
          if (last !== before) resolve();
        };
      });
    }
    return last;
  };
};

const sizes = (message: string): Row[] => {
  const components = Object.values((JSON.parse(message) as Config).cmps);
  const tones = components.flatMap(({ available_tones = [] }) => available_tones);
  const entities = components.filter(({ unique_id }) => unique_id !== undefined).length;
  const row = (name: string, unit: string, value: number, limit: number): Row => ({
    name,
    unit,
    median: value,
    goal: atMost(limit, value, ` ${unit}`),
  });
  const bytesOf = (text: string) => Buffer.byteLength(text);
  return [
    row('the message', 'bytes', bytesOf(message), mqttLimits.packetBytesMax),
    row(`${tones.length} tones`, 'bytes', bytesOf(JSON.stringify(tones)), attributeBytesMax),
    row('entities', 'entities', entities, entitiesMax),
  ];
};

const times = (name: string, samples: readonly number[], limit: number): Row => {
  const slow = p95(samples);
  const goal = atMost(limit, slow, ' ms p95');
  return { name, unit: 'ms', median: median(samples), p95: slow, goal };
};

/** A thousand sounds as one device of Home Assistant, every one marked to be shown. */
export const discovery: Bench = {
  name: 'discovery',
  run: () =>
    onDisk(async (folder) => {
      const storage = openStorage(join(folder, 'encore.db'));
      const [renamed] = fillSounds(storage, sounds, ['home-assistant']);
      const port = await freePort();
      const environment = { MQTT_MODE: 'embedded', MQTT_PORT: String(port) };
      const { app, base, token } = await startBenchApp(folder, storage, environment);
      const send = async (method: string, path: string, body: unknown) => {
        const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
        const answer = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return (await answer.json()) as Record<string, unknown>;
      };
      const scopes = ['mqtt', 'play', 'player'];
      const bridge = await send('POST', '/auth/tokens', { name: 'bench', kind: 'bridge', scopes });
      const clients: MqttClient[] = [];
      const arrive = async () => {
        const client = await openMqtt(port, 'Mira', String(bridge['token']));
        clients.push(client);
        const next = await listen(client);
        return { next, message: await next('') };
      };
      try {
        await atRest();
        const arriving: number[] = [];
        for (let round = 0; round < arrivals; round++) arriving.push(await timed(arrive));
        const { next, message } = await arrive();
        const renaming: number[] = [];
        let last = message;
        for (let round = 0; round < renames; round++) {
          const from = performance.now();
          await send('PATCH', `/sounds/${renamed}`, { name: `Another name ${round}` });
          last = await next(last);
          renaming.push(performance.now() - from);
        }
        return [
          ...sizes(message),
          times('connect → heard', arriving, arrivalMsMax),
          times(`rename → heard, ${quietMs} ms of quiet in it`, renaming, renameMsMax),
        ];
      } finally {
        for (const client of clients) client.end(true);
        await app.stop();
      }
    }),
};
