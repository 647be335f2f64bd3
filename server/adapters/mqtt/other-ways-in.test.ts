import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../../testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from '../../testing/test-app.ts';
import { issueToken } from '../../users/testing/people.ts';

let app: TestApp;
let dir: string;
let tlsPort: number;
let token: string;
const clients: MqttClient[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'encore-tls-'));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const days = ['-days', '2', '-nodes', '-subj', '/CN=localhost'];
  const name = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...days, ...name],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  tlsPort = await freePort();
  app = await startTestApp({
    environment: {
      MQTT_MODE: 'embedded',
      MQTT_PORT: String(port),
      MQTT_TLS_PORT: String(tlsPort),
      MQTT_TLS_CERT: cert,
      MQTT_TLS_KEY: key,
      MQTT_WS: 'true',
    },
  });
  await app.setUp();
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  token = await issueToken(app, mira, ['mqtt', 'player', 'admin']);
}, 60_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true);
});
afterAll(async () => {
  await app.stop();
  rmSync(dir, { recursive: true });
});

const dial = async (url: string, options: IClientOptions = {}) => {
  const login = { username: 'Mira', password: token, reconnectPeriod: 0 };
  const client = await mqtt.connectAsync(url, { ...login, protocolVersion: 5, ...options });
  clients.push(client);
  return client;
};

const speaks = async (client: MqttClient) => {
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync('encore/main/status');
  await eventually(() => heard.includes('encore/main/status online') || undefined);
  const [mine] = (await app.call('GET', '/admin/mqtt')).body['clients'] as Record<string, string>[];
  expect(mine).toMatchObject({ name: 'Mira', address: '127.0.0.1' });
};

const socketUrl = () => `${app.url.replace('http', 'ws')}/mqtt`;

test.each([4, 5] as const)('MQTT with TLS (version %i)', async (protocolVersion) => {
  const ca = readFileSync(join(dir, 'cert.pem'));
  await speaks(await dial(`mqtts://localhost:${tlsPort}`, { ca, protocolVersion }));
});

test.each([4, 5] as const)('MQTT over WebSocket (version %i)', async (protocolVersion) => {
  await speaks(await dial(socketUrl(), { protocolVersion }));
});

test('over WebSocket the login is the same', async () => {
  await expect(dial(socketUrl(), { password: 'guess' })).rejects.toThrow(
    /not authorized|bad user/i,
  );
});

const statusOf = (url: string, protocols: string[], origin?: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url, protocols, origin === undefined ? {} : { origin });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('error', () => undefined);
  });

test('pages of other sites are refused, and so is what speaks no MQTT', async () => {
  expect(await statusOf(socketUrl(), ['mqtt'], 'https://evil.example')).toBe(403);
  expect(await statusOf(socketUrl(), ['mqtt'], app.url)).toBe(101);
  expect(await statusOf(socketUrl(), ['chat'])).toBe(400);
  expect(await statusOf(`${app.url.replace('http', 'ws')}/elsewhere`, ['mqtt'])).toBe(404);
});

test('a certificate that cannot be read is degraded, in words, and plain MQTT goes on', async () => {
  const port = await freePort();
  writeFileSync(join(dir, 'broken.pem'), 'no certificate');
  const other = await startTestApp({
    environment: {
      MQTT_MODE: 'embedded',
      MQTT_PORT: String(port),
      MQTT_TLS_PORT: String(await freePort()),
      MQTT_TLS_CERT: join(dir, 'broken.pem'),
      MQTT_TLS_KEY: join(dir, 'missing.pem'),
    },
  });
  const { status, body } = await other.call('GET', '/admin/mqtt', { token: null });
  expect([status, body['code']]).toEqual([401, 'sign_in_needed']);
  const ready = (await (await fetch(`${other.url}/readyz`)).json()) as {
    parts: Record<string, { state: string; detail: string }>;
  };
  expect(ready.parts['mqtt']?.state).toBe('degraded');
  expect(ready.parts['mqtt']?.detail).toMatch(/MQTT_TLS_CERT and MQTT_TLS_KEY .*; trying again/);
  await expect(
    mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }),
  ).rejects.toThrow(/not authorized|bad user/i);
  await other.stop();
});

test('without the switch there is no MQTT at the HTTP port', async () => {
  const other = await startTestApp({
    environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(await freePort()) },
  });
  expect(await statusOf(`${other.url.replace('http', 'ws')}/mqtt`, ['mqtt'])).toBe(404);
  await other.stop();
});
