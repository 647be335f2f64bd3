/** Somebody takes everything that the server has to give: connections, patience, open files. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { anySound, lostOf, pressAway, verdictOn, type Held } from '../testing/held-presses.ts';
import { makePremises, type Premises, type ServerProcess } from '../testing/server-process.ts';

const slowClients = 1000;
const stalledListeners = 20;

let dir: string;
let premises: Premises;
let house: ServerProcess;
let sockets: Socket[];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'encore-starved-'));
  sockets = [];
  premises = await makePremises(dir);
  house = await premises.start();
  await house.ready();
  await premises.setUp();
}, 600_000);
afterEach(async () => {
  sockets.forEach((socket) => socket.destroy());
  await house.end('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

const openSocket = () => {
  const socket = connect(premises.port, '127.0.0.1');
  // Cut off by the server: that is what it may do.
  socket.on('error', () => undefined);
  socket.resume();
  sockets.push(socket);
  return socket;
};
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10);
};
const filesOf = (pid: number | undefined) => readdirSync(`/proc/${pid}/fd`).length;

it(`${slowClients} clients that never finish and ${stalledListeners} that never read keep nobody from pressing`, async (context) => {
  let attacking = true;
  // Who is told to go comes back.
  const attack = (): void => {
    const socket = openSocket();
    socket.write('POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    socket.on('close', () => void (attacking && attack()));
  };
  for (let client = 0; client < slowClients; client++) attack();
  await until(() => filesOf(house.server.pid) > slowClients / 2);
  const listeners = await Promise.all(
    Array.from({ length: stalledListeners }, async () => {
      const url = `${premises.url.replace('http', 'ws')}/api/v1/socket`;
      const listener = new WebSocket(url, ['bearer', premises.token()]);
      listener.on('error', () => undefined);
      await new Promise((resolve) => listener.once('open', resolve));
      listener.pause();
      return listener;
    }),
  );
  const held: Held[] = [];
  const statuses = new Map<number, number>();
  const soundId = await anySound(premises);
  const began = performance.now();
  const presses = pressAway(premises, { soundId, clients: 2, held, statuses });
  await until(() => held.length >= 100);
  await presses.over();
  const tookMs = performance.now() - began;
  expect([...statuses.keys()]).toEqual([202]);
  await context.annotate(`${held.length} presses in ${Math.round(tookMs)} ms beside them`);
  // Each is told to go when its time is over.
  attacking = false;
  await until(() => sockets.every((socket) => socket.destroyed));
  listeners.forEach((listener) => listener.terminate());
  expect(await house.end('SIGTERM')).toBe(0);
  expect(lostOf(premises, held)).toEqual([]);
}, 600_000);

it('no file can be opened any more: a scan loses no sound, nothing is lost, and it goes on by itself', async () => {
  const soundId = await anySound(premises);
  // A client who is there already.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string) =>
    new Promise<{ status: number; position: number; body: Record<string, unknown> }>(
      (resolve, reject) => {
        const headers = { Authorization: `Bearer ${premises.token()}` };
        const url = `${premises.url}/api/v1${path}`;
        const sent = request(url, { method, agent, headers }, (response) => {
          let text = '';
          response.on('data', (chunk) => (text += String(chunk)));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              position: Number(response.headers['x-event-position']),
              body: JSON.parse(text) as Record<string, unknown>,
            }),
          );
        });
        sent.on('error', reject);
        sent.end();
      },
    );
  const held: Held[] = [];
  const press = async () => {
    const { status, position, body } = await ask('POST', `/sounds/play/${soundId}`);
    expect(status).toBe(202);
    held.push({ playId: body['play_id'] as string, position });
  };
  await press();
  const { pid } = house.server;
  const room = filesOf(pid) + 8;
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${room}:`]);
  const crowd = Array.from({ length: 40 }, openSocket);
  await until(() => filesOf(pid) >= room - 1);
  for (let times = 0; times < 5; times++) await press();
  const scan = await ask('POST', '/sounds/scan');
  expect(scan.body).toMatchObject({ deleted: [] });
  const { body: catalogue } = await ask('GET', '/sounds/catalogue');
  expect(catalogue['items']).toHaveLength(2);
  crowd.forEach((socket) => socket.destroy());
  // Without the limit having been lifted.
  await until(async () =>
    premises.call('GET', '/credits').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  expect((await premises.call('POST', '/sounds/scan')).body).toMatchObject({
    deleted: [],
    errors: [],
  });
  await press();
  agent.destroy();
  expect(await house.end('SIGTERM')).toBe(0);
  expect(lostOf(premises, held)).toEqual([]);
  expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
}, 600_000);
