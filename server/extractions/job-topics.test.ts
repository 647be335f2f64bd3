import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, openMqtt, type Person } from '../users/testing/people.ts';
import { extracting } from './testing/extracting.ts';
import { fakeSource, type FakeSource } from './testing/fake-source.ts';

let app: TestApp;
let ann: Person;
let links: FakeSource;
let client: MqttClient;
let port: number;
let heard: { topic: string; text: string; retain: boolean }[];

const { begin } = extracting(
  () => app,
  () => ann,
);

const start = async (more: Parameters<typeof startTestApp>[0] = {}) => {
  links = fakeSource();
  links.hold('download');
  port = await freePort();
  app = await startTestApp({
    mediaSource: links,
    audioExtractor: links.audio,
    environment: {
      EXTRACTION_AUDIO_FORMAT: 'wav',
      MQTT_MODE: 'embedded',
      MQTT_PORT: String(port),
    },
    ...more,
  });
};
const listen = async (secret: string) => {
  heard = [];
  client = await openMqtt(port, 'Ann', secret);
  client.on('message', (topic, payload, { retain }) =>
    heard.push({ topic, text: payload.toString(), retain }),
  );
  await client.subscribeAsync('encore/main/state/jobs/#');
};
const told = (text: string) =>
  eventually(() => heard.find((message) => message.text.includes(text)));

beforeEach(async () => {
  await start();
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
});
afterEach(async () => {
  await client.endAsync(true);
  await app.stop();
});

it('a job is on a topic of its own, retained, and stands there again after a restart', async () => {
  const secret = await issueToken(app, ann, ['mqtt']);
  await listen(secret);
  const id = await begin('https://media.example/a');
  const message = await told('"downloading"');
  expect(message).toMatchObject({ topic: `encore/main/state/jobs/${id}` });
  expect(JSON.parse(message.text)).toEqual({
    percent: 0,
    stage: 'downloading',
    title: 'extraction',
  });
  await client.endAsync(true);
  await listen(secret);
  expect((await told('"downloading"')).retain).toBe(true);

  await client.endAsync(true);
  const { dir } = app;
  const adminToken = app.token() ?? '';
  await app.stop(true);
  await start({ dir, adminToken });
  await listen(secret);
  expect(await told(`"title":"extraction"`)).toMatchObject({
    topic: `encore/main/state/jobs/${id}`,
    retain: true,
  });
});
