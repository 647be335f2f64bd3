import Database from 'better-sqlite3';
import { SignJWT } from 'jose';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { jwtSecret, password, startTestApp, type TestApp } from '../testing/test-app.ts';
import { cookiesOf, login } from './testing/people.ts';

let app: TestApp;
let id: string;
let sessionId: string;
beforeEach(async () => {
  app = await startTestApp({ environment: { TRUST_PROXY: 'true' }, passwordCost: 'advised' });
  const made = await app.setUp();
  ({ id } = made.body['user'] as { id: string });
  const claims = (made.body['access_token'] as string).split('.')[1] as string;
  ({ sid: sessionId } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sid: string });
});
afterEach(() => app.stop());

const from = (address: string) => ({ 'X-Forwarded-For': address });

describe('guessing a password', () => {
  it('costs argon2id with 19 MiB and two passes, each time', () => {
    const database = new Database(join(app.dir, 'data', 'encore.db'), { readonly: true });
    const stored = database.prepare('SELECT password_hash FROM people').pluck().all();
    database.close();
    expect(stored).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)]);
  });

  it('from many addresses is slowed for the account, by name and e-mail alike', async () => {
    await app.call('PATCH', '/auth/me', { body: { email: 'mira@example.org' } });
    const answers = [];
    for (let n = 0; n < 8; n++) {
      const name = n % 2 === 0 ? 'Mira' : 'mira@example.org';
      answers.push((await login(app, name, 'wrong wrong wrong', from(`192.0.2.${n}`))).status);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it('looks the same for a name that nobody has', async () => {
    const guesses = async (name: string, network: string) => {
      const answers = [];
      for (let n = 0; n < 7; n++) {
        const { status, body } = await login(
          app,
          name,
          'wrong wrong wrong',
          from(`${network}.${n}`),
        );
        answers.push({ status, ...body, request_id: '' });
      }
      return answers;
    };
    expect(await guesses('Nobody', '192.0.2')).toEqual(await guesses('Mira', '198.51.100'));
  });

  it('does not keep the owner out of a known device', async () => {
    const known = cookiesOf((await login(app, 'Mira')).headers)['encore_device'];
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        login(app, 'Mira', 'wrong wrong wrong', from(`192.0.2.${n}`)),
      ),
    );
    expect((await login(app, 'Mira', password, from('203.0.113.1'))).status).toBe(429);
    const device = { ...from('203.0.113.1'), Cookie: `encore_device=${known}` };
    expect((await login(app, 'Mira', password, device)).status).toBe(200);
  });

  it('is slowed on a known device too, and a forged one is none', async () => {
    const known = cookiesOf((await login(app, 'Mira')).headers)['encore_device'] as string;
    const answers = [];
    for (let n = 0; n < 6; n++) {
      const headers = { Cookie: `encore_device=${known}`, ...from(`192.0.2.${n}`) };
      answers.push((await login(app, 'Mira', 'wrong wrong wrong', headers)).status);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    const key = new TextEncoder().encode('another secret, of 32 bytes or so');
    const forged = await new SignJWT({ accounts: [id] })
      .setProtectedHeader({ alg: 'HS256', typ: 'device+jwt' })
      .setJti('mine')
      .setIssuer('encore')
      .setAudience('encore-device')
      .sign(key);
    for (let n = 0; n < 5; n++) await login(app, 'Mira', 'wrong wrong wrong', from(`192.0.2.${n}`));
    const headers = { Cookie: `encore_device=${forged}` };
    expect((await login(app, 'Mira', 'wrong wrong wrong', headers)).status).toBe(429);
  });

  it('costs as much work for an unknown name', async () => {
    // The processor's time, not the clock's: a busy machine must not decide.
    const workOf = async (name: string, address: string) => {
      const works = [];
      for (let n = 0; n < 5; n++) {
        const before = process.cpuUsage();
        const { status } = await login(app, name, 'wrong wrong wrong', from(address));
        expect(status).toBe(401);
        const { user, system } = process.cpuUsage(before);
        works.push(user + system);
      }
      // The middle one of five.
      return works.toSorted((a, b) => a - b)[2] ?? 0;
    };
    // Warm first: what is compiled on the way would outweigh a hash.
    for (let n = 0; n < 15; n++) await workOf(`Stranger ${n}`, `198.51.100.${n}`);
    const [unknown, known] = [
      await workOf('Nobody', '192.0.2.1'),
      await workOf('Mira', '192.0.2.2'),
    ];
    // A hash takes some 20 ms; without one a tenth of the work would be left.
    expect(Math.min(unknown, known) / Math.max(unknown, known)).toBeGreaterThan(0.25);
  });
});

describe('an access token', () => {
  const minute = 60;
  const sign = (
    changes: {
      alg?: string;
      typ?: string;
      audience?: string;
      issuer?: string;
      expiresIn?: number;
      secret?: string;
      sid?: unknown;
      sub?: string;
    } = {},
  ) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ sid: 'sid' in changes ? changes.sid : sessionId })
      .setProtectedHeader({ alg: changes.alg ?? 'HS256', typ: changes.typ ?? 'at+jwt' })
      .setSubject(changes.sub ?? id)
      .setIssuer(changes.issuer ?? 'encore')
      .setAudience(changes.audience ?? 'encore')
      .setIssuedAt(now - minute)
      .setExpirationTime(now + (changes.expiresIn ?? minute))
      .sign(new TextEncoder().encode(changes.secret ?? jwtSecret));
  };
  const statusOf = async (token: string) => (await app.call('GET', '/auth/me', { token })).status;

  it('as this box makes it is taken', async () => {
    expect(await statusOf(await sign())).toBe(200);
  });

  it.each([
    ['a forged signature', { secret: 'another secret, of 32 bytes or so' }],
    ['another algorithm', { alg: 'HS512' }],
    ['another audience', { audience: 'encore-device' }],
    ['another issuer', { issuer: 'somebody' }],
    ['another type', { typ: 'device+jwt' }],
    ['a time that is over', { expiresIn: -1 }],
    ['a session that is none', { sid: 'unknown' }],
    ['no session', { sid: undefined }],
    ['a session of somebody else', { sub: 'eve' }],
  ])('with %s is nobody’s', async (_, changes) => {
    expect(await statusOf(await sign(changes))).toBe(401);
  });

  it('without a signature, or changed, is nobody’s', async () => {
    const [header, claims, signature] = (await sign()).split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    expect(await statusOf(`${none}.${claims}.`)).toBe(401);
    expect(await statusOf(`${header}.${claims}.${signature.slice(0, -2)}AA`)).toBe(401);
  });
});

describe('a page of another site', () => {
  const evil = { Origin: 'https://evil.example' };

  it('changes nothing with the cookies of who visits it', async () => {
    const { encore_access } = cookiesOf((await login(app, 'Mira')).headers);
    const Cookie = `encore_access=${encore_access}`;
    const attempts = [
      ['PATCH', '/auth/me', { name: 'Eve' }],
      ['POST', '/auth/me/password', { current_password: password, new_password: password }],
      ['POST', '/admin/users', { name: 'Eve', password, role: 'admin' }],
      ['DELETE', '/auth/sessions', undefined],
      ['POST', '/admin/invites', {}],
    ] as const;
    for (const [method, path, body] of attempts) {
      for (const headers of [evil, { 'Sec-Fetch-Site': 'cross-site' }, {}]) {
        const options = { token: null, headers: { Cookie, ...headers } };
        const answer = await app.call(method, path, { ...options, ...(body ? { body } : {}) });
        expect([method, path, answer.status, answer.body['code']]).toEqual([
          method,
          path,
          403,
          'cross_site',
        ]);
      }
    }
  });

  it.each(['https://evil.example', 'null', 'http://localhost'])(
    'opens no WebSocket with the cookies of who visits it: %s',
    async (origin) => {
      const { encore_access } = cookiesOf((await login(app, 'Mira')).headers);
      const Cookie = `encore_access=${encore_access}`;
      const statusFor = (headers: Record<string, string>): Promise<number> =>
        new Promise((resolve, reject) => {
          const address = `${app.url.replace('http', 'ws')}/api/v1/socket`;
          const socket = new WebSocket(address, { headers });
          socket.on('unexpected-response', (_, { statusCode = 0 }) => {
            resolve(statusCode);
            socket.terminate();
          });
          socket.on('open', () => {
            resolve(101);
            socket.close();
          });
          socket.on('error', reject);
        });
      expect(await statusFor({ Cookie, Origin: origin })).toBe(403);
      expect(await statusFor({ Cookie, Origin: app.url })).toBe(101);
    },
  );

  it('signs nobody in', async () => {
    const answer = await login(app, 'Mira', password, evil);
    expect([answer.status, answer.body['code']]).toEqual([403, 'cross_site']);
    const body = { name: 'Eve', password };
    const registered = await app.call('POST', '/auth/register', {
      body,
      token: null,
      headers: evil,
    });
    expect(registered.body['code']).toBe('cross_site');
  });
});
