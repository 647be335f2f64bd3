import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
let page: Page;
let token: string;
const complaints: string[] = [];

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });

const call = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.status === 204 ? null : response.json();
};

type Listed = { items: { id: string; name: string; when: object; what: object; alarm: boolean }[] };
const schedules = async (): Promise<Listed['items']> =>
  ((await call('GET', '/admin/schedules')) as Listed).items;

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  token = await house.setUp();
  const list = (await call('POST', '/playlists/', { name: 'Morning' })) as { id: string };
  const { items } = (await call('GET', '/sounds/?limit=3')) as { items: { id: string }[] };
  const ids = items.map(({ id }) => id);
  await call('POST', `/playlists/${list.id}/sounds`, { sound_ids: ids });
  browser = await startHeadlessShell();
  page = await browser.newPage(plainWindow);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  await letIn(page.context(), house.url, 'Mira');
  await page.goto(`${house.url}/schedules`);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('an alarm is made: a playlist on weekdays, rising to a volume', async () => {
  await page.getByText('Nothing happens by the clock yet').waitFor();
  await button('New schedule').click();
  await field('Name').fill('Wake up');
  await field('What happens').selectOption('play_playlist');
  await field('Playlist').selectOption({ label: 'Morning' });
  await field('Rises from silence').selectOption({ label: 'Over 5 min' });
  await page.getByText('Set the volume of the music').click();
  await field('Time').fill('06:45');
  await page.getByRole('checkbox', { name: /^Alarm/ }).check();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Make the schedule').click();
  await page.getByText('Plays Morning at volume 40, rising over 5 min', { exact: true }).waitFor();
  expect(await schedules()).toMatchObject([
    {
      name: 'Wake up',
      when: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '06:45' },
      what: { type: 'play_playlist', volume: 40, fade_in_ms: 300_000 },
      alarm: true,
    },
  ]);
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('a pattern that never comes is told under its field, a right one is taken', async () => {
  await button('New schedule').click();
  await field('Name').fill('Tea');
  await page.getByRole('searchbox', { name: 'Sound' }).fill('gong');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Cron pattern' }).check();
  const pattern = page.getByRole('textbox', { name: 'Cron pattern' });
  await pattern.fill('0 0 31 2 *');
  await button('Make the schedule').click();
  await page.getByText('This time never comes.').waitFor();
  await pattern.fill('0 16 * * *');
  await field('Time zone').fill('Asia/Tokyo');
  await button('Make the schedule').click();
  await page.getByText('Plays Gong', { exact: true }).waitFor();
  await page
    .getByText(/16:00, Tokyo time$/)
    .first()
    .waitFor();
});

it('tried out it sounds, and says when it last fired', async () => {
  const recorder = await house.sink.record();
  await button('More for Tea').click();
  await page.getByRole('menuitem', { name: 'Try it now' }).click();
  await page.getByText('Last fired just now').waitFor();
  await expect.poll(() => recorder.heard().sounds().length, { timeout: 20_000 }).toBe(1);
  await recorder.stop();
});

it('what another window changes is shown without a reload', async () => {
  const tea = (await schedules()).find(({ name }) => name === 'Tea');
  await call('PATCH', `/admin/schedules/${tea?.id}`, { enabled: false });
  await expect
    .poll(() => page.getByRole('checkbox', { name: 'Tea is on' }).isChecked())
    .toBe(false);
  await page.getByRole('checkbox', { name: 'Tea is on' }).check();
  await expect
    .poll(async () => (await schedules()).filter((one) => 'enabled' in one && one.enabled).length)
    .toBe(2);
});

it('words are spoken by the clock', async () => {
  await button('More for Tea').click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await field('What happens').selectOption('say');
  await field('Words').fill('Tea is ready');
  await button('Save').click();
  await page.getByText('Says “Tea is ready”', { exact: true }).waitFor();
});

it('a deleted one comes back by Undo, as it was', async () => {
  await button('More for Wake up').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  // What has the focus stays, however long the rest takes.
  await button('Undo').focus();
  await expect.poll(async () => (await schedules()).map(({ name }) => name)).toEqual(['Tea']);
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await schedules()).find(({ name }) => name === 'Wake up'))
    .toMatchObject({ alarm: true, what: { volume: 40, fade_in_ms: 300_000 } });
  await page.getByRole('checkbox', { name: 'Wake up is on' }).waitFor();
});

it('breaks none of its own rules', () => {
  // The refused pattern is told by the browser itself.
  expect(complaints.filter((text) => !/422|401/.test(text))).toEqual([]);
});
