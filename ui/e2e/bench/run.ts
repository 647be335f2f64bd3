import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright';
import { atMost, median, p95, type Row } from '../../../server/bench/bench.ts';
import { keepResults, machineLine, table } from '../../../server/bench/report.ts';
import { projectRoot } from '../../../server/config.ts';
import { password, startRealHouse, type RealHouse } from '../../../server/testing/real-house.ts';
import { sineWav } from '../../../server/testing/sine-wav.ts';
import { startChromium } from '../../testing/chromium.ts';
import {
  asPhone,
  countNodes,
  nextFrame,
  threadClock,
  vitalsOf,
  watchVitals,
} from './measured-page.ts';
import { sizes } from './sizes.ts';

/** `npm run bench:ui`: the budgets of the UI, on the built page of a real box with 5,000 sounds. */
const sounds = 5_000;
const perFolder = 500;
const loads = 5;
const rounds = 40;
const idleMs = 5_000;
const settleMs = 3_000;

const pads = (page: Page) => page.locator('enc-board enc-pad button.pad');

const signIn = async (page: Page, house: RealHouse): Promise<void> => {
  await page.goto(house.url);
  await page.getByLabel('Name or e-mail').fill('Mira');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await pads(page).first().waitFor({ timeout: 120_000 });
};

const row = (name: string, unit: string, samples: readonly number[], limit?: number): Row => ({
  name,
  unit,
  median: median(samples),
  ...(samples.length > 1 && { p95: p95(samples) }),
  ...(limit !== undefined && { goal: atMost(limit, median(samples)) }),
});

/** The board of who is signed in, from a cold cache, on what Lighthouse calls a phone. */
const firstLoads = async (browser: Browser, house: RealHouse): Promise<Row[]> => {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  await signIn(page, house);
  const storageState = await context.storageState();
  await context.close();
  const vitals = [];
  for (let load = 0; load < loads; load++) {
    const phone = await browser.newContext({
      viewport: { width: 412, height: 823 },
      storageState,
    });
    const measured = await phone.newPage();
    await watchVitals(measured);
    await asPhone(await phone.newCDPSession(measured));
    await measured.goto(house.url);
    await pads(measured).first().waitFor({ timeout: 120_000 });
    await measured.waitForTimeout(settleMs);
    vitals.push(await vitalsOf(measured));
    await phone.close();
  }
  return [
    row(
      'largest contentful paint, phone',
      'ms',
      vitals.map(({ lcpMs }) => lcpMs),
      2_500,
    ),
    row(
      'total blocking time, phone',
      'ms',
      vitals.map(({ tbtMs }) => tbtMs),
      250,
    ),
    row(
      'layout shift, phone',
      '',
      vitals.map(({ cls }) => cls),
      0.02,
    ),
  ];
};

/** Thread time of one action and the frames that follow it, many times. */
const threadTimes = async (
  page: Page,
  session: CDPSession,
  act: (round: number) => Promise<unknown>,
): Promise<number[]> => {
  const clock = await threadClock(session);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await clock();
    await act(round);
    await nextFrame(page);
    samples.push((await clock()) - before);
  }
  return samples;
};

/** From the finger to the next paint, as the browser's own event timing has it (steps of 8 ms). */
const feedback = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => {
    const seen: number[] = [];
    (globalThis as Record<string, unknown>)['feedback'] = seen;
    const options = { type: 'event', durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'pointerdown') seen.push(duration);
      }
    }).observe(options);
  });
  for (let round = 0; round < rounds; round++) {
    await pads(page)
      .nth(round % 8)
      .click({ force: true });
    await nextFrame(page);
  }
  await page.waitForTimeout(500);
  const slow = await page.evaluate(
    () => (globalThis as unknown as { feedback: number[] }).feedback,
  );
  // Those below the threshold are not told one by one.
  return [...Array.from({ length: Math.max(0, rounds - slow.length) }, () => 16), ...slow];
};

const atWork = async (browser: Browser, house: RealHouse, stray: string[]): Promise<Row[]> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(house.url)) stray.push(url);
  });
  const page = await context.newPage();
  await signIn(page, house);
  await page.waitForTimeout(settleMs);
  const session = await context.newCDPSession(page);
  await page.mouse.move(700, 500);
  const scroll = await threadTimes(page, session, () => page.mouse.wheel(0, 160));
  const { pads: tiles, nodes } = await countNodes(page);
  await page.mouse.wheel(0, -1_000_000);
  const search = page.getByLabel('Search sounds');
  await search.focus();
  const keys = 'hornkelmunpra';
  const keystroke = await threadTimes(page, session, async (round) => {
    const key = keys[round % keys.length] ?? '';
    await page.keyboard.press(round % keys.length === 0 ? 'Control+A' : key);
  });
  await search.fill('');
  await nextFrame(page);
  const hit = await threadTimes(page, session, (round) =>
    pads(page)
      .nth(round % 8)
      .dispatchEvent('click'),
  );
  await page.keyboard.press('Escape');
  const pressed = await feedback(page);
  await page.keyboard.press('Escape');
  await search.fill('Long tone');
  await pads(page).first().click();
  await page.locator('.pad.live').waitFor();
  await page.waitForTimeout(settleMs);
  const clock = await threadClock(session);
  const before = await clock();
  await page.waitForTimeout(idleMs);
  const idle = ((await clock()) - before) / (idleMs / 1000);
  await context.close();
  return [
    row('scroll, thread time a step', 'ms', scroll, 8),
    row('keystroke in the search, thread time', 'ms', keystroke, 40),
    row('pad hit, thread time', 'ms', hit, 32),
    { ...row('press to next paint', 'ms', pressed), goal: atMost(50, p95(pressed)) },
    row('a sound plays, thread time a second', 'ms', [idle], 40),
    row('pads in the page', '', [tiles], 80),
    row('nodes in the page', '', [nodes], 6_000),
  ];
};

const words = ['Air horn', 'Drum roll', 'Sad trombone', 'Whistle', 'Laughter', 'Kettle', 'Klaxon'];
const longTone = (soundboard: string): void =>
  writeFileSync(path.join(soundboard, 'Long tone.wav'), sineWav(300, 60_000));

/** No two are the same: each tells its number in its first frame. */
const fillBoard = (soundboard: string): void => {
  for (let number = 0; number < sounds; number++) {
    const wav = sineWav(440, 200);
    wav.writeUInt32LE(number, 44);
    const folder = path.join(soundboard, String(Math.floor(number / perFolder)));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${words[number % words.length]} ${number}.wav`), wav);
  }
};

const machine = machineLine();
console.log(`${machine}\n\nsizes\n${table(sizes())}`);
const soundboardIn = (soundsDir: string) => path.join(soundsDir, 'originals', 'soundboard');
const house = await startRealHouse({ fill: (soundsDir) => longTone(soundboardIn(soundsDir)) });
const browser = await startChromium();
try {
  const token = await house.apiToken(await house.setUp());
  fillBoard(soundboardIn(path.join(house.dir, 'sounds')));
  const headers = { Authorization: `Bearer ${token}` };
  const scanned = await fetch(`${house.url}/api/v1/sounds/scan`, { method: 'POST', headers });
  if (!scanned.ok) throw new Error(`the sounds were not scanned: ${await scanned.text()}`);
  const stray: string[] = [];
  const loaded = await firstLoads(browser, house);
  console.log(`\nfirst load, ${sounds} sounds\n${table(loaded)}`);
  const working = await atWork(browser, house, stray);
  working.push(row('requests to other origins', '', [stray.length], 0));
  console.log(`\nat work, ${sounds} sounds\n${table(working)}`);
  const benches = { sizes: sizes(), loaded, working };
  const kept = keepResults(path.join(projectRoot, 'data', 'bench'), {
    machine,
    at: new Date(),
    benches,
  });
  console.log(`\nkept in ${kept}`);
} finally {
  await browser.close();
  await house.stop();
}
