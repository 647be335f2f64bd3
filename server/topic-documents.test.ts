import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { outTopics } from './adapters/mqtt/topic-tree.ts';
import { topicsPage } from './adapters/mqtt/topic-documents.ts';
import { freePort } from './testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from './testing/test-app.ts';
import { issueToken, openMqtt } from './users/testing/people.ts';

let app: TestApp;
let port: number;

beforeAll(async () => {
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
});
afterAll(() => app.stop());

test('the page of topics is that of the running app', async () => {
  await expect(topicsPage(app.offers)).toMatchFileSnapshot('../firmware-integrations/TOPICS.md');
});

const ref = z.strictObject({ $ref: z.string().startsWith('#/') });
const asyncApi = z.strictObject({
  asyncapi: z.literal('3.0.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  defaultContentType: z.literal('application/json'),
  servers: z.record(
    z.string(),
    z.strictObject({
      host: z.string(),
      protocol: z.enum(['mqtt', 'ws']),
      pathname: z.string().optional(),
      description: z.string().optional(),
    }),
  ),
  channels: z.record(
    z.string().regex(/^\w+$/),
    z.strictObject({
      address: z.string(),
      servers: z.array(ref),
      parameters: z.record(z.string(), z.object({})).optional(),
      messages: z.record(
        z.string(),
        z.strictObject({ name: z.string(), summary: z.string(), payload: z.looseObject({}) }),
      ),
    }),
  ),
  operations: z.record(
    z.string().regex(/^(?:send|receive)_\w+$/),
    z.strictObject({
      action: z.enum(['send', 'receive']),
      channel: ref,
      summary: z.string().min(1),
      messages: z.array(ref).min(1),
      bindings: z
        .strictObject({ mqtt: z.strictObject({ qos: z.number(), retain: z.boolean() }) })
        .optional(),
      'x-role': z.string().optional(),
      'x-scope': z.string().optional(),
    }),
  ),
});

const find = (document: unknown, pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);

test('the AsyncAPI document has every topic and command, and every reference leads somewhere', async () => {
  const { status, body } = await app.call('GET', '/asyncapi.json', { token: null });
  expect(status).toBe(200);
  const document = asyncApi.parse(body);
  expect(document.servers['mqtt']?.host).toBe(`127.0.0.1:${port}`);
  const addresses = Object.values(document.channels).map(({ address }) => address);
  for (const { topic } of [...app.offers.topics, ...outTopics]) {
    expect(addresses).toContain(`encore/main/${topic}`);
  }
  for (const { command } of app.offers.socketCommands) {
    expect(document.channels).toHaveProperty(`socket_${command}`);
  }
  const pointers = [...JSON.stringify(body).matchAll(/"\$ref":"(#\/[^"]+)"/g)].map(
    ([, to]) => to ?? '',
  );
  expect(pointers.length).toBeGreaterThan(50);
  for (const pointer of pointers.filter((one) => !one.startsWith('#/$defs'))) {
    expect([pointer, find(body, pointer) !== undefined]).toEqual([pointer, true]);
  }
});

test('what the box says is as the page says it', async () => {
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  const client = await openMqtt(port, 'Mira', await issueToken(app, mira, ['mqtt', 'admin']));
  const heard = new Map<string, string>();
  client.on('message', (topic, payload) => heard.set(topic, payload.toString()));
  await client.subscribeAsync('encore/main/#', { qos: 1 });
  await eventually(() => heard.get('encore/main/state/users/Mira'));
  await eventually(() => heard.get('encore/main/state/siren'));
  await client.endAsync();
  const schemaFor = (topic: string) =>
    outTopics.find((one) =>
      new RegExp(`^encore/main/${one.topic.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(topic),
    )?.payload;
  for (const [topic, payload] of heard) {
    const value: unknown = payload.startsWith('{') ? JSON.parse(payload) : payload;
    expect([topic, schemaFor(topic)?.safeParse(value).error]).toEqual([topic, undefined]);
    expect([topic, schemaFor(topic) !== undefined]).toEqual([topic, true]);
  }
});
