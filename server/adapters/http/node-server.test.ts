import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from '../../kernel/door.ts';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';
import { seededBytes } from '../testing/seeded-bytes.ts';

let open: OpenDoor;
let finish: () => void;
let sockets: Socket[];

const access = { role: 'nobody', scope: 'read' } as const;
const answers = { 200: { description: 'It', schema: z.unknown() } };

beforeEach(async () => {
  sockets = [];
  const gate = new Promise<void>((resolve) => (finish = resolve));
  const slow = route({
    method: 'GET',
    path: '/slow',
    summary: 'Waits',
    access,
    answers,
    handle: () => gate.then(() => ({ status: 200, body: 'late' })),
  });
  const quick = route({
    method: 'POST',
    path: '/quick',
    summary: 'Does not',
    access,
    answers,
    handle: () => ({ status: 200, body: 'ok' }),
  });
  open = await openHttpDoor([slow, quick]);
});
afterEach(async () => {
  finish();
  for (const socket of sockets) socket.destroy();
  await open.close();
});

const raw = () => {
  const socket = connect(open.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  return socket;
};

/** All that the server says until it hangs up. */
const converse = async (text: string | Buffer): Promise<string> => {
  const socket = raw();
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  socket.write(text);
  await once(socket, 'close');
  return heard;
};

test('what is no HTTP gets a problem and a closed connection', async () => {
  const answer = await converse('HELLO\r\n\r\n');
  expect(answer).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application\/problem\+json/,
  );
  expect(answer).toContain('"code":"malformed"');
});

test('address and header fields are bounded', async () => {
  const headers = await converse(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(headers).toMatch(/^HTTP\/1\.1 431 /);
  expect(headers).toContain('"detail":"Address and header fields may have at most 16384 bytes."');
  const long = await fetch(`${open.origin}/api/v1/${'x'.repeat(9_000)}`);
  expect([long.status, ((await long.json()) as { code: string }).code]).toEqual([
    414,
    'url_too_long',
  ]);
});

test('contradictory lengths are refused', async () => {
  const answer = await converse(
    'POST /api/v1/quick HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('an offer to speak HTTP/2 is passed over', async () => {
  const answer = await converse(
    'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('1,000 malformed requests harm nobody', async () => {
  const bytes = seededBytes(20260103);
  const starts = [
    '',
    'GET / HTTP/1.1\r\n',
    'POST /api/v1/quick HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n',
    'GET /api/v1/slow%',
  ];
  for (let round = 0; round < 20; round++) {
    const batch = Array.from({ length: 50 }, (_, index) => {
      const socket = raw();
      socket.write(starts[index % starts.length] ?? '');
      socket.write(bytes(1 + ((round * 50 + index) % 400)));
      return socket;
    });
    await wait(5);
    for (const socket of batch) socket.destroy();
  }
  expect((await fetch(`${open.origin}/healthz`)).status).toBe(200);
  expect(open.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('1,000 clients that never finish their requests do not keep others out', async () => {
  for (let round = 0; round < 10; round++) {
    const batch = Array.from({ length: 100 }, raw);
    await Promise.all(batch.map((socket) => once(socket, 'connect')));
    for (const socket of batch) socket.write('POST /api/v1/quick HTTP/1.1\r\nHost:');
  }
  const startedMs = performance.now();
  expect((await fetch(`${open.origin}/healthz`)).status).toBe(200);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test('a port in use keeps its code for whoever starts us', async () => {
  await expect(openHttpDoor([], { port: open.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('stopping lets a running request finish and takes no new one', async () => {
  const running = fetch(`${open.origin}/api/v1/slow`);
  const idle = raw();
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(idle, 'data');
  await wait(20);
  const stopped = open.door.stop();
  await once(idle, 'close');
  await expect(fetch(`${open.origin}/healthz`)).rejects.toThrow();
  finish();
  const response = await running;
  expect([response.status, response.headers.get('connection'), await response.json()]).toEqual([
    200,
    'close',
    'late',
  ]);
  await stopped;
});
