import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { isSettled } from './settled.ts';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** The system's own browser, for tests against the real box. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });

/** Nothing fades or slides any more on the page. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(isSettled, undefined);
};

/** What axe finds wrong with the page once it is at rest, in words. */
export const axeFaults = async (page: Page): Promise<string[]> => {
  await settled(page);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** The same in both themes, open menus, dialogs and all. */
export const axeFaultsInBoth = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours begin to change with the frame after.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    faults.push(...(await axeFaults(page)).map((fault) => `${colorScheme} ${fault}`));
  }
  return faults;
};
