import type { CDPSession, Page } from 'playwright';
import { atMost, median, p95, type Row } from '../../../server/bench/bench.ts';
import { countFrames, countNodes, nextFrame, threadClock } from './measured-page.ts';
import { pads, row } from './rows.ts';

const rounds = 40;
const idleMs = 5_000;
const settleMs = 3_000;
const wheelPx = 160;
const words = ['horn', 'kettle', 'drum', 'tromb', 'laught', 'klaxn', 'wistle', '4711'];
const turns = Array.from({ length: rounds }, (_, turn) => turn);

/** Milliseconds each; the press from the finger to the next paint, the others of the main thread. */
type Work = { scroll: number[]; keystroke: number[]; hit: number[]; press: number[] };

/** Thread time of one action and the frames that follow it, one by one. */
const threadTimes = async <T>(
  page: Page,
  session: CDPSession,
  turns: Iterable<T>,
  act: (turn: T) => Promise<unknown>,
): Promise<number[]> => {
  const clock = await threadClock(session);
  const samples: number[] = [];
  for (const turn of turns) {
    const before = await clock();
    await act(turn);
    await nextFrame(page);
    samples.push((await clock()) - before);
  }
  return samples;
};

/** Of a frame while the wheel turns: each turn is several, of which one may bring a new row. */
const scrollFrames = async (page: Page, session: CDPSession): Promise<number[]> => {
  const frames = await countFrames(page);
  const samples = await threadTimes(page, session, turns, () => page.mouse.wheel(0, wheelPx));
  const perTurn = Math.max(1, (await frames()) / rounds);
  return samples.map((ms) => ms / perTurn);
};

const keystrokes = async (page: Page, session: CDPSession): Promise<number[]> => {
  const search = page.getByLabel('Search sounds');
  const samples: number[] = [];
  for (const word of words) {
    await search.fill('');
    await nextFrame(page);
    samples.push(...(await threadTimes(page, session, word, (key) => page.keyboard.press(key))));
  }
  await search.fill('');
  await nextFrame(page);
  return samples;
};

/** As the browser's own event timing has it, in steps of 8 ms. */
const pressesToPaint = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => {
    const seen: number[] = [];
    (globalThis as Record<string, unknown>)['presses'] = seen;
    const options = { type: 'event', durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'pointerdown') seen.push(duration);
      }
    }).observe(options);
  });
  for (const turn of turns) {
    await pads(page)
      .nth(turn % 8)
      .click({ force: true });
    await nextFrame(page);
  }
  await page.waitForTimeout(500);
  const slow = await page.evaluate(() => (globalThis as unknown as { presses: number[] }).presses);
  // Those below the threshold are not told one by one.
  return [...Array.from({ length: Math.max(0, rounds - slow.length) }, () => 16), ...slow];
};

/** The same handful of things that people do all day, on the board or on the control. */
const work = async (page: Page): Promise<Work> => {
  // What lies behind another tab is drawn for nobody.
  await page.bringToFront();
  await page.waitForTimeout(settleMs);
  const session = await page.context().newCDPSession(page);
  await page.mouse.move(700, 500);
  const scroll = await scrollFrames(page, session);
  await page.mouse.wheel(0, -1_000_000);
  const keystroke = await keystrokes(page, session);
  const hit = await threadTimes(page, session, turns, (turn) =>
    pads(page)
      .nth(turn % 8)
      .dispatchEvent('click'),
  );
  await page.keyboard.press('Escape');
  return { scroll, keystroke, hit, press: await pressesToPaint(page) };
};

/** Thread time a second while one sound plays and nobody does anything. */
const playing = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await page.keyboard.press('Escape');
  await page.getByLabel('Search sounds').fill('Long tone');
  await pads(page).first().click();
  await page.locator('.pad.live').waitFor();
  await page.waitForTimeout(settleMs);
  const clock = await threadClock(session);
  const before = await clock();
  await page.waitForTimeout(idleMs);
  return ((await clock()) - before) / (idleMs / 1000);
};

/** What the board takes of the main thread, beside what plain buttons take. */
export const atWork = async (board: Page, control: Page): Promise<Row[]> => {
  const plain = await work(control);
  const done = await work(board);
  const { pads: tiles, nodes } = await countNodes(board);
  const idle = await playing(board);
  const rows = (name: string, of: keyof Work, goal: Row['goal']): Row[] => [
    row(name, 'ms', done[of], { control: plain[of], goal }),
    row('  the control', 'ms', plain[of]),
  ];
  return [
    ...rows('scroll, thread time a frame', 'scroll', atMost(8, median(done.scroll))),
    ...rows('keystroke in the search', 'keystroke', atMost(40, median(done.keystroke))),
    ...rows('pad hit', 'hit', atMost(32, median(done.hit))),
    ...rows('press to next paint', 'press', atMost(50, p95(done.press))),
    row('a sound plays, thread time a second', 'ms', [idle], { goal: atMost(40, idle) }),
    row('pads in the page', '', [tiles], { goal: atMost(80, tiles) }),
    row('nodes in the page', '', [nodes], { goal: atMost(6_000, nodes) }),
  ];
};
