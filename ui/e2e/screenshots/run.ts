import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { projectRoot } from '../../../server/config.ts';
import { password } from '../../../server/testing/real-house.ts';
import { placeNames, places } from '../../app/places.ts';
import { startChromium } from '../../testing/chromium.ts';
import { settled } from '../../testing/settled.ts';
import { nextFrame } from '../bench/measured-page.ts';
import { startDemoHouse, type DemoHouse } from './demo-house.ts';

/** `npm run screenshots [name…]`: every screen, or those whose name begins so, in four variants. */
const wanted = process.argv.slice(2);
const folder = join(projectRoot, 'build', 'screenshots');
const widths = { 390: 844, 1440: 900 } as const;
type Width = 390 | 1440;

type Shot = {
  name: string;
  path: string;
  /** Brings the page to what is to be seen. */
  prepare?: (page: Page, demo: DemoHouse) => Promise<unknown>;
  /** Right before each picture, for what does not last. */
  act?: (page: Page, demo: DemoHouse) => Promise<unknown>;
  only?: Width;
  /** Who looks, if not Mira, the administrator. */
  as?: string;
};

const pad = (page: Page, name: string) =>
  page
    .locator('enc-board')
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first();

const shots: readonly Shot[] = [
  {
    name: 'sounds-playing',
    path: '/',
    act: async (page, { call, soundId }) => {
      await call('POST', '/sounds/stop', {});
      await pad(page, 'Air horn').waitFor();
      await page.locator('.pad.live').first().waitFor({ state: 'detached' });
      const names = ['Gong', 'Crickets', 'Sonar', 'Blackbird'];
      await Promise.all(names.map((name) => call('POST', `/sounds/play/${soundId(name)}`, {})));
      await page.locator('.pad.live').nth(2).waitFor();
    },
  },
  {
    name: 'sounds-search',
    path: '/',
    prepare: (page) => page.getByLabel('Search sounds').fill('be'),
  },
  {
    name: 'sounds-none',
    path: '/',
    prepare: (page) => page.getByLabel('Search sounds').fill('qqq'),
  },
  {
    name: 'sounds-menu',
    path: '/',
    prepare: async (page) => {
      await pad(page, 'Air horn').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Trim', exact: true }).waitFor();
    },
  },
  {
    name: 'sounds-offline',
    path: '/',
    prepare: async (page) => {
      // The first pads come before all sounds have, and their waveforms last.
      await page.getByPlaceholder(/^Search \d+ sounds/).waitFor();
      await page.waitForLoadState('networkidle');
      await page.context().setOffline(true);
      await page.getByText('Nothing can be played until Encore answers.').waitFor();
    },
  },
  { name: 'credits-member', path: '/credits', as: 'Bo' },
  ...placeNames.map((name) => ({ name, path: places[name].href as string })),
  {
    name: 'playlist',
    path: '/playlists',
    prepare: (page) =>
      page
        .getByRole('link', { name: /Sunday kitchen/ })
        .first()
        .click(),
  },
  {
    name: 'player-sheet',
    path: '/',
    only: 390,
    prepare: async (page) => {
      await page.locator('enc-mini-player').getByRole('button').first().click();
    },
  },
  {
    name: 'shortcuts',
    path: '/',
    only: 1440,
    prepare: async (page) => {
      await pad(page, 'Air horn').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];

const take = async (
  page: Page,
  name: string,
  width: Width,
  act?: () => Promise<unknown>,
): Promise<void> => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(settled);
    await page.evaluate(() => document.fonts.ready);
    await act?.();
    // What a change of state takes away leaves a frame later.
    await nextFrame(page);
    const path = join(folder, `${name}-${width}-${colorScheme}.png`);
    await page.screenshot({ path });
    console.log(path);
  }
};

const isWanted = (name: string): boolean =>
  wanted.length === 0 || wanted.some((one) => name.startsWith(one));

const show = async (page: Page, shot: Shot, demo: DemoHouse, width: Width): Promise<void> => {
  if (!isWanted(shot.name) || (shot.only ?? width) !== width) return;
  try {
    await page.goto(`${demo.house.url}${shot.path}`);
    await page.locator('enc-shell h1, enc-wall').first().waitFor({ state: 'attached' });
    await shot.prepare?.(page, demo);
    // What comes late, such as a measured line or a picture, belongs to the picture.
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.waitForTimeout(1_200);
    const { act } = shot;
    await take(page, shot.name, width, act && (() => act(page, demo)));
  } catch (error) {
    console.error(`${shot.name} at ${width}: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    await page.context().setOffline(false);
    // Otherwise the timeline would tell of little else.
    if (shot.act) await demo.call('POST', '/sounds/stop', {});
  }
};

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
console.log('furnishing a house …');
const demo = await startDemoHouse();
const browser = await startChromium();
try {
  for (const [width, height] of Object.entries(widths).map(
    ([w, h]) => [Number(w) as Width, h] as const,
  )) {
    for (const name of ['Mira', 'Bo']) {
      const context = await browser.newContext({
        viewport: { width, height },
        ...(width === 390 && { deviceScaleFactor: 2, hasTouch: true, isMobile: true }),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(demo.house.url);
      await page.getByLabel('Name or e-mail').waitFor();
      if (name === 'Mira' && isWanted('sign-in')) await take(page, 'sign-in', width);
      await page.getByLabel('Name or e-mail').fill(name);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await pad(page, 'Air horn').waitFor();
      const own = shots.filter((shot) => (shot.as ?? 'Mira') === name);
      for (const shot of own) await show(page, shot, demo, width);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}
