import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { createBrowser } from './testing/browser.ts';
import { startGithubServer } from './testing/github-server.ts';
import { startOidcServer, type OidcServer } from './testing/oidc-server.ts';
import { addPerson, eventsOf, type Person } from './testing/people.ts';

const publicUrl = 'http://encore.test';
const api = `${publicUrl}/api/v1`;
const secrets = { clientId: 'encore', clientSecret: 'hush' };

let oidc: OidcServer;
let github: Awaited<ReturnType<typeof startGithubServer>>;
let app: TestApp;
let browser: ReturnType<typeof createBrowser>;
beforeAll(async () => {
  oidc = await startOidcServer(`${api}/auth/oidc/callback`);
  github = await startGithubServer();
});
afterAll(() => {
  oidc.stop();
  github.stop();
});

const start = async (registration: string) => {
  const { url } = github;
  app = await startTestApp({
    environment: { REGISTRATION: registration, PUBLIC_URL: publicUrl },
    providers: [
      { provider: 'oidc', kind: 'oidc', issuer: oidc.issuer, ...secrets },
      { provider: 'github', kind: 'github', site: url, api: `${url}/api`, ...secrets },
    ],
  });
  await app.setUp();
  newBrowser();
};
/** The box is reached by its public name, as the exact redirect address asks for. */
const newBrowser = () => {
  browser = createBrowser({ [publicUrl]: app.url });
};
beforeEach(() => {
  oidc.person.current = {
    sub: 'ada-at-idp',
    name: 'Ada',
    email: 'ada@example.org',
    email_verified: true,
  };
});
afterEach(() => app.stop());

const walk = (provider: string, query = '') =>
  browser.follow(`${api}/auth/${provider}/authorize${query}`);
const access = () => browser.cookies('encore.test').get('encore_access') ?? null;
const me = async () => (await app.call('GET', '/auth/me', { token: access() })).body;
const signInAs = ({ token }: Person) => browser.cookies('encore.test').set('encore_access', token);
const confirm = () =>
  app.call('POST', '/auth/identities', {
    token: null,
    headers: {
      Origin: publicUrl,
      Cookie: [...browser.cookies('encore.test')].map(([k, v]) => `${k}=${v}`).join('; '),
    },
  });

describe('OpenID Connect', () => {
  it('makes an account where registration is open, and knows it the next time', async () => {
    await start('open');
    const { providers } = (await app.call('GET', '/auth/providers')).body;
    expect(providers).toEqual(['password', 'oidc', 'github']);
    expect(await walk('oidc')).toBe(`${publicUrl}/`);
    const first = await me();
    expect(first).toMatchObject({
      name: 'Ada',
      email: 'ada@example.org',
      role: 'user',
      plan: 'free',
      has_password: false,
    });
    newBrowser();
    // The subject is the key: name and address may change.
    Object.assign(oidc.person.current, { name: 'Augusta', email: 'augusta@example.org' });
    expect(await walk('oidc')).toBe(`${publicUrl}/`);
    expect(await me()).toEqual(first);
    expect(await eventsOf(app, first['id'] as string)).toEqual([
      'UserRegistered',
      'IdentityLinked',
      'UserSignedIn',
      'UserSignedIn',
    ]);
    const log = await app.call('GET', '/admin/audit/events?limit=500');
    expect(JSON.stringify(log.body)).not.toMatch(/ada-at-idp|ada@|"Ada"/);
  });

  it('needs an invite where registration does', async () => {
    await start('invite');
    expect(await walk('oidc')).toBe(`${publicUrl}/#sign_in_error=invite_needed`);
    const { body } = await app.call('POST', '/admin/invites', { body: { role: 'guest' } });
    const code = String(body['link']).split('=')[1];
    expect(await walk('oidc', `?invite=${code}`)).toBe(`${publicUrl}/`);
    expect(await me()).toMatchObject({ name: 'Ada', role: 'guest' });
  });

  it('never takes an unverified address over', async () => {
    await start('open');
    const ben = await addPerson(app, 'Ben', { email: 'ben@example.org' });
    Object.assign(oidc.person.current, { email: 'ben@example.org', email_verified: false });
    expect(await walk('oidc')).toBe(`${publicUrl}/`);
    expect(await me()).toMatchObject({ name: 'Ada', email: null });
    expect((await me())['id']).not.toBe(ben.id);
  });

  it('gives a name that is taken a number', async () => {
    await start('open');
    await addPerson(app, 'ada');
    await walk('oidc');
    expect(await me()).toMatchObject({ name: 'Ada 2' });
  });

  it('refuses a disabled account', async () => {
    await start('open');
    await walk('oidc');
    const { id } = await me();
    await app.call('PATCH', `/admin/users/${id as string}`, { body: { disabled: true } });
    newBrowser();
    expect(await walk('oidc')).toBe(`${publicUrl}/#sign_in_error=account_disabled`);
  });
});

describe('an existing account', () => {
  it('is linked by a verified address only when its owner confirms, signed in', async () => {
    await start('closed');
    const ben = await addPerson(app, 'Ben', { email: 'ada@example.org' });
    expect(await walk('oidc')).toBe(`${publicUrl}/#link=oidc`);
    expect(access()).toBeNull();
    expect((await confirm()).status).toBe(401);
    signInAs(await addPerson(app, 'Eve'));
    expect((await confirm()).body['code']).toBe('sign_in_expired');
    signInAs(ben);
    expect((await confirm()).status).toBe(204);
    const listed = await app.call('GET', '/auth/identities', { token: ben.token });
    expect(listed.body).toMatchObject({ items: [{ provider: 'oidc', label: 'ada@example.org' }] });
    newBrowser();
    expect(await walk('oidc')).toBe(`${publicUrl}/`);
    expect((await me())['id']).toBe(ben.id);
  });

  it('links and unlinks; what is linked elsewhere stays there', async () => {
    await start('closed');
    const [ben, cem] = [await addPerson(app, 'Ben'), await addPerson(app, 'Cem')];
    signInAs(cem);
    expect(await walk('oidc')).toBe(`${publicUrl}/#link=oidc`);
    const held = new Map(browser.cookies('encore.test'));
    newBrowser();
    signInAs(ben);
    await walk('oidc');
    expect((await confirm()).status).toBe(204);
    for (const [name, value] of held) browser.cookies('encore.test').set(name, value);
    const late = await confirm();
    expect([late.status, late.body['code']]).toEqual([409, 'identity_taken']);
    const unlink = () => app.call('DELETE', '/auth/identities/oidc', { token: ben.token });
    expect((await unlink()).status).toBe(204);
    expect((await unlink()).status).toBe(404);
  });

  it('keeps its last way to sign in', async () => {
    await start('open');
    await walk('oidc');
    const unlink = () => app.call('DELETE', '/auth/identities/oidc', { token: access() });
    expect((await unlink()).body['code']).toBe('last_sign_in_way');
    const body = { new_password: 'correct horse battery' };
    const set = await app.call('POST', '/auth/me/password', { body, token: access() });
    expect(set.status).toBe(204);
    expect((await unlink()).status).toBe(204);
  });
});

describe('GitHub', () => {
  it('signs in by OAuth 2 with PKCE, and its id is the key', async () => {
    await start('open');
    expect(await walk('github')).toBe(`${publicUrl}/`);
    expect(await me()).toMatchObject({ name: 'octo-ben', email: 'octo@example.org' });
    const { id } = await me();
    newBrowser();
    expect(await walk('github')).toBe(`${publicUrl}/`);
    expect((await me())['id']).toBe(id);
    await app.call('DELETE', `/admin/users/${id as string}`);
    expect((await walk('github')).endsWith('/')).toBe(true);
    expect((await me())['id']).not.toBe(id);
  });
});

describe('a callback', () => {
  const toCallback = (provider: string) =>
    browser.follow(`${api}/auth/${provider}/authorize`, (url) =>
      url.startsWith(`${api}/auth/${provider}/callback`),
    );

  it.each(['oidc', 'github'])('of %s with another state is refused', async (provider) => {
    await start('open');
    const url = new URL(await toCallback(provider));
    url.searchParams.set('state', 'another');
    expect(await browser.follow(url.href)).toBe(`${publicUrl}/#sign_in_error=provider_failed`);
    expect(access()).toBeNull();
  });

  it.each(['oidc', 'github'])('of %s in another browser is refused', async (provider) => {
    await start('open');
    const url = await toCallback(provider);
    newBrowser();
    expect(await browser.follow(url)).toBe(`${publicUrl}/#sign_in_error=sign_in_expired`);
    // One with a flow of its own, so that neither state nor verifier are those of the code.
    await toCallback(provider);
    expect(await browser.follow(url)).toBe(`${publicUrl}/#sign_in_error=provider_failed`);
  });

  it('with the note of another provider is refused', async () => {
    await start('open');
    const url = (await toCallback('oidc')).replace('/oidc/', '/github/');
    expect(await browser.follow(url)).toBe(`${publicUrl}/#sign_in_error=sign_in_expired`);
  });

  it('with a code that was used is refused', async () => {
    await start('open');
    const url = await toCallback('github');
    const before = new Map(browser.cookies('encore.test'));
    await browser.follow(url);
    newBrowser();
    for (const [name, value] of before) browser.cookies('encore.test').set(name, value);
    expect(await browser.follow(url)).toBe(`${publicUrl}/#sign_in_error=provider_failed`);
  });

  it('of a provider that is off leads nowhere', async () => {
    await start('open');
    expect(await walk('google')).toBe(`${publicUrl}/#sign_in_error=provider_off`);
    expect((await app.call('GET', '/auth/facebook/authorize')).status).toBe(404);
  });

  it('with a nonce that is not ours is refused', async () => {
    await start('open');
    const asked = await browser.follow(`${api}/auth/oidc/authorize`, (url) =>
      url.startsWith(oidc.issuer),
    );
    const url = new URL(asked);
    url.searchParams.set('nonce', 'another');
    expect(await browser.follow(url.href)).toBe(`${publicUrl}/#sign_in_error=provider_failed`);
  });
});
