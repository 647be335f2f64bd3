import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { route, type Route } from '../../kernel/door.ts';
import type { HealthPart } from '../../kernel/module.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { StorageUnavailable } from '../../kernel/storage.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createHttpDoor, type HttpDoor } from './http-door.ts';

const anybody = { role: 'nobody', scope: 'read' } as const;
const reader = { role: 'guest', scope: 'read' } as const;
const anything = { 200: { description: 'It', schema: z.unknown() } };

const failing = (path: string, error: () => unknown) =>
  route({
    method: 'GET',
    path,
    summary: 'Fails',
    access: anybody,
    answers: anything,
    handle: () => {
      throw error();
    },
  });

const sampleRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/bells/',
    summary: 'All bells',
    access: reader,
    query: z.object({ limit: z.coerce.number().int().max(500).default(100) }),
    answers: anything,
    handle: ({ query, identity }) => ({
      status: 200,
      body: { limit: query.limit, who: identity?.name },
    }),
  }),
  route({
    method: 'GET',
    path: '/bells/{id}',
    summary: 'One bell',
    access: reader,
    params: z.object({ id: z.string().max(8) }),
    answers: anything,
    handle: ({ params }) => ({
      status: 200,
      body: { id: params.id },
      headers: { ETag: `"${params.id}"` },
    }),
  }),
  route({
    method: 'DELETE',
    path: '/bells/{id}',
    summary: 'Melt',
    access: { role: 'admin', scope: 'admin' },
    params: z.object({ id: z.string() }),
    answers: { 204: { description: 'Gone', schema: null } },
    handle: () => ({ status: 204, position: 7 }),
  }),
  route({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in',
    access: anybody,
    body: z.object({}),
    answers: anything,
    handle: ({ command, cookie }) => ({
      status: 200,
      body: { actor: command.actor, repeat: command.repeat ?? null, had: cookie('old') ?? null },
      cookies: [
        { name: 'encore_access', value: 'a.b-c', path: '/', maxAgeMs: 900_000 },
        { name: 'old', value: '', path: '/api', maxAgeMs: 5 },
      ],
    }),
  }),
  route({
    method: 'GET',
    path: '/auth/session',
    summary: 'Who am I',
    access: anybody,
    answers: anything,
    handle: ({ identity, address }) => ({
      status: 200,
      body: { user: identity?.name ?? null, address },
    }),
  }),
  route({
    method: 'GET',
    path: '/large',
    summary: 'Much',
    access: anybody,
    answers: anything,
    handle: () => ({ status: 200, body: 'na '.repeat(5000), headers: { ETag: '"big"' } }),
  }),
  route({
    method: 'GET',
    path: '/liar',
    summary: 'Breaks its contract',
    access: anybody,
    answers: { 200: { description: 'A number', schema: z.number() } },
    handle: () => ({ status: 200, body: 'text' }),
  }),
  failing('/bug', () => new Error('secret inside')),
  failing('/full', () => new StorageUnavailable('disk of /secret/path')),
  failing(
    '/busy',
    () =>
      new ProblemError({
        status: 429,
        code: 'too_many',
        title: 'Slow down',
        detail: 'Wait.',
        extra: { retry_after_s: 7 },
      }),
  ),
];

let door: HttpDoor;
let origin: string;
let logger: ReturnType<typeof rememberingLogger>;
let kernel: ReturnType<typeof testKernel>;
let bells: ReturnType<typeof counterModule>;
let health: Record<string, HealthPart>;
let uiDir: string;

beforeEach(async () => {
  kernel = testKernel();
  bells = counterModule(kernel);
  logger = rememberingLogger();
  health = {};
  uiDir = mkdtempSync(join(tmpdir(), 'encore-ui-'));
  door = createHttpDoor({
    routes: [...sampleRoutes, bells.ringRoute],
    authenticator: fakeAuthenticator(
      person('ann'),
      person('root', { role: 'admin' }),
      person('gus', { role: 'guest' }),
      person('robot', { scopes: new Set(['read']) }),
    ),
    kernel,
    settings: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://box.example',
      trustProxy: true,
      cookieSecure: 'auto',
      uiDir,
      adminSocket: null,
    },
    clients: () => ({}),
    metrics: [],
    health: () => health,
    version: '1.2.3',
    logger,
    checkAnswers: true,
  });
  await door.start();
  origin = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await door.stop();
  await kernel.stop();
  rmSync(uiDir, { recursive: true });
});

const as = (name: string, headers: Record<string, string> = {}) => ({
  authorization: `Bearer ${name}-token`,
  ...headers,
});
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { headers });
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const ring = (body: unknown, headers: Record<string, string> = as('ann')) =>
  post('/api/v1/bells/ring', JSON.stringify(body), headers);

const expectProblem = async (response: Response, status: number, code: string) => {
  const body = (await response.json()) as Record<string, unknown>;
  expect([response.status, body['code']]).toEqual([status, code]);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: `urn:encore:problem:${code}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
  });
  expect(body['request_id']).toBe(response.headers.get('x-request-id'));
  expect(response.headers.get('cache-control')).toBe('no-store');
  return body;
};

test('a change of which no event tells answers where the log ends', async () => {
  await ring({ name: 'door' });
  await ring({ name: 'door' });
  const changed = await post('/api/v1/auth/login', '{}');
  expect(changed.headers.get('x-event-position')).toBe('2');
  const read = await get('/api/v1/bells/', as('ann'));
  expect(read.headers.get('x-event-position')).toBe(null);
});

test('a command reaches its handler with who, why and when, and answers its position', async () => {
  const response = await ring({ name: 'door' });
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ count: 1 });
  expect(response.headers.get('x-event-position')).toBe('1');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(bells.seen).toEqual([
    {
      command: {
        actor: 'id-of-ann',
        origin: 'http',
        correlationId: response.headers.get('x-request-id'),
      },
      receivedAtMs: 1000,
      address: '127.0.0.1',
    },
  ]);
});

test('a trailing slash is accepted everywhere', async () => {
  for (const path of [
    '/api/v1/bells',
    '/api/v1/bells/',
    '/api/v1/bells/x/',
    '/healthz/',
    '/api/v1/openapi.json/',
  ]) {
    expect([path, (await get(path, as('gus'))).status]).toEqual([path, 200]);
  }
});

test('unknown addresses are 404, known ones with another method 405 with Allow', async () => {
  await expectProblem(await get('/api/v1/nothing'), 404, 'not_found');
  await expectProblem(await get('/api'), 404, 'not_found');
  await expectProblem(await post('/anything', '{}'), 404, 'not_found');
  await expectProblem(await get('/api/v1/bells/%E0%A4%A/x'), 404, 'not_found');
  const other = await fetch(`${origin}/api/v1/bells/x`, { method: 'PATCH' });
  await expectProblem(other, 405, 'method_not_allowed');
  expect(other.headers.get('allow')).toBe('DELETE, GET, HEAD');
  const asked = await fetch(`${origin}/api/v1/bells/ring`, { method: 'OPTIONS' });
  expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, POST']);
});

test('an id of any shape that does not exist is 404', async () => {
  await expectProblem(await get(`/api/v1/bells/${'x'.repeat(500)}`, as('ann')), 404, 'not_found');
});

test('each bad field is named', async () => {
  const body = await expectProblem(await ring({ loud: 'very' }), 422, 'invalid_fields');
  expect((body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(['name', 'loud']);
  const query = await expectProblem(
    await get('/api/v1/bells?limit=501', as('ann')),
    422,
    'invalid_fields',
  );
  expect(query['errors']).toMatchObject([{ path: 'limit' }]);
  await expectProblem(
    await fetch(`${origin}/api/v1/bells/ring`, { method: 'POST', headers: as('ann') }),
    422,
    'invalid_fields',
  );
});

test('malformed, oversize and foreign bodies are refused', async () => {
  const deep = `{"name":${'['.repeat(200)}${']'.repeat(200)}}`;
  for (const text of ['{', 'null', '"text"', '[1,', '{"__proto__":{"name":"x"}}', deep]) {
    await expectProblem(await post('/api/v1/bells/ring', text, as('ann')), 400, 'malformed');
  }
  const bytes = Buffer.concat([
    Buffer.from('{"name":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ]);
  const raw = await fetch(`${origin}/api/v1/bells/ring`, {
    method: 'POST',
    body: bytes,
    headers: as('ann', { 'content-type': 'application/json' }),
  });
  await expectProblem(raw, 400, 'malformed');
  const large = await expectProblem(
    await ring({ name: 'x'.repeat(100 * 1024) }),
    413,
    'body_too_large',
  );
  expect(large).toMatchObject({
    body_bytes_max: 65_536,
    detail: 'The body may have at most 65536 bytes.',
  });
  await expectProblem(
    await ring({ name: 'x' }, as('ann', { 'content-type': 'text/plain' })),
    415,
    'unsupported_media_type',
  );
  await expectProblem(
    await ring({ name: 'x' }, as('ann', { 'content-encoding': 'rot13' })),
    415,
    'unsupported_media_type',
  );
  expect((await ring({ name: 'still here' })).status).toBe(202);
});

test('a body without an announced size is counted while it streams', async () => {
  const chunk = new TextEncoder().encode(`"${'x'.repeat(9_998)}",`);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent++ < 12) controller.enqueue(sent === 1 ? new TextEncoder().encode('[') : chunk);
      else controller.close();
    },
  });
  const response = await fetch(`${origin}/api/v1/bells/ring`, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: as('ann', { 'content-type': 'application/json' }),
  });
  await expectProblem(response, 413, 'body_too_large');
});

test('no identity is 401, too small a role or scope 403', async () => {
  const nobody = await get('/api/v1/bells');
  await expectProblem(nobody, 401, 'sign_in_needed');
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
  const unknown = await get('/api/v1/bells', as('stranger'));
  await expectProblem(unknown, 401, 'sign_in_needed');
  expect(unknown.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  await expectProblem(
    await get('/api/v1/bells', { authorization: 'Basic abc' }),
    401,
    'sign_in_needed',
  );
  // Identity comes before the body: a stranger learns nothing of the fields.
  await expectProblem(await post('/api/v1/bells/ring', '{', {}), 401, 'sign_in_needed');
  await expectProblem(await ring({ name: 'x' }, as('gus')), 403, 'not_allowed');
  const scoped = await expectProblem(await ring({ name: 'x' }, as('robot')), 403, 'not_allowed');
  expect(scoped['detail']).toBe('This token lacks the scope "play".');
  expect((await get('/api/v1/bells', as('robot'))).status).toBe(200);
  expect(
    (await fetch(`${origin}/api/v1/bells/x`, { method: 'DELETE', headers: as('root') })).status,
  ).toBe(204);
  expect(bells.seen).toEqual([]);
});

test('routes for nobody know who is there, and go on without', async () => {
  expect(await (await get('/api/v1/auth/session', as('ann'))).json()).toMatchObject({
    user: 'ann',
  });
  expect(await (await get('/api/v1/auth/session', as('stranger'))).json()).toMatchObject({
    user: null,
  });
});

test('a cookie signs in, and its changes must come from our own page', async () => {
  const cookie = { cookie: 'encore_access=ann-token' };
  expect(await (await get('/api/v1/bells', cookie)).json()).toMatchObject({ who: 'ann' });
  const from = async (headers: Record<string, string>) =>
    (await ring({ name: 'x' }, { ...cookie, ...headers })).status;
  expect(await from({ origin })).toBe(202);
  expect(await from({ origin: 'https://box.example' })).toBe(202);
  expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(202);
  expect(await from({})).toBe(403);
  expect(await from({ origin: 'null' })).toBe(403);
  expect(await from({ origin: 'https://evil.example' })).toBe(403);
  expect(await from({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).toBe(403);
  expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403);
  await expectProblem(await ring({ name: 'x' }, cookie), 403, 'cross_site');
  expect(await from({ authorization: 'Bearer ann-token', origin: 'https://evil.example' })).toBe(
    202,
  );
});

test('no other page signs a browser in', async () => {
  const login = (headers: Record<string, string>) => post('/api/v1/auth/login', '{}', headers);
  await expectProblem(await login({ origin: 'https://evil.example' }), 403, 'cross_site');
  await expectProblem(await login({ 'sec-fetch-site': 'cross-site' }), 403, 'cross_site');
  expect((await login({})).status).toBe(200);
  expect((await login({ origin })).status).toBe(200);
});

test('cookies are HttpOnly and Lax, and Secure where the request came by https', async () => {
  const plain = await post('/api/v1/auth/login', '{}');
  expect(plain.headers.getSetCookie()).toEqual([
    'encore_access=a.b-c; Path=/; Max-Age=900; HttpOnly; SameSite=Lax',
    'old=; Path=/api; Max-Age=0; HttpOnly; SameSite=Lax',
  ]);
  const tls = await post('/api/v1/auth/login', '{}', { 'x-forwarded-proto': 'https' });
  expect(tls.headers.getSetCookie().every((line) => line.endsWith('; Secure'))).toBe(true);
});

test('of forwarded addresses only the one our proxy added counts', async () => {
  const headers = { 'x-forwarded-for': '6.6.6.6, 192.168.1.7' };
  expect(await (await get('/api/v1/auth/session', headers)).json()).toMatchObject({
    address: '192.168.1.7',
  });
});

test('an Idempotency-Key makes a repeat harmless', async () => {
  const headers = as('ann', { 'idempotency-key': 'k1' });
  const first = await ring({ name: 'door' }, headers);
  const second = await ring({ name: 'door' }, headers);
  expect([await first.json(), await second.json()]).toEqual([{ count: 1 }, { count: 1 }]);
  expect(second.headers.get('x-event-position')).toBe('1');
  await expectProblem(await ring({ name: 'other' }, headers), 422, 'idempotency_key_reused');
  expect(
    await (await ring({ name: 'door' }, as('root', { 'idempotency-key': 'k1' }))).json(),
  ).toEqual({ count: 2 });
  await expectProblem(
    await ring({ name: 'x' }, as('ann', { 'idempotency-key': 'k'.repeat(129) })),
    400,
    'malformed',
  );
  const nobody = await post('/api/v1/auth/login', '{}', { 'idempotency-key': 'k1' });
  expect(await nobody.json()).toMatchObject({ actor: 'system', repeat: null });
});

test("a module's refusal keeps its words and members", async () => {
  const body = await expectProblem(await ring({ name: 'none' }), 409, 'no_such_bell');
  expect(body).toMatchObject({ bells: 1, detail: 'There is no bell of this name.' });
});

test('an unknown fault shows nothing of the inside, and the log names the request', async () => {
  const response = await get('/api/v1/bug');
  const text = JSON.stringify(await expectProblem(response, 500, 'internal'));
  expect(text).not.toContain('secret');
  const line = logger.lines.find(({ level }) => level === 'error');
  expect(line).toMatchObject({
    request_id: response.headers.get('x-request-id'),
    err: { message: 'secret inside' },
  });
});

test('a disk that takes nothing is 503, too many requests 429, both with Retry-After', async () => {
  const full = await get('/api/v1/full');
  expect(JSON.stringify(await expectProblem(full, 503, 'storage_unavailable'))).not.toContain(
    '/secret',
  );
  expect(full.headers.get('retry-after')).toBe('5');
  const busy = await get('/api/v1/busy');
  await expectProblem(busy, 429, 'too_many');
  expect(busy.headers.get('retry-after')).toBe('7');
});

test('an answer other than the contract is a fault where answers are checked', async () => {
  await expectProblem(await get('/api/v1/liar'), 500, 'internal');
});

test('an ETag saves the second delivery', async () => {
  const first = await get('/api/v1/bells/b1', as('ann'));
  expect([first.headers.get('etag'), first.headers.get('cache-control')]).toEqual([
    '"b1"',
    'private, no-cache',
  ]);
  const again = await get('/api/v1/bells/b1', as('ann', { 'if-none-match': '"x", "b1"' }));
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await get('/api/v1/bells/b2', as('ann', { 'if-none-match': '"b1"' }))).status).toBe(200);
});

test('large answers are compressed as the client can read them', async () => {
  for (const coding of ['br', 'gzip']) {
    const response = await get('/api/v1/large', { 'accept-encoding': coding });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toBe(`"big-${coding}"`);
    expect(Number(response.headers.get('content-length'))).toBeLessThan(500);
    expect(await response.json()).toBe('na '.repeat(5000));
    expect((await get('/api/v1/large', { 'if-none-match': tag })).status).toBe(304);
  }
  const plain = await get('/api/v1/large', { 'accept-encoding': 'identity' });
  expect([plain.headers.get('content-encoding'), plain.headers.get('etag')]).toEqual([
    null,
    '"big"',
  ]);
});

test('liveness and readiness', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  health = { player: { state: 'ok', detail: 'linked' } };
  const ready = await get('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', parts: health }]);
  health = { ...health, mqtt: { state: 'degraded', detail: 'port in use' } };
  const degraded = await get('/readyz');
  expect([degraded.status, await degraded.json()]).toEqual([
    200,
    { status: 'degraded', parts: health },
  ]);
  health = { ...health, scan: { state: 'starting', detail: 'first scan' } };
  expect((await get('/readyz')).status).toBe(503);
});

test('one log line per request, without query and tokens', async () => {
  const response = await get('/api/v1/bells?limit=3&code=hush', as('ann'));
  await response.text();
  expect(logger.lines.at(-1)).toEqual({
    level: 'debug',
    message: 'request',
    request_id: response.headers.get('x-request-id'),
    method: 'GET',
    path: '/api/v1/bells',
    status: 200,
    ms: 0,
    actor: 'id-of-ann',
  });
  await ring({ name: 'x' });
  expect(logger.lines.at(-1)).toMatchObject({ level: 'info', method: 'POST', status: 202 });
  expect(JSON.stringify(logger.lines)).not.toMatch(/token|hush/);
});
