import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMediaServer, type MediaServer } from '../testing/media-server.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { eventually } from '../testing/test-app.ts';

let web: MediaServer;
let house: RealHouse;
let token: string;

const api = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const jobOf = async (id: string) => (await api('GET', `/extractions/${id}`)).body;

beforeAll(async () => {
  web = await startMediaServer();
  house = await startRealHouse({
    fill: () => undefined,
    env: { EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
  });
  token = await house.apiToken(await house.setUp());
}, 120_000);
afterAll(async () => {
  await house.stop();
  await web[Symbol.asyncDispose]();
});

it('kill -9 in the middle of a download: the job ends in one sound, paid once and heard', async () => {
  const made = await api('POST', '/admin/users', {
    name: 'Ann',
    password: 'correct horse battery',
    role: 'user',
  });
  // On the admin's plan nothing is ever paid.
  const owner = made.body['id'] as string;
  const admin = token;
  const signedIn = await fetch(`${house.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', password: 'correct horse battery' }),
  });
  token = ((await signedIn.json()) as { access_token: string }).access_token;

  const stuck: ServerResponse[] = [];
  web.on('/gate.mp3', (_url, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 1_000_000 });
    response.write(Buffer.alloc(1000));
    stuck.push(response);
  });
  const asked = await api('POST', '/extractions/', { url: `${web.url}/gate.mp3` });
  expect([asked.status, asked.body['available']]).toEqual([202, 20]);
  const id = asked.body['id'] as string;
  await eventually(async () =>
    (await jobOf(id))['step'] === 'downloading' && stuck.length > 0 ? true : undefined,
  );
  process.kill(house.pidOf('server'), 'SIGKILL');
  const tone = await (await fetch(`${web.url}/tone.mp3`)).arrayBuffer();
  web.on('/gate.mp3', (_url, response) => {
    response.writeHead(200, {
      'content-type': 'audio/mpeg',
      'content-length': tone.byteLength,
    });
    response.end(Buffer.from(tone));
  });
  for (const response of stuck) response.destroy();

  await eventually(() =>
    fetch(`${house.url}/readyz`).then(
      ({ status }) => (status === 200 ? true : undefined),
      () => undefined,
    ),
  );
  const job = await eventually(async () => {
    const now = await jobOf(id).catch(() => undefined);
    return now?.['status'] === 'completed' ? now : undefined;
  });
  expect(job).toMatchObject({ duplicate: false, attempt: 2 });
  const credits = await api('GET', '/credits');
  expect([credits.body['balance'], credits.body['available']]).toEqual([20, 20]);
  const temp = join(house.dir, 'sounds', 'temp');
  await eventually(() => (readdirSync(temp).length === 0 ? true : undefined));

  const recorder = await house.sink.record();
  const played = await api('POST', `/sounds/play/${job['sound_id'] as string}`);
  expect(played.status).toBe(202);
  await eventually(async () => {
    const { body } = await api('GET', `/plays/${played.body['play_id'] as string}`);
    return body['status'] === 'finished' ? true : undefined;
  });
  await eventually(() => (recorder.heard().sounds().length > 0 ? true : undefined));
  await recorder.stop();
  token = admin;
  const taken = await api('GET', `/admin/credits/${owner}/transactions?action=extraction`);
  expect(taken.body['total']).toBe(1);
}, 180_000);
