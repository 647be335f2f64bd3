import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
/** Mira's window: an administrator. */
let page: Page;
let token: string;
const complaints: string[] = [];

const button = (name: string) => page.getByRole('button', { name, exact: true });
const box = (name: string) => page.getByRole('checkbox', { name, exact: true });

const call = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.json();
};
const chosen = async (name: string): Promise<unknown> => {
  const { items } = (await call('GET', '/admin/settings')) as {
    items: { name: string; value: unknown }[];
  };
  return items.find((item) => item.name === name)?.value;
};

const newWindow = async (name: string, path: string): Promise<Page> => {
  const opened = await browser.newPage(plainWindow);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  await letIn(opened.context(), house.url, name);
  await opened.goto(`${house.url}${path}`);
  return opened;
};

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  token = await house.setUp();
  await call('POST', '/admin/users', { name: 'Bo', password });
  browser = await startHeadlessShell();
  page = await newWindow('Mira', '/settings');
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('every setting and every part of the box is on the page', async () => {
  for (const name of ['Quiet hours', 'Music', 'Music under sounds', 'Health']) {
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
  await page.getByText('Everything works.').waitFor();
  for (const part of ['Sounds', 'Player', 'Speaker', 'Speech', 'MQTT']) {
    const row = page.getByRole('listitem').filter({ has: page.getByText(part, { exact: true }) });
    await row.getByText('Works', { exact: true }).waitFor();
  }
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('a choice is kept at once, and taken back by Undo', async () => {
  await box('Go on after a power cut').check();
  await expect.poll(() => chosen('resume_after_power_cut')).toBe(true);
  await button('Undo').click();
  await expect.poll(() => chosen('resume_after_power_cut')).toBe(false);
  await expect.poll(() => box('Go on after a power cut').isChecked()).toBe(false);
});

it('a slider is moved by keys, and its last value is kept', async () => {
  await page.getByRole('slider', { name: 'Steps back by' }).focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => chosen('ducking_depth_db')).toBe(15);
});

it('what another window chooses is shown without a reload', async () => {
  await call('PATCH', '/admin/settings', { volume_max: 70 });
  const slider = page.getByRole('slider', { name: 'Loudest volume' });
  await expect.poll(() => slider.inputValue()).toBe('70');
});

it('quiet hours that begin are told on every screen, to who only presses too', async () => {
  const bo = await newWindow('Bo', '/');
  await bo.getByRole('button', { name: /^Air horn/ }).waitFor();
  expect(await bo.getByText(/^Quiet until/).count()).toBe(0);
  await box('Quiet hours').check();
  // Half a day each: one of the two is now, whatever the clock says.
  const hour = new Date().getHours();
  const [from, to] = hour < 12 ? ['00:00', '12:30'] : ['11:30', '00:30'];
  await page.getByLabel('From', { exact: true }).fill(from);
  await page.getByLabel('To', { exact: true }).fill(to);
  await page.keyboard.press('Enter');
  await page.getByText(/^Quiet now, until/).waitFor();
  await bo.getByText(`Quiet until ${to}`).first().waitFor();
  expect(await bo.getByRole('link', { name: /^Quiet until/ }).count()).toBe(0);
  await page.getByRole('link', { name: /^Quiet until/ }).waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);

  await box('Quiet hours').uncheck();
  await bo.getByText(/^Quiet until/).waitFor({ state: 'detached' });
  await bo.context().close();
});

it('a member who follows the address is told that it is not for them', async () => {
  const bo = await newWindow('Bo', '/settings');
  await bo.getByRole('heading', { name: 'This page is for administrators' }).waitFor();
  await bo.context().close();
});

it('breaks none of its own rules', () => {
  expect(complaints.filter((text) => !/401|409/.test(text))).toEqual([]);
});
