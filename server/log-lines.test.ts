import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './testing/free-port.ts';
import { eventually, password, setupCode, startTestApp, type TestApp } from './testing/test-app.ts';
import { issueToken, login, openMqtt, openSocket } from './users/testing/people.ts';

type Line = Record<string, unknown>;
type AuditEvent = { type: string; correlation_id: string; origin: string };

let app: TestApp;
let mqttPort: number;
let soundId: string;
let text = '';
const lines = (): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const linesOf = (requestId: string | null) =>
  lines().filter((line) => line['request_id'] === requestId);

beforeAll(async () => {
  // Nothing is censored here: a secret must not get as far as the log at all.
  const logger = pino({ level: 'debug' }, { write: (line) => void (text += line) });
  mqttPort = await freePort();
  app = await startTestApp({
    logger,
    environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(mqttPort) },
  });
  app.addSound('Air horn.wav');
  await app.setUp();
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/');
  soundId = (body['items'] as { id: string }[])[0]?.id ?? '';
  app.player.connect();
});
afterAll(() => app.stop());

const eventsOf = async (correlation: string | null): Promise<AuditEvent[]> => {
  const { body } = await app.call('GET', `/admin/audit/events?correlation_id=${correlation}`);
  return body['items'] as AuditEvent[];
};

describe('a request', () => {
  it('has one line with its time, whatever became of it', async () => {
    const answers = [
      await app.call('GET', '/player/state'),
      await app.call('POST', `/sounds/play/${soundId}`),
      await app.call('POST', '/sounds/play/no-such-sound'),
      await app.call('GET', '/auth/me', { token: null }),
      await app.call('GET', '/nowhere'),
    ];
    for (const { status, headers } of answers) {
      const found = linesOf(headers.get('x-request-id')).filter(({ msg }) => msg === 'request');
      expect(found).toEqual([expect.objectContaining({ status, ms: expect.any(Number) })]);
    }
  });

  it('names all that follows from it, up to what the player reports of its sound', async () => {
    const answer = await app.call('POST', `/sounds/play/${soundId}`);
    const requestId = answer.headers.get('x-request-id');
    const play_id = answer.body['play_id'] as string;
    app.player.report({
      type: 'voice_started',
      command_id: play_id,
      play_id,
      at_ms: 0,
      latency_ms: 20,
    });
    const events = await eventually(async () => {
      const found = await eventsOf(requestId);
      return found.some(({ type }) => type === 'PlayStarted') ? found : undefined;
    });
    expect(events.map(({ type, origin }) => [type, origin])).toEqual(
      expect.arrayContaining([
        ['PlayRequested', 'http'],
        ['PlayStarted', 'system'],
      ]),
    );
    expect(new Set(events.map(({ correlation_id }) => correlation_id))).toEqual(
      new Set([requestId]),
    );
  });
});

it('no secret gets into the log, through whichever door it came', async () => {
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  const apiToken = await issueToken(app, mira, ['read', 'play', 'mqtt']);
  const signedIn = await login(app, 'Mira');
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  await app.call('POST', '/auth/refresh', {
    token: null,
    headers: { Cookie: cookies.join('; '), Origin: app.url },
  });
  const wrong = 'wrong battery staple';
  await login(app, 'Mira', wrong);
  const chosen = 'another good password';
  const changed = { current_password: password, new_password: chosen };
  expect((await app.call('POST', '/auth/me/password', { body: changed })).status).toBe(204);
  const invite = await app.call('POST', '/admin/invites', { body: {} });
  expect(invite.status).toBe(201);
  await app.call('GET', `/auth/me?token=${apiToken}`, { token: apiToken });
  const callback = '/api/v1/auth/oidc/callback?code=a-code-of-the-issuer&state=a-state';
  await fetch(app.url + callback, { redirect: 'manual' });
  const socket = await openSocket(app, apiToken);
  socket.send(JSON.stringify({ id: '1', command: 'nonsense', data: { password: wrong } }));
  socket.close();
  const button = await openMqtt(mqttPort, 'Mira', apiToken);
  await button.publishAsync('encore/main/cmd/play', '{ broken');
  await button.endAsync();
  await expect(openMqtt(mqttPort, 'Mira', wrong)).rejects.toThrow(/./);

  const secrets = [
    setupCode,
    password,
    wrong,
    chosen,
    apiToken,
    mira.token,
    signedIn.body['access_token'] as string,
    ...cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1)),
    'a-code-of-the-issuer',
    String(invite.body['link']).split('=')[1] ?? '',
  ];
  expect(secrets.filter((secret) => secret.length < 9)).toEqual([]);
  expect(lines().length).toBeGreaterThan(20);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});
