import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { password } from '../../server/testing/real-house.ts';
import { settled } from './settled.ts';

const args =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );

/** The system's own browser as people have it, for measurements and pictures. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args });

/** The same engine without the browser around it, for tests: two thirds of the work. */
export const startHeadlessShell = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args });

/**
 * A window for journeys in which the line stays and no newer build comes: nothing keeps the whole
 * build for that. Nothing moves, either: what fades has half its contrast on the way.
 */
export const plainWindow = {
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
  serviceWorkers: 'block',
} as const;

/** Signs somebody in without the card, in every page of a context and in those that come. */
export const letIn = async (context: BrowserContext, url: string, name: string): Promise<void> => {
  const data = { name, password };
  const answer = await context.request.post(`${url}/api/v1/auth/login`, { data });
  if (!answer.ok()) throw new Error(`${name} is not let in: ${answer.status()}`);
};

/** Without comments a page reads it in half the time. */
const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

type WithAxe = { readonly axe: typeof axe };

/** What axe finds wrong with the page once it is at rest, in words; by these of its rules alone. */
export const axeFaults = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  // Nothing fades or slides any more.
  await page.evaluate(settled);
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axeSource);
  // In words already there: all that passed takes longer to hand over than to find.
  return page.evaluate(async (only) => {
    const { violations } = await (globalThis as unknown as WithAxe).axe.run({
      resultTypes: ['violations'],
      selectors: false,
      ...(only && { runOnly: [...only] }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
};

/** The same in both themes, open menus, dialogs and all. Leaves the other theme, without motion. */
export const axeFaultsInBoth = async (page: Page): Promise<string[]> => {
  const now = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [first, second] = now ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  const faults = (await axeFaults(page)).map((fault) => `${first} ${fault}`);
  await page.emulateMedia({ colorScheme: second, reducedMotion: 'reduce' });
  // Colours begin to change with the frame after.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  // The themes differ by nothing but colours.
  for (const fault of await axeFaults(page, ['color-contrast'])) faults.push(`${second} ${fault}`);
  return faults;
};
