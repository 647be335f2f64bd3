import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessRoles, type AccessRole } from './kernel/door.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { scopes, type Scope } from './users/contract.ts';
import { declared, makeCallers, type Caller } from './testing/callers.ts';
import { login } from './users/testing/people.ts';

type Operation = {
  readonly method: string;
  readonly path: string;
  readonly role: AccessRole;
  readonly scope: Scope;
};

/** The only ones without an identity; whatever joins them has to be written here. */
const forNobody = [
  'GET /auth/providers',
  'GET /auth/session',
  'GET /auth/{provider}/authorize',
  'GET /auth/{provider}/callback',
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /auth/register',
  'POST /auth/setup',
];

let app: TestApp;
let operations: Operation[];
let callers: Record<string, Caller>;

const readOperations = async (): Promise<Operation[]> => {
  const document = (await app.call('GET', '/openapi.json')).body as {
    paths: Record<string, Record<string, { 'x-role': AccessRole; 'x-scope': Scope }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      role: operation['x-role'],
      scope: operation['x-scope'],
    })),
  );
};

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  operations = await readOperations();
  callers = await makeCallers(app);
});
afterAll(() => app.stop());

/** Ids that nobody has and empty bodies: what is let in finds nothing to do. */
const knock = async ({ method, path }: Operation, caller: Caller): Promise<string> => {
  const address = path.replaceAll(/\{\w+\}/g, 'none');
  const options = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
  const response = await fetch(`${app.url}/api/v1${address}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(caller.token === null ? {} : { Authorization: `Bearer ${caller.token}` }),
      ...('body' in options ? { 'Content-Type': 'application/json' } : {}),
    },
    ...('body' in options ? { body: '{}' } : {}),
  });
  const body = await response.text();
  if (path === '/auth/logout' && caller.scopes === null && caller.person && response.ok) {
    // The call has ended the session.
    caller.token = (await login(app, caller.person.name)).body['access_token'] as string;
  }
  expect(response.status).not.toBe(500);
  if (response.status !== 401 && response.status !== 403) return 'let in';
  const { code } = JSON.parse(body) as { code: string };
  // Other refusals come from behind the door.
  return code === 'sign_in_needed' || code === 'not_allowed' ? code : 'let in';
};

describe('every route', () => {
  it('declares a role and a known scope; those for nobody and for admins are as listed', () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const { role, scope } of operations) {
      expect(accessRoles).toContain(role);
      expect(scopes).toContain(scope);
    }
    const names = (role: AccessRole) =>
      operations.filter((one) => one.role === role).map(({ method, path }) => `${method} ${path}`);
    expect(names('nobody').toSorted()).toEqual(forNobody);
    const admins = operations.filter(({ path }) => path.startsWith('/admin/'));
    expect(admins.every(({ role }) => role === 'admin')).toBe(true);
  });

  it('changes nothing for a token that may only read', () => {
    const changes = operations.filter(({ method, role }) => method !== 'GET' && role !== 'nobody');
    expect(changes.filter(({ scope }) => scope === 'read')).toEqual([]);
  });

  it('lets in whom it declares, and nobody else', async () => {
    for (const operation of operations) {
      const seen: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const [name, caller] of Object.entries(callers)) {
        const key = `${operation.method} ${operation.path} for ${name}`;
        seen[key] = await knock(operation, caller);
        wanted[key] = declared(operation, caller);
      }
      expect(seen).toEqual(wanted);
    }
  }, 300_000);
});

describe('what belongs to somebody', () => {
  it('is not there for another user, an admin included', async () => {
    const made = await app.call('POST', '/auth/tokens', {
      body: { name: 'Button', scopes: ['read'] },
      token: callers['user']?.token ?? null,
    });
    expect(made.status).toBe(201);
    const sessions = await app.call('GET', '/auth/sessions', {
      token: callers['user']?.token ?? null,
    });
    const [session] = sessions.body['items'] as { id: string }[];
    for (const name of ['other user', 'admin']) {
      const token = callers[name]?.token ?? null;
      const answers = [
        await app.call('DELETE', `/auth/tokens/${made.body['id'] as string}`, { token }),
        await app.call('DELETE', `/auth/sessions/${session?.id}`, { token }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
      const listed = await app.call('GET', '/auth/tokens', { token });
      expect(listed.body['items']).toEqual([]);
    }
    const pasted = await app.call('POST', '/extractions/', {
      body: { url: 'https://media.example/a' },
      token: callers['user']?.token ?? null,
    });
    expect(pasted.status).toBe(202);
    const job = `/extractions/${pasted.body['id'] as string}`;
    const stranger = { token: callers['other user']?.token ?? null };
    const looks = [
      await app.call('GET', job, stranger),
      await app.call('POST', `${job}/retry`, stranger),
      await app.call('POST', `${job}/cancel`, stranger),
      await app.call('GET', '/extractions/?everybody=true', stranger),
    ];
    expect(looks.map(({ status }) => status)).toEqual([404, 404, 404, 403]);
    const secret = made.body['token'] as string;
    const me = await app.call('GET', '/auth/me', { token: secret });
    expect([me.status, me.body['id']]).toEqual([200, callers['user']?.person?.id]);
  });
});
