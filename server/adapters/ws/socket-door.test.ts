import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { done } from '../../kernel/command-bus.ts';
import type { Feed } from '../../kernel/feed.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { counterFeed, counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { seededBytes } from '../testing/seeded-bytes.ts';
import type { SocketLimits } from './limits.ts';
import { createPresence, type Presence } from '../../presence/presence.ts';
import { createSocketDoor, type SocketDoor } from './socket-door.ts';

type Message = { type: string } & Record<string, unknown>;

let kernel: ReturnType<typeof testKernel>;
let httpServer: Server;
let feed: Feed;
let presence: Presence;
let door: SocketDoor;
let logger: ReturnType<typeof rememberingLogger>;
let authenticator: ReturnType<typeof fakeAuthenticator>;
let port: number;
let clients: (WebSocket | Socket)[];

const openDoor = async (limits: Partial<SocketLimits> = {}) => {
  kernel = testKernel();
  presence = createPresence(kernel.clock.now);
  logger = rememberingLogger();
  authenticator = fakeAuthenticator(
    person('ann'),
    person('gus', { role: 'guest' }),
    person('robot', { scopes: new Set(['read']) }),
  );
  feed = kernel.connect({ feed: [counterFeed], reactors: [] }).feed;
  kernel.start();
  httpServer = createServer((_, response) => response.end('plain'));
  door = createSocketDoor({
    httpServer,
    feed,
    kernel,
    authenticator,
    presence,
    socketCommands: [counterModule(kernel).ringCommand],
    watches: [{ command: 'watch_voices', type: 'voices' }],
    room: 'main',
    version: '1.2.3',
    boxId: 'box-1',
    settings: { publicUrl: 'https://box.example', trustProxy: false },
    logger,
    limits,
  });
  door.start();
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  port = (httpServer.address() as AddressInfo).port;
};

const closeDoor = async () => {
  for (const client of clients) {
    if (client instanceof WebSocket) client.terminate();
    else client.destroy();
  }
  await door.stop();
  httpServer.close();
  await kernel.stop();
};

beforeEach(async () => {
  clients = [];
  await openDoor();
});
afterEach(closeDoor);

const dial = (
  options: { token?: string; path?: string; headers?: Record<string, string> } = {},
) => {
  const { token = 'ann-token', path = '/api/v1/socket', headers = {} } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, token ? ['bearer', token] : [], {
    headers,
  });
  clients.push(socket);
  const messages: Message[] = [];
  let wake = () => undefined as void;
  socket.on('message', (data) => {
    messages.push(JSON.parse((data as Buffer).toString()) as Message);
    wake();
  });
  const next = async (): Promise<Message> => {
    while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return messages.shift() as Message;
  };
  const ended = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    socket.on('error', () => undefined);
  });
  const refused = new Promise<number | undefined>((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode);
      socket.terminate();
    });
  });
  const say = (body: unknown) =>
    socket.send(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  return { socket, messages, next, ended, refused, say };
};

const greeted = async (options?: Parameters<typeof dial>[0]) => {
  const client = dial(options);
  expect((await client.next()).type).toBe('hello');
  return client;
};

const ringTimes = async (times: number) => {
  const { ringCommand } = counterModule(kernel);
  for (let count = 0; count < times; count++) {
    await ringCommand.handle({
      data: { name: 'door' },
      identity: person('ann'),
      command: { actor: 'a', origin: 'system' },
      receivedAtMs: 0,
    });
  }
};

test('hello comes first and says where the log ends and which box this is', async () => {
  await ringTimes(2);
  const client = dial();
  expect(await client.next()).toEqual({
    type: 'hello',
    at: '2026-01-01T12:00:00.000Z',
    data: { position: 2, version: '1.2.3', room: 'main', id: 'box-1' },
  });
  expect(client.socket.protocol).toBe('bearer');
  expect(presence.people()).toEqual([
    { userId: 'id-of-ann', name: 'ann', windows: 1, since: Date.UTC(2026, 0, 1, 12) },
  ]);
});

test('a listener does without what they do not watch, and hears it again when they do', async () => {
  const [client, other] = [await greeted(), await greeted()];
  const choose = async (id: string, data: unknown) => {
    client.say({ id, command: 'watch_voices', data });
    return client.next();
  };
  const say = (data: Record<string, unknown>) => kernel.publish({ type: 'voices', data });
  expect(await choose('1', { watch: false })).toEqual({
    type: 'ack',
    id: '1',
    data: { watch: false },
  });
  say({ number: 1 });
  expect(await choose('2', { watch: 'no' })).toMatchObject({
    type: 'refused',
    code: 'invalid_fields',
  });
  say({ number: 2 });
  expect(await choose('3', { watch: true })).toMatchObject({ type: 'ack' });
  say({ number: 3 });
  expect(await client.next()).toMatchObject({ type: 'voices', data: { number: 3 } });
  for (const number of [1, 2, 3]) expect(await other.next()).toMatchObject({ data: { number } });
});

test('a listener who comes back hears what was missed, in order, once, then live', async () => {
  await ringTimes(4);
  const client = await greeted({ path: '/api/v1/socket?after=1' });
  await ringTimes(1);
  kernel.publish({ type: 'voices', data: { voices: [] } });
  const heard = [
    await client.next(),
    await client.next(),
    await client.next(),
    await client.next(),
    await client.next(),
  ];
  expect(heard.map(({ type, position }) => [type, position])).toEqual([
    ['bell_rung', 2],
    ['bell_rung', 3],
    ['bell_rung', 4],
    ['bell_rung', 5],
    ['voices', undefined],
  ]);
  expect(heard[0]).toEqual({
    type: 'bell_rung',
    position: 2,
    at: '2026-01-01T12:00:00.000Z',
    data: { name: 'door', count: 2 },
  });
});

test('a message for some is not sent to others', async () => {
  const [ann, gus] = [await greeted(), await greeted({ token: 'gus-token' })];
  feed.publish({ type: 'user_message', data: {}, audience: ({ actor }) => actor === 'id-of-ann' });
  feed.publish({ type: 'for_all', data: {} });
  expect((await ann.next()).type).toBe('user_message');
  const heard = await gus.next();
  expect(heard).toEqual({ type: 'for_all', at: '2026-01-01T12:00:00.000Z', data: {} });
});

test('who is not known, comes from another site or asks for another place is not let in', async () => {
  expect(await dial({ token: 'stranger' }).refused).toBe(401);
  expect(await dial({ token: '' }).refused).toBe(401);
  expect(await dial({ path: '/elsewhere' }).refused).toBe(404);
  expect(await dial({ path: '//' }).refused).toBe(404);
  expect(await dial({ path: '/api/v1/socket?after=-1' }).refused).toBe(400);
  expect(await dial({ path: '/api/v1/socket?after=x' }).refused).toBe(400);
  const cookie = 'other=1; encore_access=ann-token';
  expect(
    await dial({ token: '', headers: { cookie, origin: 'https://evil.example' } }).refused,
  ).toBe(403);
  await greeted({ token: '', headers: { cookie, origin: `http://127.0.0.1:${port}` } });
  await greeted({
    token: '',
    path: '/api/v1/socket/',
    headers: { cookie, origin: 'https://box.example' },
  });
});

test('a refused handshake says why as every refusal does', async () => {
  const headers = { connection: 'upgrade', upgrade: 'websocket' };
  const asked = request({ port, path: '/api/v1/socket', headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'www-authenticate': 'Bearer',
    'cache-control': 'no-store',
  });
  const problem = JSON.parse((await response.toArray()).join('')) as Record<string, unknown>;
  expect(problem).toMatchObject({ status: 401, code: 'sign_in_needed' });
  expect(problem['request_id']).toBe(response.headers['x-request-id']);
});

test('a program may send the token as it does with HTTP', async () => {
  const authorization = 'Bearer ann-token';
  await greeted({ token: '', headers: { authorization } });
  expect(await dial({ token: '', headers: { authorization: 'Basic x' } }).refused).toBe(401);
  const cookie = 'encore_access=ann-token';
  const stranger = { authorization: 'Bearer stranger', cookie };
  expect(await dial({ token: '', headers: stranger }).refused).toBe(401);
});

test('commands are answered, refused in words, and repeats do nothing', async () => {
  const client = await greeted();
  const ask = async (command: string, data: unknown, id: string) => {
    client.say({ id, command, data });
    for (;;) {
      const message = await client.next();
      if (message.type !== 'bell_rung') return message;
    }
  };
  expect(await ask('ring', { name: 'door' }, 'c1')).toEqual({
    type: 'ack',
    id: 'c1',
    data: { count: 1 },
  });
  expect(await ask('ring', { name: 'door' }, 'c1')).toEqual({
    type: 'ack',
    id: 'c1',
    data: { count: 1 },
  });
  expect(await ask('ring', { name: 'other' }, 'c1')).toMatchObject({
    type: 'refused',
    id: 'c1',
    code: 'idempotency_key_reused',
  });
  expect(await ask('ring', { name: 'none' }, 'c2')).toEqual({
    type: 'refused',
    id: 'c2',
    code: 'no_such_bell',
    detail: 'There is no bell of this name.',
  });
  expect(await ask('ring', { loud: 3 }, 'c3')).toMatchObject({
    type: 'refused',
    id: 'c3',
    code: 'invalid_fields',
  });
  expect(await ask('sing', {}, 'c4')).toMatchObject({
    type: 'refused',
    id: 'c4',
    code: 'unknown_command',
  });
  expect(await ask('ping', {}, 'c5')).toEqual({ type: 'ack', id: 'c5', data: {} });
  const fault = await ask('ring', { name: 'bug' }, 'c6');
  expect(fault).toMatchObject({ type: 'refused', id: 'c6', code: 'internal' });
  expect(JSON.stringify(fault)).not.toContain('secret');
  expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
  expect(kernel.log.readAll(0, 10).map(({ actor, origin }) => [actor, origin])).toEqual([
    ['id-of-ann', 'ws'],
  ]);
});

test('a counter may be a number, and comes back as one', async () => {
  const client = await greeted();
  client.say({ id: 1, command: 'ring', data: { name: 'none' } });
  expect(await client.next()).toMatchObject({ type: 'refused', id: 1, code: 'no_such_bell' });
  client.say({ id: 2, command: 'ping', data: {} });
  expect(await client.next()).toEqual({ type: 'ack', id: 2, data: {} });
  client.say({ id: 3, command: 7 });
  expect(await client.next()).toMatchObject({ type: 'refused', id: 3, code: 'invalid_fields' });
});

test('data may be left out, which lacks what a command needs', async () => {
  const client = await greeted();
  client.say({ id: '1', command: 'ping' });
  expect(await client.next()).toEqual({ type: 'ack', id: '1', data: {} });
  client.say({ id: '2', command: 'ring' });
  expect(await client.next()).toEqual({
    type: 'refused',
    id: '2',
    code: 'invalid_fields',
    detail: 'name: Invalid input: expected string, received undefined',
  });
});

test('a command needs its role and scope', async () => {
  for (const token of ['gus-token', 'robot-token']) {
    const client = await greeted({ token });
    client.say({ id: '1', command: 'ring', data: { name: 'door' } });
    expect(await client.next()).toMatchObject({ type: 'refused', id: '1', code: 'not_allowed' });
  }
});

test.each([
  ['text that is not JSON', '{"id":', 1007, 'not JSON'],
  ['JSON deeper than anybody needs', '['.repeat(50) + ']'.repeat(50), 1007, 'not JSON'],
  ['another shape', '[]', 1008, 'expected {"id", "command", "data"}'],
  ['binary frames', Buffer.from('{}'), 1003, 'send text frames with JSON'],
  ['an oversize frame', `"${'x'.repeat(17 * 1024)}"`, 1009, ''],
])('%s end the connection', async (_, frame, code, reason) => {
  const client = await greeted();
  client.say(frame);
  expect(await client.ended).toEqual({ code, reason });
  expect(presence.people()).toEqual([]);
});

test('a wrong shape with an id is refused by that id', async () => {
  const client = await greeted();
  client.say({ id: 'c1', command: 7 });
  expect(await client.next()).toMatchObject({ type: 'refused', id: 'c1', code: 'invalid_fields' });
});

test('a session that ends closes its sockets at once', async () => {
  const [ann, gus] = [await greeted(), await greeted({ token: 'gus-token' })];
  authenticator.revoke('credential-of-ann');
  feed.publish({ type: 'secret', data: {} });
  expect(await ann.ended).toEqual({ code: 4401, reason: 'signed out' });
  expect(ann.messages).toEqual([]);
  expect((await gus.next()).type).toBe('secret');
});

test('too many commands are refused, far too many end the connection', async () => {
  await closeDoor();
  await openDoor({ commandsPerSecondMax: 2, excessPerSecondMax: 3 });
  const client = await greeted();
  const ping = (id: number) => client.say({ id: String(id), command: 'ping', data: {} });
  for (const id of [1, 2]) {
    ping(id);
    expect((await client.next()).type).toBe('ack');
  }
  for (const id of [3, 4, 5, 6]) ping(id);
  expect((await client.ended).code).toBe(1008);
  expect(client.messages.map(({ id, code }) => [id, code])).toEqual([
    ['3', 'too_many'],
    ['4', 'too_many'],
    ['5', 'too_many'],
  ]);
});

test('more connections than the house has room for are refused', async () => {
  await closeDoor();
  await openDoor({ connectionsMax: 1 });
  await greeted();
  expect(await dial().refused).toBe(503);
});

test('who does not answer pings is dropped', async () => {
  await closeDoor();
  await openDoor({ pingIntervalMs: 50 });
  const client = dial();
  await client.next();
  const alive = await greeted({ token: 'gus-token' });
  client.socket.pong = () => undefined;
  // ws answers pings by itself: take that away.
  (client.socket as unknown as { _autoPong: boolean })._autoPong = false;
  expect((await client.ended).code).toBe(1006);
  expect(alive.socket.readyState).toBe(WebSocket.OPEN);
});

const stalled = async () => {
  const socket = connect(port, '127.0.0.1');
  clients.push(socket);
  socket.on('error', () => undefined);
  socket.write(
    'GET /api/v1/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: bearer, gus-token\r\n\r\n',
  );
  await once(socket, 'data');
  socket.pause();
  return socket;
};

test('who does not read is dropped, and the others never wait', async () => {
  const ann = await greeted();
  await stalled();
  expect(presence.people()).toHaveLength(2);
  const chunk = 'x'.repeat(64 * 1024);
  for (let count = 0; count < 400 && presence.people().length === 2; count++) {
    feed.publish({ type: 'much', data: { chunk } });
    expect((await ann.next()).type).toBe('much');
  }
  expect(presence.people().map(({ name }) => name)).toEqual(['ann']);
  expect(
    logger.lines.some(({ why }) => /^did not read: \d+ bytes waiting$/.test(String(why))),
  ).toBe(true);
});

test('a long past may wait at the socket without counting as a backlog', async () => {
  await closeDoor();
  await openDoor({ backlogBytesMax: 1000 });
  await kernel.bus.execute({ actor: 'a', origin: 'system' }, () => done(null));
  await ringTimes(300);
  const client = await greeted({ path: '/api/v1/socket?after=0' });
  const positions: unknown[] = [];
  for (let count = 0; count < 300; count++) positions.push((await client.next())['position']);
  expect(positions).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
});

test('stopping says goodbye', async () => {
  const client = await greeted();
  await door.stop();
  expect(await client.ended).toEqual({ code: 1001, reason: 'Encore is stopping' });
});

test('1,000 malformed frames and handshakes harm nobody', async () => {
  const ann = await greeted();
  const bytes = seededBytes(20260101);
  for (let round = 0; round < 50; round++) {
    const batch = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const socket = connect(port, '127.0.0.1');
        clients.push(socket);
        socket.on('error', () => undefined);
        if (index % 2 === 0) {
          socket.write(
            'GET /api/v1/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: bearer, gus-token\r\n\r\n',
          );
          await once(socket, 'data');
        } else
          socket.write(
            'GET /api/v1/socket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: x\r\n',
          );
        socket.write(bytes(1 + ((index * 7) % 300)));
        return socket;
      }),
    );
    for (const socket of batch) socket.destroy();
  }
  ann.say({ id: 'last', command: 'ping', data: {} });
  expect(await ann.next()).toEqual({ type: 'ack', id: 'last', data: {} });
});
