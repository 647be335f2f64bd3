import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { look } from './audit/testing/pressed-house.ts';
import { password, startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
const socketPath = () => join(app.dir, 'data', 'admin.sock');

type Answer = { status: number | undefined; body: Record<string, unknown> };
const ask = (
  method: string,
  path: string,
  { as, body }: { as?: string; body?: unknown } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(as === undefined ? {} : { 'Encore-As': Buffer.from(as).toString('base64') }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const options = { socketPath: socketPath(), method, path: `/api/v1${path}`, headers };
    const asked = request(options, (response) => {
      text(response).then((content) => {
        const said = content === '' ? {} : (JSON.parse(content) as Record<string, unknown>);
        resolve({ status: response.statusCode, body: said });
      }, reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  await app.call('POST', '/admin/users', { body: { name: 'Günther', password } });
});
afterAll(() => app.stop());

it('is for its owner alone', () => {
  expect(statSync(socketPath()).mode & 0o777).toBe(0o600);
});

it('lets the house in, with its own name in the log', async () => {
  const settings = { body: { volume_max: 80 } };
  expect((await ask('PATCH', '/admin/settings', settings)).status).toBe(200);
  const database = join(app.dir, 'data', 'encore.db');
  const actor = `SELECT actor FROM events WHERE type = 'SettingChosen'`;
  expect(look(database, actor)).toBe('system');
});

it('does what an account may do, and no more, when it is named', async () => {
  const { status, body } = await ask('GET', '/auth/me', { as: 'günther' });
  expect([status, body['name']]).toEqual([200, 'Günther']);
  const refused = await ask('GET', '/admin/users', { as: 'Günther' });
  expect([refused.status, refused.body['code']]).toEqual([403, 'not_allowed']);
});

it('knows no account that is not there', async () => {
  const { status, body } = await ask('GET', '/auth/me', { as: 'Nobody' });
  expect([status, body['code']]).toEqual([404, 'unknown_user']);
});

it('is the only door at which the name means anything', async () => {
  const headers = { 'Encore-As': Buffer.from('Mira').toString('base64') };
  const answer = await app.call('GET', '/admin/users', { token: null, headers });
  expect(answer.status).toBe(401);
});

it('goes with the server, and comes back with it', async () => {
  app = await app.restart();
  expect((await ask('GET', '/admin/users')).status).toBe(200);
});
