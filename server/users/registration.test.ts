import { afterEach, describe, expect, it } from 'vitest';
import { password, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, cookiesOf, eventsOf, login } from './testing/people.ts';

let app: TestApp;
afterEach(() => app.stop());
const start = async (mode?: string) => {
  app = await startTestApp({ environment: mode === undefined ? {} : { REGISTRATION: mode } });
};
const register = (body: Record<string, unknown>) =>
  app.call('POST', '/auth/register', { body: { password, ...body }, token: null });
const invite = (body: Record<string, unknown> = {}) => app.call('POST', '/admin/invites', { body });
const codeOf = (link: unknown) => String(link).split('#invite=')[1] as string;
const said = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

describe('registration', () => {
  it('is by invite unless configured otherwise', async () => {
    await start();
    expect(said(await register({ name: 'Ben' }))).toEqual([409, 'setup_needed']);
    await app.setUp();
    expect(said(await register({ name: 'Ben' }))).toEqual([403, 'invite_needed']);
    expect(said(await register({ name: 'Ben', invite: 'guessed' }))).toEqual([
      403,
      'invite_invalid',
    ]);
  });

  it('that is closed takes no invite either', async () => {
    await start('closed');
    await app.setUp();
    const { body } = await invite();
    const refused = await register({ name: 'Ben', invite: codeOf(body['link']) });
    expect(said(refused)).toEqual([403, 'registration_closed']);
  });

  it('that is open signs in, as a user on the free plan', async () => {
    await start('open');
    // Before the first admin it would lock the box for ever.
    expect(said(await register({ name: 'Eve' }))).toEqual([409, 'setup_needed']);
    await app.setUp();
    const made = await register({ name: 'Ben', email: 'ben@example.org' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      token_type: 'bearer',
      user: { name: 'Ben', role: 'user', plan: 'free' },
    });
    expect(Object.keys(cookiesOf(made.headers))).toEqual([
      'encore_access',
      'encore_refresh',
      'encore_device',
    ]);
    expect((await login(app, 'ben@example.org')).status).toBe(200);
    expect(said(await register({ name: 'BEN' }))).toEqual([409, 'name_taken']);
    expect(said(await register({ name: 'Ada', email: 'Ben@example.org' }))).toEqual([
      409,
      'email_taken',
    ]);
  });

  it.each([{ role: 'admin' }, { plan: 'pro' }, { id: 'x' }, { disabled: false }, { credits: 9 }])(
    'refuses %j, which is not for people to choose',
    async (wish) => {
      await start('open');
      await app.setUp();
      const refused = await register({ name: 'Ben', ...wish });
      expect(said(refused)).toEqual([422, 'invalid_fields']);
      expect((await app.call('GET', '/admin/users')).body['total']).toBe(1);
    },
  );

  it('from one address slows down', async () => {
    await start('open');
    await app.setUp();
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push((await register({ name: `N${n}` })).status);
    expect(answers).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it('of two at once with one name makes one account', async () => {
    await start('open');
    await app.setUp();
    const both = await Promise.all([register({ name: 'Ben' }), register({ name: 'ben' })]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});

describe('an invite', () => {
  it('gives its role and plan, once; its code is shown once and is never in the log', async () => {
    await start();
    await app.setUp();
    const made = await invite({ role: 'guest', plan: 'premium' });
    expect(made.status).toBe(201);
    const { link, ...shown } = made.body;
    expect(link).toMatch(/^http:\/\/localhost:0\/#invite=[\w-]{22}$/);
    expect(shown).toMatchObject({ role: 'guest', plan: 'premium', status: 'open', used_by: null });
    expect((await app.call('GET', '/admin/invites')).body).toEqual({
      items: [shown],
      next_cursor: null,
      total: 1,
    });
    const code = codeOf(link);
    const ben = await register({ name: 'Ben', invite: code });
    expect(ben.body['user']).toMatchObject({ role: 'guest', plan: 'premium' });
    expect(said(await register({ name: 'Eve', invite: code }))).toEqual([403, 'invite_invalid']);
    const { id } = ben.body['user'] as { id: string };
    const listed = await app.call('GET', '/admin/invites');
    expect(listed.body['items']).toMatchObject([{ status: 'used', used_by: id }]);
    expect(await eventsOf(app, id)).toEqual(['UserRegistered', 'PasswordSet', 'UserSignedIn']);
    const log = await app.call('GET', '/admin/audit/events?limit=500');
    expect(JSON.stringify(log.body)).not.toContain(code);
  });

  it('is used by one of two simultaneous registrations', async () => {
    await start();
    await app.setUp();
    const code = codeOf((await invite()).body['link']);
    const both = await Promise.all([
      register({ name: 'Ben', invite: code }),
      register({ name: 'Eve', invite: code }),
    ]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await app.call('GET', '/admin/users')).body['total']).toBe(2);
  });

  it('stays good when the registration is refused', async () => {
    await start();
    await app.setUp();
    const code = codeOf((await invite()).body['link']);
    expect(said(await register({ name: 'Mira', invite: code }))).toEqual([409, 'name_taken']);
    expect((await register({ name: 'Ben', invite: code })).status).toBe(201);
  });

  it('can be taken back until it is used', async () => {
    await start();
    await app.setUp();
    const first = (await invite()).body;
    const path = `/admin/invites/${first['id'] as string}`;
    expect((await app.call('DELETE', path)).status).toBe(204);
    const refused = await register({ name: 'Ben', invite: codeOf(first['link']) });
    expect(said(refused)).toEqual([403, 'invite_invalid']);
    const second = (await invite()).body;
    await register({ name: 'Ben', invite: codeOf(second['link']) });
    const late = await app.call('DELETE', `/admin/invites/${second['id'] as string}`);
    expect(said(late)).toEqual([409, 'invite_used']);
    expect(said(await app.call('DELETE', '/admin/invites/none'))).toEqual([404, 'unknown_invite']);
  });

  it('is made by admins, with a plan that exists and an expiry to come', async () => {
    await start();
    await app.setUp();
    expect(said(await invite({ plan: 'gold' }))).toEqual([422, 'unknown_plan']);
    expect(said(await invite({ expires_at: '2020-01-01T00:00:00Z' }))).toEqual([
      422,
      'expiry_passed',
    ]);
    const { token } = await addPerson(app, 'Ben');
    const refused = await app.call('POST', '/admin/invites', { body: {}, token });
    expect(said(refused)).toEqual([403, 'not_allowed']);
    const headers = { 'Idempotency-Key': 'once' };
    await app.call('POST', '/admin/invites', { body: {}, headers });
    const again = await app.call('POST', '/admin/invites', { body: {}, headers });
    expect(said(again)).toEqual([409, 'invite_shown_once']);
  });
});
