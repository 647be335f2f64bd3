import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { password, startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { shippedSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

const newPassword = 'a battery of new staples';

// Axe walks the whole page in both themes, many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let house: UnheardHouse;
let browser: Browser;
let page: Page;
let token: string;
const faults: string[] = [];

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
const field = (name: string, on = page) => on.getByRole('textbox', { name, exact: true });

const newPage = async (): Promise<Page> => {
  const context: BrowserContext = await browser.newContext(plainWindow);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => faults.push(error.message));
  return opened;
};

const signIn = async (on: Page, secret: string): Promise<void> => {
  await on.goto(house.url);
  await on.getByLabel('Name or e-mail').fill('Mira');
  await on.getByLabel('Password', { exact: true }).fill(secret);
  await button('Sign in', on).click();
  await on.getByRole('button', { name: /^Air horn/ }).waitFor();
};

const invite = async (): Promise<string> => {
  const response = await fetch(`${house.url}/api/v1/admin/invites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'user' }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { link: string }).link;
};

beforeAll(async () => {
  house = await startUnheardHouse({ fill: shippedSounds('Air horn', 'Crickets') });
  token = await house.apiToken(await house.setUp());
  browser = await startHeadlessShell();
  page = await newPage();
  await signIn(page, password);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('the account page is reached from the menu, and shows who is where', async () => {
  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByText('This device').waitFor();
  expect(await page.title()).toBe('Account · Encore');
  await field('Name').fill('Mira Rossi');
  await button('Save').click();
  await page.getByRole('button', { name: /^Mira Rossi/ }).waitFor();
  await field('Name').fill('Mira');
  await button('Save').click();
  await page.getByText('Saved.').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('a token made here opens the API as far as it may, until it is revoked', async () => {
  await button('New token').click();
  await button('Create').click();
  await page.getByText('Give it a name.').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await field('Name').last().fill('Script');
  await page.getByRole('checkbox', { name: /^Play Play/ }).uncheck();
  await button('Create').click();
  const secret = await page.getByLabel('Token', { exact: true }).inputValue();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Done').click();
  const headers = { authorization: `Bearer ${secret}` };
  const me = await fetch(`${house.url}/api/v1/auth/me`, { headers });
  expect(await me.json()).toMatchObject({ name: 'Mira' });
  const stop = await fetch(`${house.url}/api/v1/sounds/stop`, { method: 'POST', headers });
  expect(stop.status).toBe(403);
  await button('Revoke Script').click();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Revoke').click();
  await page.getByText('“Script” is revoked.').waitFor();
  expect((await fetch(`${house.url}/api/v1/auth/me`, { headers })).status).toBe(401);
});

it('a device that is signed out here is signed out there', async () => {
  const other = await newPage();
  await signIn(other, password);
  await page.reload();
  await page.getByText('This device').waitFor();
  await page
    .getByRole('button', { name: /^Sign out / })
    .filter({ hasText: /^\s*Sign out\s*$/ })
    .first()
    .click();
  await other.getByText('You were signed out.').waitFor();
  await other.context().close();
});

it('all others go after a question', async () => {
  const other = await newPage();
  await signIn(other, password);
  await page.reload();
  await button('Sign out all others').click();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Sign out').click();
  await other.getByText('You were signed out.').waitFor();
  await other.context().close();
});

it('a new password takes the place of the old', async () => {
  await field('Current password').fill('not the password');
  await field('New password').fill(newPassword);
  await button('Change password').click();
  await page.getByText('The current password is not right.').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await field('Current password').fill(password);
  await button('Change password').click();
  await page.getByText(/^Changed\./).waitFor();
  const login = (secret: string): Promise<Response> =>
    fetch(`${house.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Mira', password: secret }),
    });
  expect((await login(newPassword)).status).toBe(200);
  expect((await login(password)).status).toBe(401);
});

it('who is invited makes an account once', async () => {
  const link = await invite();
  const guest = await newPage();
  await guest.goto(link);
  await field('Name', guest).fill('Mira');
  await field('Password', guest).fill('correct horse battery');
  await button('Create the account', guest).click();
  await guest.getByText('Another account has this name. Choose another one.').waitFor();
  expect(await axeFaultsInBoth(guest)).toEqual([]);
  await field('Name', guest).fill('Lea');
  await button('Create the account', guest).click();
  await guest.getByRole('button', { name: /^Lea.*account menu/ }).waitFor();
  expect(guest.url()).not.toContain('invite');
  await guest.context().close();

  const late = await newPage();
  await late.goto(link);
  await field('Name', late).fill('Otto');
  await field('Password', late).fill('correct horse battery');
  await button('Create the account', late).click();
  await late.getByText(/This invite is used.*Ask for a new one/).waitFor();
  await late.context().close();
});

it('what sounds is on the account page too, and Escape stops it', async () => {
  await page.getByRole('link', { name: /^Sounds/ }).click();
  await page.getByRole('button', { name: /^Crickets/ }).click();
  await page.getByRole('link', { name: 'Credits' }).click();
  const pill = page.getByRole('button', { name: /^Stop Crickets/ });
  await pill.waitFor();
  await page.keyboard.press('Escape');
  await pill.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
