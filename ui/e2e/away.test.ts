import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHttpDoor, type OpenDoor } from '../../server/adapters/testing/open-http-door.ts';
import { projectRoot } from '../../server/config.ts';
import { password, startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, startHeadlessShell } from '../testing/chromium.ts';

const patient = { timeout: 60_000 };

let browser: Browser;

const newContext = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });

/** A worker of a build with this name; its page has another hash, which the copy need not know. */
const keeping = (worker: string, mark: string): string =>
  worker.replace(/"id":"\w+"/, `"id":"${mark}"`).replaceAll(/,"integrity":"[^"]+"/g, '');

/** The build that this window's worker keeps is complete, and the worker is at work. */
const keeperReady = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === 'activated') return;
    await new Promise((resolve) => active?.addEventListener('statechange', resolve));
  });

const shelves = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());

beforeAll(async () => {
  browser = await startHeadlessShell();
});
afterAll(() => browser?.close());

describe('a box that is away', () => {
  let house: UnheardHouse;
  let context: BrowserContext;
  let page: Page;
  const pad = (name: string): Locator =>
    page.locator('enc-board').getByRole('button', { name: new RegExp(`^${name}`) });
  const signIn = async (): Promise<void> => {
    await page.getByLabel('Name or e-mail').fill('Mira');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await pad('Air horn').waitFor();
  };
  /** Frozen, not gone: connections are taken and nobody answers. */
  const freeze = (): (() => void) => {
    const pid = house.pidOf('server');
    process.kill(pid, 'SIGSTOP');
    return () => void process.kill(pid, 'SIGCONT');
  };

  beforeAll(async () => {
    house = await startUnheardHouse({ fill: fewSounds });
    await house.setUp();
    context = await newContext();
    page = await context.newPage();
    await page.goto(house.url);
    await signIn();
  });
  afterAll(async () => {
    await context?.close();
    await house?.stop();
  });

  it('leaves the last known board, which says that nothing can be played', async () => {
    await page.getByRole('button', { name: 'Favourite: Coin' }).click();
    await keeperReady(page);
    // Some seconds after the last change the board is kept.
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const kept = await (await caches.match('/last-known'))?.json();
            return [kept?.user.name, kept?.items.length, kept?.favourites.length];
          }),
        patient,
      )
      .toEqual(['Mira', 3, 1]);
    await context.setOffline(true);
    await page.reload();
    await pad('Air horn').waitFor();
    await page.getByText('Nothing can be played until Encore answers.').waitFor();
    expect(await pad('Air horn').getAttribute('aria-disabled')).toBe('true');
    expect(
      await page.getByRole('button', { name: 'Favourite: Coin' }).getAttribute('aria-pressed'),
    ).toBe('true');
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByLabel('Search sounds').fill('coin');
    await expect.poll(() => pad('Air horn').count(), patient).toBe(0);
    expect(await pad('Coin').count()).toBe(1);
    await page.getByLabel('Search sounds').fill('');
  });

  it('opens any of its screens, which say for themselves what they miss', async () => {
    await page.goto(`${house.url}/playlists`);
    await page.getByRole('heading', { name: 'Playlists', exact: true }).first().waitFor();
    await page.goto(house.url);
    await pad('Air horn').waitFor();
  });

  it('plays again when it is back, without another reload', async () => {
    await context.setOffline(false);
    await page.locator('.pad[aria-disabled]').first().waitFor({ state: 'detached' });
    await pad('Coin').click();
    await page.locator('.pad.live').waitFor();
  });

  it('shows the same board where the box hangs instead of being gone', async () => {
    const thaw = freeze();
    try {
      await page.reload({ waitUntil: 'commit' });
      await pad('Air horn').waitFor();
      await pad('Air horn').click({ force: true });
      await page.getByText(/so nothing happened/).waitFor();
    } finally {
      thaw();
    }
    await house.ready();
    await expect
      .poll(async () => {
        await pad('Coin').click();
        return page.locator('.pad.live').count();
      }, patient)
      .toBeGreaterThan(0);
  });

  it('leaves nothing of who has signed out', async () => {
    expect(await shelves(page)).toContain('encore-last-known');
    await page.getByRole('button', { name: 'Mira' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Name or e-mail').waitFor();
    expect(await shelves(page)).toEqual([expect.stringMatching(/^encore-build-/)]);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Encore does not answer' }).waitFor();
    expect(await page.locator('.pad').count()).toBe(0);
    await context.setOffline(false);
    await page.getByLabel('Name or e-mail').waitFor();
  });

  it('keeps no answer of the API, whoever asked', async () => {
    await signIn();
    await keeperReady(page);
    const kept = await page.evaluate(async () => {
      const build = (await caches.keys()).find((name) => name.startsWith('encore-build-')) ?? '';
      const requests = await (await caches.open(build)).keys();
      return requests.map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/');
    expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
    // A session that the server has ended is told as such, and not papered over.
    const status = await page.evaluate(async () => (await fetch('/api/v1/none')).status);
    expect(status).toBe(404);
  });
});

describe('a newer build', () => {
  let dir: string;
  let open: OpenDoor;
  let context: BrowserContext;
  let page: Page;
  const dist = join(projectRoot, 'ui', 'dist');

  /** The build with other names for its scripts, as every change gives to what it touches. */
  const build = (mark: string): void => {
    rmSync(dir, { recursive: true, force: true });
    cpSync(dist, dir, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
    const scripts = readdirSync(join(dir, 'assets')).filter((name) => name.endsWith('.js'));
    const renamed = (text: string): string =>
      scripts.reduce(
        (all, name) => all.replaceAll(name, name.replace(/.\.js$/, `${mark}.js`)),
        text,
      );
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((one) => /\.(js|html)$/.test(one))) {
      const text = renamed(readFileSync(join(dir, name), 'utf8'));
      rmSync(join(dir, name));
      writeFileSync(join(dir, renamed(name)), name === 'sw.js' ? keeping(text, mark) : text);
    }
  };
  const serve = async (port: number): Promise<void> => {
    open = await openHttpDoor([], { uiDir: dir, port });
  };
  const script = (): Promise<string> =>
    page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type]')?.src ?? '');

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'encore-dist-'));
    build('1');
    await serve(0);
    context = await newContext();
    page = await context.newPage();
    await page.goto(open.origin);
    await keeperReady(page);
  });
  afterAll(async () => {
    await context?.close();
    await open?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const toast = (): Locator => page.getByText('Encore has been updated.');

  it('is offered to a window that is open, stays offered, and loads when it is asked for', async () => {
    const { port } = open;
    await open.close();
    build('2');
    await serve(port);
    // Browsers ask by themselves now and then; here and now they are told to.
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await toast().waitFor();
    expect(await script()).toMatch(/1\.js$/);
    await page.getByRole('button', { name: 'Load the new version' }).click();
    await expect.poll(script, patient).toMatch(/2\.js$/);
    await keeperReady(page);
    expect(await toast().count()).toBe(0);
  });

  it('is there at once for who opens a window, without being offered to them', async () => {
    const { port } = open;
    await open.close();
    build('3');
    await serve(port);
    const second = await context.newPage();
    await second.goto(open.origin);
    expect(
      await second.evaluate(() => document.querySelector<HTMLScriptElement>('script[type]')?.src),
    ).toMatch(/3\.js$/);
    // Its keeper begins without a question; the window that is older is asked.
    await expect.poll(() => shelves(second), patient).toContain('encore-build-3');
    await toast().waitFor();
    expect(await second.getByText('Encore has been updated.').count()).toBe(0);
    await second.close();
  });
});
