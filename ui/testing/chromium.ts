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

type WithAxe = { readonly axe: typeof axe };

/** What axe finds wrong with the page once it is at rest, in words; by these of its rules alone. */
export const axeFaults = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  await settled(page);
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (only) => (globalThis as unknown as WithAxe).axe.run(only ? { runOnly: [...only] } : {}),
    rules,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** The same in both themes, open menus, dialogs and all. */
export const axeFaultsInBoth = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  // The themes differ by nothing but colours.
  const looks = [
    { colorScheme: 'light' },
    { colorScheme: 'dark', rules: ['color-contrast'] },
  ] as const;
  for (const { colorScheme, ...look } of looks) {
    await page.emulateMedia({ colorScheme });
    // Colours begin to change with the frame after.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    faults.push(
      ...(await axeFaults(page, 'rules' in look ? look.rules : undefined)).map(
        (fault) => `${colorScheme} ${fault}`,
      ),
    );
  }
  return faults;
};
