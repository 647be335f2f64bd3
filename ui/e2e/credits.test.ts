import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaults, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: UnheardHouse;
let browser: Browser;
let page: Page;
let token: string;
const complaints: string[] = [];

const pad = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

const call = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.json().catch(() => null);
};

beforeAll(async () => {
  house = await startUnheardHouse({ fill: fewSounds });
  token = await house.setUp();
  browser = await startHeadlessShell();
  // A refused pad shakes, and only where things move.
  page = await browser.newPage({ ...plainWindow, reducedMotion: 'no-preference' });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await letIn(page.context(), house.url, 'Mira');
  await page.goto(house.url);
  await pad('Air horn').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('a press without credits is refused, and the credits page tells where they went', async () => {
  await page.getByText('Unlimited').first().waitFor();
  const { id } = (await call('GET', '/auth/me')) as { id: string };
  await call('PATCH', '/admin/plans/admin', { unlimited: false });
  await call('POST', `/admin/users/${id}/credits`, { amount: 1, reason: 'A gift' });
  await page.getByText('1 credit', { exact: true }).first().waitFor();

  await pad('Coin').click();
  await page.getByText('0 credits', { exact: true }).first().waitFor();
  // It shakes but once: who looks only afterwards may come too late.
  const refused = page.locator('.pad.refused').waitFor();
  await pad('Air horn').click();
  await refused;
  const link = page.getByRole('link', { name: 'See your credits' });
  // What is pointed at stays for as long as that.
  await link.hover();
  expect(await axeFaults(page)).toEqual([]);
  await link.click();

  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'Air horn' }).waitFor();
  expect(await rows.filter({ hasText: 'Air horn' }).textContent()).toMatch(/Refused/);
  expect(await rows.filter({ hasText: 'Coin' }).textContent()).toMatch(/−1/);
  expect(await rows.filter({ hasText: 'A gift' }).textContent()).toMatch(/\+1/);
  expect(await page.title()).toBe('Credits · Encore');
  expect(await axeFaults(page)).toEqual([]);
});

it('a moment stands in the address, and the server answers for it', async () => {
  const asked = page.waitForResponse((response) => response.url().includes('/credits/balance?at='));
  await page.getByRole('slider', { name: 'Moment' }).focus();
  await page.keyboard.press('ArrowLeft');
  expect((await asked).status()).toBe(200);
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/Z$/);
  await page.getByText(/^Balance on/).waitFor();
  await page.reload();
  await page.getByText(/^Balance on/).waitFor();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByText('Balance now').waitFor();
});

it('an administrator has the log verified', async () => {
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/^Valid\./).waitFor();
  await page.getByText(/Hash [0-9a-f]{64}/).waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('Back is where one was: the words, the scroll and the focus', async () => {
  await page.getByRole('link', { name: /^Sounds\b/ }).click();
  await page.getByLabel('Search sounds').fill('o');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.textContent ?? undefined;
    });
  const before = await focused();
  await page.evaluate(() => {
    const find = (root: ParentNode): HTMLAnchorElement | undefined => {
      for (const one of root.querySelectorAll('*')) {
        if (one instanceof HTMLAnchorElement && one.pathname === '/credits') return one;
        const inside = one.shadowRoot && find(one.shadowRoot);
        if (inside) return inside;
      }
      return undefined;
    };
    find(document)?.click();
  });
  await page.getByRole('heading', { name: 'Credits', level: 1 }).waitFor();
  await page.goBack();
  await pad('Air horn').waitFor();
  expect(await page.getByLabel('Search sounds').inputValue()).toBe('o');
  await expect.poll(focused).toBe(before);
});

it('breaks none of its own rules', () => {
  expect(complaints.filter((text) => !/401/.test(text))).toEqual([]);
});
