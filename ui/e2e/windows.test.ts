import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Play } from '../../server/soundboard/contract.ts';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';
import { placeNames, places, type Place } from '../app/places.ts';

const patient = { timeout: 60_000 };

let house: RealHouse;
let browser: Browser;
let token: string;
/** What the pages of all windows complained of, and what they asked of others. */
const violations: string[] = [];
const strayRequests: string[] = [];

const pad = (page: Page, name: string): Locator =>
  page.locator('enc-board').getByRole('button', { name: new RegExp(`^${name}`) });
const card = (page: Page): Locator => page.getByLabel('Name or e-mail');

const newContext = async (kind: BrowserContextOptions = plainWindow): Promise<BrowserContext> => {
  const context = await browser.newContext(kind);
  // Also those that the worker makes.
  context.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(house.url)) strayRequests.push(url);
  });
  context.on('console', (line) => {
    if (/Content Security Policy|Trusted/.test(line.text())) violations.push(line.text());
  });
  return context;
};

const signIn = async (page: Page, name: string): Promise<void> => {
  await card(page).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await card(page).waitFor({ state: 'detached' });
};

const signOut = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /account menu|Mira/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await card(page).waitFor();
};

/** So that a page that was loaded again can be told from one that was not. */
const mark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (globalThis as Record<string, unknown>)['sameDocument'] = true;
  });
const isMarked = (page: Page): Promise<boolean> =>
  page.evaluate(() => 'sameDocument' in globalThis);

/** Sounds that have been pressed and have not ended, whoever pressed them. */
const sounding = async (): Promise<number> => {
  const response = await fetch(`${house.url}/api/v1/plays?limit=20`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await response.json()) as { items: Play[] };
  return items.filter(({ ended_at }) => ended_at === null).length;
};

const press = async (page: Page, name: string): Promise<void> => {
  // What another page has begun comes to this one only with its line.
  await expect.poll(sounding, patient).toBe(0);
  await page.locator('.pad.live').waitFor({ state: 'detached' });
  await pad(page, name).click();
  await page.locator('.pad.live', { hasText: name }).waitFor();
};

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  token = await house.setUp();
  browser = await startHeadlessShell();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('windows of one browser', () => {
  let context: BrowserContext;
  let windows: Page[];

  beforeAll(async () => {
    context = await newContext();
    const first = await context.newPage();
    await letIn(context, house.url, 'Mira');
    windows = [first, await context.newPage(), await context.newPage()];
    for (const page of windows) {
      await page.goto(house.url);
      await pad(page, 'Air horn').waitFor();
      await mark(page);
    }
  });
  afterAll(() => context?.close());

  it('stay signed in when all of them find the access lapsed at once', async () => {
    await context.clearCookies({ name: 'encore_access' });
    const refreshed: number[] = [];
    context.on('response', (response) => {
      if (response.url().endsWith('/auth/refresh')) refreshed.push(response.status());
    });
    // Each has something to ask, as after a night's sleep.
    await Promise.all(
      windows.map((page) => page.getByRole('button', { name: 'Favourite: Coin' }).click()),
    );
    await expect.poll(() => refreshed.length, patient).toBeGreaterThan(0);
    await expect
      .poll(async () => (await context.cookies()).some(({ name }) => name === 'encore_access'))
      .toBe(true);
    // The token that the browser ended with is one that the box takes.
    await context.clearCookies({ name: 'encore_access' });
    const [first] = windows;
    await first?.reload();
    await pad(first as Page, 'Air horn').waitFor();
    expect(new Set(refreshed)).toEqual(new Set([200]));
    for (const page of windows) expect(await card(page).count()).toBe(0);
  });

  it('sign out together, and the board behind the card cannot be pressed', async () => {
    const [first, second, third] = windows as [Page, Page, Page];
    await signOut(second);
    for (const page of [first, third]) {
      await card(page).waitFor();
      expect(await page.locator('enc-shell').getAttribute('inert')).toBe('');
    }
  });

  it('sign in together, and those that were not asked are the same page still', async () => {
    const [first, second, third] = windows as [Page, Page, Page];
    await signIn(second, 'Mira');
    for (const page of [first, third]) await card(page).waitFor({ state: 'detached' });
    expect(await isMarked(third)).toBe(true);
    await press(third, 'Coin');
  });
});

describe('a session that ends in the middle of work', () => {
  let page: Page;

  beforeAll(async () => {
    page = await (await newContext()).newPage();
    await letIn(page.context(), house.url, 'Mira');
    await page.goto(house.url);
    // All of the board: what still comes would ask who is there.
    await page.getByPlaceholder(/\d sounds$/).waitFor();
    await page.waitForLoadState('networkidle');
  });
  afterAll(() => page?.context().close());

  it('asks for the password over the page, which goes on where it was', async () => {
    await page.getByLabel('Search sounds').fill('horn');
    await mark(page);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Favourite: Air horn' }).click();
    await card(page).waitFor();
    await signIn(page, 'Mira');
    expect(await isMarked(page)).toBe(true);
    expect(await page.getByLabel('Search sounds').inputValue()).toBe('horn');
    await press(page, 'Air horn');
  });

  it('begins anew for another person: nothing of the first one stays on the page', async () => {
    const invite = await fetch(`${house.url}/api/v1/admin/invites`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'user' }),
    });
    const { link } = (await invite.json()) as { link: string };
    const code = new URL(link).hash.replace('#invite=', '');
    const registered = await fetch(`${house.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invite: code, name: 'Bo', password }),
    });
    expect([invite.status, registered.status]).toEqual([201, 201]);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Favourite: Air horn' }).click();
    await card(page).waitFor();
    await signIn(page, 'Bo');
    await expect.poll(() => isMarked(page).catch(() => true), patient).toBe(false);
    await pad(page, 'Air horn').waitFor();
    expect(await page.getByRole('button', { name: /Bo/ }).count()).toBeGreaterThan(0);
  });
});

describe.each([3, -3])('a clock that is wrong by %i hours', (hours) => {
  it('keeps nobody from playing, and does not sign out', async () => {
    const context = await newContext();
    const page = await context.newPage();
    await letIn(context, house.url, 'Mira');
    await page.goto(house.url);
    await pad(page, 'Air horn').waitFor();
    await page.clock.setSystemTime(Date.now() + hours * 3_600_000);
    await page.reload();
    await pad(page, 'Air horn').waitFor();
    await press(page, 'Coin');
    expect(await card(page).count()).toBe(0);
    await context.close();
  });
});

describe('a socket that looks open and is not', () => {
  let context: BrowserContext;
  let page: Page;
  let dead: boolean;
  /** Every line that the page opened, in order. */
  let lines: number;

  beforeEach(async () => {
    context = await newContext();
    page = await context.newPage();
    dead = false;
    lines = 0;
    await page.routeWebSocket(/\/api\/v1\/socket/, (socket) => {
      lines++;
      const box = socket.connectToServer();
      const isOfTheDead = dead;
      socket.onMessage((message) => {
        if (!dead || isOfTheDead) box.send(message);
      });
      box.onMessage((message) => {
        if (!dead || isOfTheDead) socket.send(message);
      });
    });
  });
  afterEach(() => context?.close());

  const open = async (): Promise<void> => {
    await letIn(context, house.url, 'Mira');
    await page.goto(house.url);
    await press(page, 'Coin');
    await page.locator('.pad.live').waitFor({ state: 'detached' });
    dead = true;
  };
  const playsAgain = async (): Promise<void> => {
    await expect
      .poll(async () => {
        await pad(page, 'Coin').click();
        return page.locator('.pad.live').count();
      }, patient)
      .toBeGreaterThan(0);
  };

  it('lets no press through until the box has answered on it', async () => {
    await open();
    // What a page hears when its lid is opened.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await pad(page, 'Gong').click();
    await page.getByText(/so nothing happened/).waitFor();
    // The dead one is given up by itself, and the next is alive.
    await playsAgain();
  });

  it('swallows one press, which is told, and is looked at before the next', async () => {
    await open();
    await pad(page, 'Gong').click();
    await page.getByText('Encore did not answer. Try again.').waitFor();
    await playsAgain();
  });

  it('is found dead though nobody touches the page', async () => {
    await page.clock.install();
    await open();
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return lines;
      }, patient)
      .toBeGreaterThan(1);
    await playsAgain();
  });
});

/** What a screen shows once it has what it asked for. */
const content: Record<Place, (page: Page) => Locator> = {
  sounds: (page) => pad(page, 'Air horn'),
  playlists: (page) => page.getByRole('link', { name: /^All sounds/ }),
  extractions: (page) => page.getByLabel(/^Link/),
  credits: (page) => page.getByText('Balance now', { exact: true }),
  stats: (page) => page.getByText('Plays today'),
  library: (page) => page.locator('enc-library-page').getByText('Air horn'),
  people: (page) => page.locator('enc-people-page').getByText('Mira'),
  buttons: (page) => page.getByRole('button', { name: 'Learn a button' }),
  schedules: (page) => page.getByRole('button', { name: 'New schedule' }),
  timeline: (page) => page.getByText('The newest first'),
  settings: (page) => page.getByText('Everything works.'),
  account: (page) => page.getByText('API tokens'),
  wall: (page) => page.locator('enc-wall').getByRole('button', { name: /^Air horn/ }),
};

it('every screen keeps to the policy of the page, and asks nobody outside the box', async () => {
  const context = await newContext({ ...plainWindow, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const policy = (await page.goto(house.url))?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  await letIn(context, house.url, 'Mira');
  for (const place of placeNames) {
    await page.goto(`${house.url}${places[place].href}`);
    await content[place](page).first().waitFor();
  }
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(violations).toEqual([]);
  expect(strayRequests).toEqual([]);
  await context.close();
});
