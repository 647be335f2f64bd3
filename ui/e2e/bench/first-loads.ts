import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { atMost, median, type Row } from '../../../server/bench/bench.ts';
import { asPhone, threadClock, vitalsOf, watchVitals, type Vitals } from './measured-page.ts';
import { pads, row } from './rows.ts';

const loads = 5;
const settleMs = 3_000;
const viewport = { width: 412, height: 823 };

type State = NonNullable<BrowserContextOptions['storageState']>;
type Load = Vitals & { threadMs: number };

type Target = {
  url: string;
  state: State;
  /** How the address ends of what the page asks for last. */
  last?: string;
};

/** From a cold cache, on what Lighthouse calls a phone; the thread time is this machine's own. */
const load = async (
  browser: Browser,
  { url, state: storageState, last }: Target,
): Promise<Load> => {
  const opened = async <T>(measure: (page: Page) => Promise<T>): Promise<T> => {
    const context = await browser.newContext({ viewport, storageState });
    try {
      return await measure(await context.newPage());
    } finally {
      await context.close();
    }
  };
  const show = async (page: Page): Promise<void> => {
    // To look for a pad would be work of the page itself: of the line it is seen from outside.
    const answered =
      last && page.waitForResponse((one) => one.url().endsWith(last), { timeout: 120_000 });
    await Promise.all([page.goto(url), answered]);
    await page.waitForTimeout(settleMs);
  };
  const vitals = await opened(async (page) => {
    await watchVitals(page);
    await asPhone(await page.context().newCDPSession(page));
    await show(page);
    const vitals = await vitalsOf(page);
    await pads(page).first().waitFor();
    return vitals;
  });
  const threadMs = await opened(async (page) => {
    const clock = await threadClock(await page.context().newCDPSession(page));
    const before = await clock();
    await show(page);
    return (await clock()) - before;
  });
  return { ...vitals, threadMs };
};

/** The board of who is signed in, beside a page without a script in the same minutes. */
export const firstLoads = async (
  browser: Browser,
  board: { url: string; state: State },
  controlUrl: string,
): Promise<Row[]> => {
  const boards: Load[] = [];
  const controls: Load[] = [];
  for (let round = 0; round < loads; round++) {
    boards.push(await load(browser, { ...board, last: '/sounds/waveforms' }));
    controls.push(await load(browser, { url: controlUrl, state: { cookies: [], origins: [] } }));
  }
  const of = (measure: keyof Load) => {
    const samples = boards.map((one) => one[measure]);
    const control = controls.map((one) => one[measure]);
    return { samples, control };
  };
  const lcp = of('lcpMs');
  const tbt = of('tbtMs');
  const cls = of('cls');
  const thread = of('threadMs');
  return [
    row('largest contentful paint, phone', 'ms', lcp.samples, {
      control: lcp.control,
      goal: atMost(2_500, median(lcp.samples)),
    }),
    row('  the control', 'ms', lcp.control),
    row('total blocking time, phone', 'ms', tbt.samples, {
      goal: atMost(250, median(tbt.samples)),
    }),
    row('  the control', 'ms', tbt.control),
    row('layout shift, phone', '', cls.samples, { goal: atMost(0.02, median(cls.samples)) }),
    row('thread time until it rests', 'ms', thread.samples, { control: thread.control }),
    row('  the control', 'ms', thread.control),
  ];
};
