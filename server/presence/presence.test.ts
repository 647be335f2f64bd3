import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
let userId: string;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  app = await startTestApp();
  userId = ((await app.setUp()).body['user'] as { id: string }).id;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await app.stop();
});

type Message = { type: string; data: Record<string, unknown> };

const openWindow = async (name = 'Mira') => {
  const body = { name, password: 'correct horse battery' };
  const token = (await app.call('POST', '/auth/login', { body })).body['access_token'] as string;
  const url = `${app.url.replace('http', 'ws')}/api/v1/socket`;
  const socket = new WebSocket(url, ['bearer', token]);
  sockets.push(socket);
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as Message));
  const next = (type: string) => eventually(() => messages.find((one) => one.type === type));
  await next('hello');
  return { socket, messages, next };
};
const people = async () => (await app.call('GET', '/socket/status')).body['items'];

it('knows who has windows open, and tells the others when the last one closes', async () => {
  expect(await people()).toEqual([]);
  const first = await openWindow();
  const second = await openWindow();
  expect(await people()).toMatchObject([{ user_id: userId, name: 'Mira', windows: 2 }]);
  expect(first.messages.filter(({ type }) => type === 'user_connected')).toHaveLength(0);
  first.socket.close();
  await eventually(
    async () => ((await people()) as { windows: number }[])[0]?.windows === 1 || undefined,
  );
  second.socket.close();
  await eventually(async () => ((await people()) as unknown[]).length === 0 || undefined);
});

it('shows who has another name under that one, as soon as their windows are back', async () => {
  const before = await openWindow();
  const closed = new Promise((resolve) => before.socket.once('close', resolve));
  await app.call('PATCH', '/auth/me', { body: { name: 'Miranda' } });
  expect(await closed).toBe(1012);
  await openWindow('Miranda');
  expect(await people()).toMatchObject([{ user_id: userId, name: 'Miranda', windows: 1 }]);
});

it('brings a message to every window of one person, and keeps that it was sent but not what', async () => {
  const send = () =>
    app.call('POST', '/socket/send-message', { body: { user_id: userId, message: 'Dinner!' } });
  expect((await send()).body['code']).toBe('not_connected');
  const windows = [await openWindow(), await openWindow()];
  expect((await send()).body).toEqual({ windows: 2 });
  for (const { next } of windows) {
    expect((await next('user_message')).data).toEqual({
      from_user_id: userId,
      from_name: 'Mira',
      message: 'Dinner!',
    });
  }
  const { body } = await app.call('GET', '/admin/audit/events?type=MessageSent');
  expect(body['items']).toHaveLength(1);
  expect(JSON.stringify(body)).not.toContain('Dinner');
});
