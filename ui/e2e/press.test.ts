import type { Browser, Page } from 'playwright';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { axeFaults, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
let page: Page;
/** Requests that left the box, and what the page complained of: both must stay empty. */
const strayRequests: string[] = [];
const complaints: string[] = [];

const pad = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

beforeAll(async () => {
  house = await startRealHouse();
  browser = await startHeadlessShell();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(house.url)) {
      strayRequests.push(request.url());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('a new box', () => {
  it('is set up from the printed link', async () => {
    await page.goto(house.setupUrl);
    await page.getByLabel('Name', { exact: true }).fill('Mira');
    await page.getByLabel('Password', { exact: true }).fill(password);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await pad('Air horn').waitFor();
    // The code is used up: it must not stay in the address bar or the history.
    expect(page.url()).not.toContain('setup');
  });

  it('shows every shipped sound as a pad', async () => {
    const names = await page.getByRole('listitem').getByRole('button').allTextContents();
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(await axeFaults(page)).toEqual([]);
  });
});

describe('a press', () => {
  it('lights the pad, tells the measured time, and the room hears it', async () => {
    const recorder = await house.sink.record();
    const airHorn = pad('Air horn');
    await airHorn.click();
    await page.locator('.pad.live').waitFor();
    expect(await airHorn.locator('.latency').textContent()).toMatch(/^\d+ ms$/);
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('.pad.live').waitFor({ state: 'detached' });
    await sleep(200);
    const [sound] = (await recorder.stop()).sounds({ gapMs: 300 });
    expect(sound?.lengthMs).toBeGreaterThan(1000);
    expect(sound?.peak).toBeGreaterThan(0.1);
  });

  it('by keyboard after a search, and Escape stops it', async () => {
    const recorder = await house.sink.record();
    await page.keyboard.press('/');
    await page.keyboard.type('gon');
    await page.keyboard.press('Enter');
    await page.locator('.pad.live').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.pad.live').waitFor({ state: 'detached' });
    await sleep(200);
    const recording = await recorder.stop();
    const [sound] = recording.sounds();
    // The gong rings for 5.3 s where nobody stops it.
    expect(sound?.lengthMs).toBeGreaterThan(0);
    expect(sound?.lengthMs).toBeLessThan(3_500);
    expect(recording.peak(recording.lengthMs - 100)).toBe(0);
  });
});

describe.each(['dark', 'light'] as const)('without a network, %s', (theme) => {
  it('the board says why nothing can be played, and who presses all the same is told', async () => {
    await page.emulateMedia({ colorScheme: theme });
    await page.context().setOffline(true);
    await page.locator('.pad[aria-disabled]').first().waitFor();
    await page.getByText('Nothing can be played until Encore answers.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // A pad that cannot be played can be pressed: it shakes, and a sentence says why.
    await pad('Coin').click({ force: true });
    await page.getByText('Encore is offline, so nothing happened.').waitFor();
    // What has the focus stays, however long the rest takes.
    await page.getByRole('button', { name: 'Dismiss' }).focus();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.context().setOffline(false);
    await page.locator('.pad[aria-disabled]').first().waitFor({ state: 'detached' });
  });
});

describe('a link to where one is', () => {
  it('keeps the page as it is', async () => {
    await page.getByLabel('Search sounds').fill('horn');
    await page.getByRole('link', { name: /^Sounds\b/ }).click();
    await page.getByRole('link', { name: 'Encore' }).click();
    await sleep(200);
    expect(await page.getByLabel('Search sounds').inputValue()).toBe('horn');
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Search sounds').inputValue()).toBe('');
  });
});

describe('a lost connection', () => {
  it('keeps the board, says so, and comes back by itself without a reload', async () => {
    await page.evaluate(() => {
      (globalThis as Record<string, unknown>)['sameDocument'] = true;
    });
    process.kill(house.pidOf('server'), 'SIGKILL');
    await page.locator('.pad[aria-disabled]').first().waitFor();
    expect(await pad('Air horn').count()).toBe(1);
    await house.ready();
    await page.locator('.pad[aria-disabled]').first().waitFor({ state: 'detached' });
    await pad('Coin').click();
    await page.locator('.pad.live').waitFor();
    expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
  });
});

describe('signing out and in', () => {
  it('needs the password, and says plainly when it is wrong', async () => {
    await page.getByRole('button', { name: 'Mira' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Name or e-mail').fill('mira');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/not right/);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await pad('Air horn').waitFor();
  });
});

it('asks nobody outside the box for anything, and breaks none of its own rules', () => {
  expect(strayRequests).toEqual([]);
  // The refused sign-in and the killed server are told by the browser itself.
  expect(
    complaints.filter((text) => !/401|ERR_CONNECTION|ERR_INTERNET|WebSocket/.test(text)),
  ).toEqual([]);
});
