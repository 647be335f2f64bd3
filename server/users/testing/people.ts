import { connectAsync, type MqttClient } from 'mqtt';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { password, type Answer, type TestApp } from '../../testing/test-app.ts';

export type Person = { readonly id: string; readonly name: string; readonly token: string };

export const login = (
  app: TestApp,
  name: string,
  secret = password,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  app.call('POST', '/auth/login', { body: { name, password: secret }, token: null, headers });

/** Made by the admin, then signed in with the password of all tests. */
export const addPerson = async (
  app: TestApp,
  name: string,
  body: Record<string, unknown> = {},
): Promise<Person> => {
  const made = await app.call('POST', '/admin/users', { body: { name, password, ...body } });
  const signedIn = await login(app, name);
  return {
    id: made.body['id'] as string,
    name,
    token: signedIn.body['access_token'] as string,
  };
};

export const issueToken = async (
  app: TestApp,
  owner: Person,
  scopes: string[],
  more: Record<string, unknown> = {},
): Promise<string> => {
  const body = { name: 'Wall button', scopes, ...more };
  const made = await app.call('POST', '/auth/tokens', { body, token: owner.token });
  return made.body['token'] as string;
};

export const openSocket = async (app: TestApp, token: string): Promise<WebSocket> => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/socket`, ['bearer', token]);
  await once(socket, 'open');
  return socket;
};

/** Rejects where the broker refuses. */
export const openMqtt = (port: number, username: string, secret: string): Promise<MqttClient> =>
  connectAsync({
    host: '127.0.0.1',
    port,
    username,
    password: secret,
    reconnectPeriod: 0,
    // A refusal is an answer there, not a hang-up.
    protocolVersion: 5,
  });

export const mqttClosed = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => client.once('close', () => resolve()));

export const cookiesOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    headers.getSetCookie().map((cookie) => {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

/** Types of all events so far that are about this account, in order. */
export const eventsOf = async (app: TestApp, userId: string): Promise<string[]> => {
  const path = `/admin/audit/events?stream=user-${userId}&order=asc&limit=500`;
  const { items } = (await app.call('GET', path)).body as { items: { type: string }[] };
  return items.map(({ type }) => type);
};
