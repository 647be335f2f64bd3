import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { shippedSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: UnheardHouse;
let browser: Browser;
/** Two windows of Mira, an administrator. */
let page: Page;
let second: Page;
let token: string;
const complaints: string[] = [];

const pad = (name: string, on = page): Locator =>
  on.locator('enc-board').getByRole('button', { name: new RegExp(`^${name}`) });
const heart = (name: string, on = page): Locator =>
  on.getByRole('button', { name: `Favourite: ${name}` });
const entry = (name: string, on = page): Locator => on.getByRole('menuitem', { name, exact: true });
const dialog = (): Locator => page.getByRole('dialog');
const names = async (): Promise<(string | undefined)[]> =>
  (await page.locator('.pad .name').allTextContents()).map((text) => text.trim());

const newWindow = async (name: string): Promise<Page> => {
  const context = await browser.newContext(plainWindow);
  const opened = await context.newPage();
  opened.setDefaultTimeout(10_000);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  await letIn(context, house.url, name);
  await opened.goto(house.url);
  await pad('Air horn', opened).waitFor();
  return opened;
};

const call = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.json().catch(() => null);
};

const choose = async (name: string, what: string): Promise<void> => {
  await pad(name).click({ button: 'right' });
  await entry(what).click();
  await dialog().waitFor();
};
const save = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Save' }).click();
  await dialog().waitFor({ state: 'detached' });
};
const leave = async (): Promise<void> => {
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
};

/** The sound whose pad, heart or dots have the focus. */
const focusedSound = (): Promise<string | undefined> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.querySelector('.name')?.textContent.trim();
  });

beforeAll(async () => {
  // 'games' is a tag of some of them, and 'Cuckoo clock' stands between others.
  const fill = shippedSounds('Air horn', 'Boing', 'Coin', 'Cuckoo clock', 'Gong', 'Laser');
  house = await startUnheardHouse({ fill });
  token = await house.setUp();
  browser = await startHeadlessShell();
  page = await newWindow('Mira');
  second = await newWindow('Mira');
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('favourites', () => {
  it('a heart that fills here fills in the other window too', async () => {
    await heart('Coin').click();
    await expect.poll(() => heart('Coin', second).getAttribute('aria-pressed')).toBe('true');
    await second.getByRole('button', { name: 'Favourites', exact: true }).click();
    await expect.poll(() => second.locator('.pad .name').allTextContents()).toEqual(['Coin']);
    expect(await axeFaultsInBoth(page)).toEqual([]);
  });

  it('F on the focused pad takes it back, and the chip says what to do', async () => {
    await pad('Coin').focus();
    await page.keyboard.press('f');
    await second.getByRole('heading', { name: 'No favourites yet' }).waitFor();
    await second.getByRole('button', { name: 'Show all sounds' }).click();
    await pad('Air horn', second).waitFor();
  });

  it('are there again after a reload', async () => {
    await heart('Gong').click();
    await expect.poll(() => heart('Gong', second).getAttribute('aria-pressed')).toBe('true');
    await page.reload();
    await expect.poll(() => heart('Gong').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the menu', () => {
  it('opens by key, right button and dots, and gives the focus back to the pad', async () => {
    await pad('Coin').focus();
    await page.keyboard.press('.');
    await entry('Play on this device').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await entry('Trim').waitFor({ state: 'hidden' });
    await expect.poll(focusedSound).toBe('Coin');

    await pad('Gong').click({ button: 'right' });
    await entry('Trim').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focusedSound).toBe('Gong');

    await pad('Coin').hover();
    await page.getByRole('button', { name: 'More for Coin' }).click();
    await entry('Trim').waitFor();
    // A press beside it closes it.
    await page.mouse.click(1_400, 880);
    await entry('Trim').waitFor({ state: 'hidden' });
  });

  it('opens under a long press and stays when it is let go; nothing is played', async () => {
    const plays = async (): Promise<number> =>
      ((await call('GET', '/plays')) as { total: number }).total;
    const before = await plays();
    await pad('Coin').hover();
    await page.mouse.down();
    await entry('Trim').waitFor();
    await page.mouse.up();
    expect(await entry('Trim').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await entry('Trim').waitFor({ state: 'hidden' });
    expect(await plays()).toBe(before);
  });

  it('plays on this device alone, with a pill that stops it', async () => {
    await pad('Gong').click({ button: 'right' });
    const asked = page.waitForResponse((response) => response.url().endsWith('/audio'));
    await entry('Play on this device').click();
    expect([200, 206]).toContain((await asked).status());
    const pill = page.getByRole('button', { name: /^Stop Gong/ });
    await pill.waitFor();
    await pill.click();
    await pill.waitFor({ state: 'detached' });
    expect(await page.locator('.pad.live').count()).toBe(0);
  });

  it('hands out the file', async () => {
    await pad('Coin').click({ button: 'right' });
    const download = page.waitForEvent('download');
    await entry('Download').click();
    expect((await download).suggestedFilename()).toMatch(/coin/i);
  });
});

describe('edits', () => {
  it('F2 renames, the focus stays on the sound, and the other window knows', async () => {
    await pad('Boing').focus();
    await page.keyboard.press('F2');
    await dialog().waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.keyboard.press('Enter');
    await page.getByText('A name is needed.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Spring');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await pad('Spring').waitFor();
    // Its place by name, the last; what is pressed before it is there may be another sound.
    await expect.poll(async () => (await names()).at(-1)).toBe('Spring');
    await expect.poll(focusedSound).toBe('Spring');
    await pad('Spring', second).waitFor();
  });

  it('tags are suggested and typed, and the search finds them', async () => {
    await choose('Spring', 'Tags');
    await page.getByRole('button', { name: 'Add the tag games' }).click();
    await page.keyboard.type('Birthday');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove the tag birthday' }).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await save();
    await page.getByLabel('Search sounds').fill('birthday');
    await expect.poll(names).toEqual(['Spring']);
    await page.getByLabel('Search sounds').fill('');
  });

  it('volume and policy are saved and shown again', async () => {
    await choose('Spring', 'Volume and policy');
    const gain = page.locator('enc-edit-dialog').getByRole('slider', { name: 'Volume' });
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    await page.getByText('+2.5 dB').waitFor();
    await page.getByRole('button', { name: 'Listen' }).click();
    await page.getByRole('radio', { name: /^Queue/ }).check();
    await save();
    await choose('Spring', 'Volume and policy');
    expect(await gain.inputValue()).toBe('2.5');
    expect(await page.getByRole('radio', { name: /^Queue/ }).isChecked()).toBe(true);
    await leave();
  });

  it('a trim is made by key and by hand, saved, shown again, and taken back', async () => {
    const start = page.getByRole('slider', { name: 'Start' });
    const end = page.getByRole('slider', { name: 'End' });
    await choose('Gong', 'Trim');
    await page.locator('enc-trim-dialog .wave path').waitFor();
    await start.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await start.getAttribute('aria-valuenow')).toBe('110');
    const box = await page.locator('enc-trim-dialog .wave').boundingBox();
    if (!box) throw new Error('no waveform');
    const whole = Number(await end.getAttribute('aria-valuemax'));
    await page.mouse.move(box.x + box.width - 1, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 4 });
    await page.mouse.up();
    const ended = Number(await end.getAttribute('aria-valuenow'));
    expect(Math.abs(ended - whole / 2)).toBeLessThan(whole / 50);
    await page.getByLabel('Start, seconds').fill('soon');
    await page.getByLabel('End, seconds').focus();
    await page.getByText('Give seconds, such as 1.25.').waitFor();
    await page.getByLabel('Start, seconds').fill('0,25');
    await page.getByRole('button', { name: 'Listen' }).click();
    await page.locator('.playhead').waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await save();

    await choose('Gong', 'Trim');
    expect(await start.getAttribute('aria-valuenow')).toBe('250');
    expect(await end.getAttribute('aria-valuenow')).toBe(String(ended));
    await page.getByRole('button', { name: 'Whole sound' }).click();
    await save();
    await choose('Gong', 'Trim');
    expect(await start.getAttribute('aria-valuenow')).toBe('0');
    expect(await end.getAttribute('aria-valuenow')).toBe(String(whole));
    await leave();
  });
});

it('who played a sound stands in a list, and nobody for one that nobody played', async () => {
  await choose('Laser', 'Who played this');
  await page.getByRole('heading', { name: 'Nobody has played it yet' }).waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await leave();
  await pad('Laser').click();
  await page.locator('.pad.live').waitFor();
  await page.locator('.pad.live').waitFor({ state: 'detached' });
  await choose('Laser', 'Who played this');
  await expect
    .poll(() => page.locator('enc-plays-dialog li').allTextContents())
    .toEqual([expect.stringMatching(/Mira.*in the app.*Played.*heard after \d+ ms/s)]);
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await leave();
});

it('a deleted sound goes at once, and Undo brings it back to where it was', async () => {
  // By plays the catalogue that comes after it may have another order.
  await page.getByLabel('Sort by').selectOption('name');
  const before = await names();
  expect(before).toContain('Cuckoo clock');
  await pad('Cuckoo clock').click({ button: 'right' });
  await entry('Delete').click();
  await pad('Cuckoo clock').waitFor({ state: 'detached' });
  // Pointed at it stays.
  await page.getByText('“Cuckoo clock” is deleted.').hover();
  await pad('Cuckoo clock', second).waitFor({ state: 'detached' });
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await pad('Cuckoo clock').waitFor();
  expect(await names()).toEqual(before);
  await expect.poll(focusedSound).toBe('Cuckoo clock');
  await pad('Cuckoo clock', second).waitFor();
});

describe.each([
  ['guest', 6],
  ['user', 9],
] as const)('a %s', (role, entries) => {
  it('finds nothing in the menu that changes what others added', async () => {
    await call('POST', '/admin/users', { name: `Kim ${role}`, password, role });
    const kim = await newWindow(`Kim ${role}`);
    await pad('Coin', kim).click({ button: 'right' });
    await entry('Who played this', kim).waitFor();
    // What boards allow may come later than the menu.
    await expect.poll(() => kim.getByRole('menuitem').count()).toBe(entries);
    expect(await entry('Rename', kim).count()).toBe(0);
    await kim.keyboard.press('Escape');
    await heart('Coin', kim).click();
    await expect.poll(() => heart('Coin', kim).getAttribute('aria-pressed')).toBe('true');
    // Somebody else's favourites are their own.
    expect(await heart('Coin').getAttribute('aria-pressed')).toBe('false');
    await kim.context().close();
  });
});

it('breaks none of its own rules', () => {
  // The refused name is told by the browser itself.
  expect(complaints.filter((text) => !/401|422/.test(text))).toEqual([]);
});
