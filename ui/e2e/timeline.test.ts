import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: UnheardHouse;
let browser: Browser;
let page: Page;
let token: string;
const complaints: string[] = [];

const pad = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const events = () => page.getByRole('list', { name: 'Events' });
const row = (words: RegExp) => events().getByRole('button', { name: words }).first();

const get = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
};

beforeAll(async () => {
  house = await startUnheardHouse({ fill: fewSounds });
  token = await house.setUp();
  browser = await startHeadlessShell();
  page = await browser.newPage(plainWindow);
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

it('what was pressed stands in the stats, as a pad that plays again', async () => {
  await pad('Air horn').click();
  await page.locator('enc-board .pad.live').waitFor();
  await page.locator('enc-board .pad.live').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Stats' }).click();
  const stats = page.locator('enc-stats-page');
  await stats.locator('enc-pad').first().waitFor();
  expect(await stats.locator('enc-pad .name').allTextContents()).toEqual(['Air horn']);
  expect(await axeFaultsInBoth(page)).toEqual([]);

  await stats.getByRole('button', { name: /^Air horn/ }).click();
  await stats.locator('.pad.live').waitFor();
  await stats.getByText('2 plays', { exact: true }).first().waitFor();
  await stats.getByRole('radio', { name: '7 days' }).check();
  await expect.poll(() => new URL(page.url()).searchParams.get('period')).toBe('7');
});

it('the timeline tells the press and its sound, and what led to it', async () => {
  await page.getByRole('link', { name: 'Timeline' }).click();
  await row(/^.*Air horn sounded \d+ ms after the press/).click();
  const chain = page.getByRole('list', { name: /^Why/ });
  await chain.getByRole('button', { name: /Mira pressed Air horn/ }).waitFor();
  await chain
    .getByText(/^\+\d+ ms$/)
    .first()
    .waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  const picked = (): string | null => new URL(page.url()).searchParams.get('event');
  await expect.poll(picked).not.toBeNull();
  const sounding = picked();
  await chain.getByRole('button', { name: /Mira pressed Air horn/ }).click();
  await page.getByRole('heading', { name: 'Mira pressed Air horn' }).waitFor();
  await expect.poll(picked).not.toBe(sounding);
  // The address alone leads there.
  await page.reload();
  await page.getByRole('heading', { name: 'Mira pressed Air horn' }).waitFor();
});

it('a moment shows the house as it was, with the sound that was heard then', async () => {
  await row(/^.*Air horn sounded \d+ ms after the press/).click();
  await page.getByRole('heading', { name: /^Air horn sounded/ }).waitFor();
  await page.getByRole('button', { name: 'State at this moment' }).click();
  const then = page.getByRole('region', { name: 'State at this moment' });
  await then.getByText('Air horn').waitFor();
  await then.getByText('Volume').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  const moment = (): string | null => new URL(page.url()).searchParams.get('at');
  await expect.poll(moment).not.toBeNull();
  const at = moment() ?? '';
  const past = await get<{ voices: { sound: { name: string } }[] }>(
    `/admin/audit/state?at=${encodeURIComponent(at)}`,
  );
  expect(past.voices.map(({ sound }) => sound.name)).toEqual(['Air horn']);
  await page.getByRole('link', { name: 'Your credits then' }).click();
  await page.getByRole('heading', { name: 'Credits', level: 1 }).waitFor();
  expect(new URL(page.url()).searchParams.get('at')).toBe(at);
  await page.goBack();
  await then.getByRole('button', { name: 'Back to now' }).click();
  await then.waitFor({ state: 'detached' });
});

it('words find an event, and what happens meanwhile joins the list by itself', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('got an account');
  await expect.poll(() => events().getByRole('button').count()).toBe(1);
  await page.keyboard.press('Escape');
  await row(/pressed Air horn/).waitFor();
  await page.getByRole('heading', { name: 'Timeline', level: 1 }).hover();
  const [sound] = (await get<{ items: { id: string; name: string }[] }>('/sounds/?q=Coin')).items;
  const response = await fetch(`${house.url}/api/v1/sounds/play/${sound?.id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(202);
  await row(/Mira pressed Coin/).waitFor();
  await page.getByRole('link', { name: 'Prove the log' }).click();
  await page.getByRole('button', { name: 'Verify' }).waitFor();
});

it('breaks none of its own rules', () => {
  expect(complaints.filter((text) => !/401/.test(text))).toEqual([]);
});
