import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';
import { isFromThisMachine } from './metrics.ts';

let open: OpenDoor;
beforeAll(async () => {
  open = await openHttpDoor([]);
});
afterAll(() => open.close());

const metrics = (headers: Record<string, string> = {}) =>
  fetch(`${open.origin}/metrics`, { headers });

it('tell a program of this machine of the log, the parts, the clients and the requests', async () => {
  expect((await fetch(`${open.origin}/api/v1/nothing`)).status).toBe(404);
  const answer = await metrics();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n');
  expect(lines).toContain('encore_info{version="1.2.3"} 1');
  expect(lines).toContain('encore_log_position 0');
  expect(lines).toContain('encore_clients{door="socket"} 2');
  expect(lines).toContain(
    'encore_http_request_duration_seconds_count{method="GET",route="other",status="404"} 1',
  );
});

it('ask for a token when the request came through a proxy', async () => {
  expect((await metrics({ 'X-Forwarded-For': '203.0.113.7' })).status).toBe(401);
  const headers = { 'X-Forwarded-For': '203.0.113.7', Authorization: 'Bearer ann-token' };
  expect((await metrics(headers)).status).toBe(403);
});

describe('this machine', () => {
  const from = (remoteAddress: string, headers = {}) =>
    isFromThisMachine({ req: { headers, socket: { remoteAddress } } } as never);

  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('is %s', (address) => {
    expect(from(address)).toBe(true);
  });
  it.each(['192.168.1.7', '::ffff:10.0.0.1', 'fe80::1', ''])('is not %s', (address) => {
    expect(from(address)).toBe(false);
  });
  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host'])('is not behind %s', (name) => {
    expect(from('127.0.0.1', { [name]: 'x' })).toBe(false);
  });
});

it('count by route, never by address', async () => {
  for (const path of ['/healthz', '/api/v1/sounds/1', '/api/v1/sounds/2']) {
    await fetch(open.origin + path);
  }
  const text = await (await metrics()).text();
  expect(text).toContain('route="/healthz"');
  expect(text).not.toContain('sounds/1');
});

it('end with a HEAD as well', async () => {
  const status = await new Promise((resolve) => {
    request(`${open.origin}/metrics`, { method: 'HEAD' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(200);
});
