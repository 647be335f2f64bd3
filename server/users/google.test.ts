import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { createBrowser } from './testing/browser.ts';
import { startOidcServer, type OidcServer } from './testing/oidc-server.ts';
import { addPerson, eventsOf } from './testing/people.ts';

const publicUrl = 'http://encore.test';
const begin = `${publicUrl}/api/v1/auth/google/authorize`;
const callback = `${publicUrl}/api/v1/auth/google/callback`;

let google: OidcServer;
let app: TestApp;
let browser: ReturnType<typeof createBrowser>;

beforeAll(async () => {
  google = await startOidcServer(callback, { claimsInIdToken: true });
});
afterAll(() => google.stop());

/** What the configuration makes of Google's two variables; only the address is another. */
const googleHere = () => {
  const parsed = parseConfig({
    OAUTH_GOOGLE_CLIENT_ID: 'encore',
    OAUTH_GOOGLE_CLIENT_SECRET: 'hush',
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const [settings, ...others] = parsed.config.auth.providers;
  expect(others).toEqual([]);
  if (settings?.kind !== 'oidc') throw new Error('Google is an OpenID Connect issuer');
  expect([settings.provider, settings.issuer]).toEqual(['google', 'https://accounts.google.com']);
  return { ...settings, issuer: google.issuer };
};

beforeEach(async () => {
  google.person.current = {
    sub: '109876543210987654321',
    name: 'Ada Lovelace',
    email: 'ada@gmail.example',
    email_verified: true,
  };
  app = await startTestApp({
    environment: { REGISTRATION: 'open', PUBLIC_URL: publicUrl },
    providers: [googleHere()],
  });
  await app.setUp();
  newBrowser();
});
afterEach(() => app.stop());

const newBrowser = () => {
  browser = createBrowser({ [publicUrl]: app.url });
};
const walk = () => browser.follow(begin);
const toGoogle = () => browser.follow(begin, (url) => url.startsWith(google.issuer));
const toCallback = () => browser.follow(begin, (url) => url.startsWith(callback));
const access = () => browser.cookies('encore.test').get('encore_access') ?? null;
const me = async () => (await app.call('GET', '/auth/me', { token: access() })).body;
const failed = `${publicUrl}/#sign_in_error=provider_failed`;

it('asks Google for no more than who it is, with PKCE, state and nonce', async () => {
  const asked = new URL(await toGoogle()).searchParams;
  expect(asked.get('redirect_uri')).toBe(callback);
  expect(asked.get('scope')).toBe('openid email profile');
  expect(asked.get('response_type')).toBe('code');
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(asked.get(name)?.length).toBeGreaterThan(40);
  }
  newBrowser();
  const again = new URL(await toGoogle()).searchParams;
  expect(again.get('state')).not.toBe(asked.get('state'));
  expect(again.get('nonce')).not.toBe(asked.get('nonce'));
});

it('makes an account, and knows it by its subject the next time', async () => {
  const { providers } = (await app.call('GET', '/auth/providers')).body;
  expect(providers).toEqual(['password', 'google']);
  expect(await walk()).toBe(`${publicUrl}/`);
  const first = await me();
  expect(first).toMatchObject({ name: 'Ada Lovelace', email: 'ada@gmail.example', role: 'user' });
  newBrowser();
  Object.assign(google.person.current, { name: 'A. King', email: 'king@gmail.example' });
  expect(await walk()).toBe(`${publicUrl}/`);
  expect((await me())['id']).toBe(first['id']);
  expect(await eventsOf(app, first['id'] as string)).toEqual([
    'UserRegistered',
    'IdentityLinked',
    'UserSignedIn',
    'UserSignedIn',
  ]);
});

it('links by a verified address only when the owner confirms, signed in', async () => {
  const ben = await addPerson(app, 'Ben', { email: 'ada@gmail.example' });
  expect(await walk()).toBe(`${publicUrl}/#link=google`);
  expect(access()).toBeNull();
  browser.cookies('encore.test').set('encore_access', ben.token);
  const Cookie = [...browser.cookies('encore.test')].map(([k, v]) => `${k}=${v}`).join('; ');
  const confirmed = await app.call('POST', '/auth/identities', {
    token: null,
    headers: { Origin: publicUrl, Cookie },
  });
  expect(confirmed.status).toBe(204);
  newBrowser();
  expect(await walk()).toBe(`${publicUrl}/`);
  expect((await me())['id']).toBe(ben.id);
});

it('neither links nor keeps an address that Google has not verified', async () => {
  const ben = await addPerson(app, 'Ben', { email: 'ada@gmail.example' });
  google.person.current.email_verified = false;
  expect(await walk()).toBe(`${publicUrl}/`);
  const stranger = await me();
  expect(stranger).toMatchObject({ name: 'Ada Lovelace', email: null });
  expect(stranger['id']).not.toBe(ben.id);
  const listed = await app.call('GET', '/auth/identities', { token: ben.token });
  expect(listed.body['items']).toEqual([]);
});

it('refuses an answer with another state', async () => {
  const url = new URL(await toCallback());
  url.searchParams.set('state', 'another');
  expect(await browser.follow(url.href)).toBe(failed);
  expect(access()).toBeNull();
});

it('refuses an ID token with another nonce', async () => {
  const url = new URL(await toGoogle());
  url.searchParams.set('nonce', 'another');
  expect(await browser.follow(url.href)).toBe(failed);
  expect(access()).toBeNull();
});

it('refuses a code whose verifier is another browser’s', async () => {
  const url = await toCallback();
  newBrowser();
  expect(await browser.follow(url)).toBe(`${publicUrl}/#sign_in_error=sign_in_expired`);
  await toCallback();
  expect(await browser.follow(url)).toBe(failed);
  expect(access()).toBeNull();
});

it('says so where the person declines at Google', async () => {
  const state = new URL(await toGoogle()).searchParams.get('state') ?? '';
  const answer = `${callback}?${new URLSearchParams({ error: 'access_denied', state }).toString()}`;
  expect(await browser.follow(answer)).toBe(failed);
  expect(access()).toBeNull();
});
