import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
/** Two browsers of Mira, an administrator. */
let page: Page;
let second: Page;
const complaints: string[] = [];

const board = (on = page): Locator => on.locator('enc-board');
const pad = (name: string, on = page): Locator =>
  board(on).getByRole('button', { name: new RegExp(`^${name}`) });
const tab = (name: string, on = page): Locator =>
  on.getByRole('navigation', { name: 'Boards' }).getByRole('link', { name });
const entry = (name: string): Locator => page.getByRole('menuitem', { name, exact: true });
const names = async (on = page): Promise<string[]> =>
  (await on.locator('enc-pad .name, enc-wall-pad .name').allTextContents()).map((text) =>
    text.trim(),
  );
const sorted = async (on = page): Promise<string[]> => (await names(on)).toSorted();
const menu = async (what: string): Promise<void> => {
  await page.getByRole('button', { name: /^More for the board/ }).click();
  await entry(what).click();
};

const newWindow = async (): Promise<Page> => {
  const context = await browser.newContext(plainWindow);
  const opened = await context.newPage();
  opened.setDefaultTimeout(20_000);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  await letIn(context, house.url, 'Mira');
  await opened.goto(house.url);
  await pad('Air horn', opened).waitFor();
  return opened;
};

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  await house.setUp();
  browser = await startHeadlessShell();
  page = await newWindow();
  second = await newWindow();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('a board', () => {
  it('is made, filled from the menu and by selecting, and the other window has it', async () => {
    await page.getByRole('button', { name: 'New board' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Kitchen');
    await page.getByRole('radio', { name: 'Teal' }).check({ force: true });
    await page.getByRole('button', { name: 'Make the board' }).click();
    await page.getByRole('heading', { name: 'Nothing stands on Kitchen yet' }).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('link', { name: 'To all sounds' }).click();
    await pad('Coin').click({ button: 'right' });
    await entry('Add to board').click();
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await page.getByText('Coin stands on Kitchen.').waitFor();
    // The dialog gives the focus back once it is gone, and the board may a frame later once more.
    const isFocused = (name: string) => pad(name).evaluate((one) => one.matches(':focus'));
    await expect.poll(() => isFocused('Coin')).toBe(true);
    await expect
      .poll(async () => {
        await pad('Gong').focus();
        await page.waitForTimeout(100);
        return isFocused('Gong');
      })
      .toBe(true);
    await page.keyboard.press('x');
    await pad('Air horn').click();
    await page.getByRole('button', { name: 'Add to board' }).click();
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await page.getByText('2 sounds stand on Kitchen.').waitFor();
    await page.keyboard.press('Escape');
    await tab('Kitchen').click();
    await expect.poll(() => sorted()).toEqual(['Air horn', 'Coin', 'Gong']);
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await tab('Kitchen', second).click();
    await expect.poll(() => sorted(second)).toEqual(['Air horn', 'Coin', 'Gong']);
  });

  it('is put in order by key and by hand, also in the other window, and after a reload', async () => {
    await menu('Arrange the pads');
    await page.getByText('Arranging Kitchen').waitFor();
    const order = (): Promise<string[]> =>
      page
        .locator('enc-arrange-pad .name')
        .allTextContents()
        .then((all) => all.map((text) => text.trim()));
    const [first, middle, last] = await order();
    if (!first || !middle || !last) throw new Error('three pads stand on it');
    await page.locator('enc-arrange-pad').first().locator('button').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(order).toEqual([middle, first, last]);
    const box = async (at: number) => {
      const found = await page.locator('enc-arrange-pad').nth(at).boundingBox();
      if (!found) throw new Error('no pad');
      return { x: found.x + found.width / 2, y: found.y + found.height / 2 };
    };
    const [from, to] = [await box(2), await box(0)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await expect.poll(order).toEqual([last, middle, first]);
    await page.mouse.up();
    await expect.poll(() => names(second)).toEqual([last, middle, first]);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.reload();
    await expect.poll(() => names()).toEqual([last, middle, first]);
  });
});

describe('a key', () => {
  it('is pinned, shows on the pad, and the room hears it', async () => {
    await pad('Gong').click({ button: 'right' });
    await entry('Pin to a key').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('7');
    await page.getByText('Gong is on key 7.').waitFor();
    expect(await pad('Gong').getAttribute('aria-keyshortcuts')).toBe('7');
    await expect.poll(() => pad('Gong', second).getAttribute('aria-keyshortcuts')).toBe('7');
    const recorder = await house.sink.record();
    await page.keyboard.press('7');
    await page.locator('.pad.live').waitFor();
    await page.locator('.pad.live').waitFor({ state: 'detached' });
    await sleep(200);
    const [sound] = (await recorder.stop()).sounds({ gapMs: 300 });
    expect(sound?.lengthMs).toBeGreaterThan(1_000);
    expect(sound?.peak).toBeGreaterThan(0.1);
  });
});

describe('the wall', () => {
  it('plays, and locked it is all that this browser shows', async () => {
    await menu('Wall mode');
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    await expect.poll(() => sorted()).toEqual(['Air horn', 'Coin', 'Gong']);
    expect(await axeFaultsInBoth(page)).toEqual([]);
    const recorder = await house.sink.record();
    await page.getByRole('button', { name: /^Air horn/ }).click();
    await page.locator('.pad.live').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.locator('.pad.live').waitFor({ state: 'detached' });
    await sleep(200);
    const [sound] = (await recorder.stop()).sounds({ gapMs: 300 });
    expect(sound?.lengthMs).toBeGreaterThan(1_000);
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByRole('button', { name: /^Locked/ }).waitFor();
    await page.goto(`${house.url}/settings`);
    await page.getByRole('button', { name: /^Locked/ }).waitFor();
    await expect.poll(() => sorted()).toEqual(['Air horn', 'Coin', 'Gong']);
    expect(await page.getByRole('link').count()).toBe(0);
    expect(await axeFaultsInBoth(page)).toEqual([]);
  });

  it('opens to the password behind the held corner, and leads back to the board', async () => {
    await page.getByRole('button', { name: /^Locked/ }).hover();
    await page.mouse.down();
    await page.getByRole('dialog').waitFor();
    await page.mouse.up();
    await page.getByLabel('Password of Mira').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByLabel('Password of Mira').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Leave' }).click();
    await tab('Kitchen').waitFor();
    await expect.poll(() => sorted()).toEqual(['Air horn', 'Coin', 'Gong']);
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(true);
  });
});

it('a deleted board goes for everybody, and Undo brings it back', async () => {
  await menu('Delete');
  // Pointed at it stays.
  await page.getByText('The board Kitchen is deleted.').hover();
  await second.getByRole('heading', { name: 'There is no such board' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sorted()).toEqual(['Air horn', 'Coin', 'Gong']);
  await expect.poll(() => sorted(second)).toEqual(['Air horn', 'Coin', 'Gong']);
});

it('breaks none of its own rules', () => {
  // The browser itself tells of the wrong password, and of the sign-in before it.
  expect(complaints.filter((text) => !/40[13]/.test(text))).toEqual([]);
});
