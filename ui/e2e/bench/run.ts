import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright';
import { atMost } from '../../../server/bench/bench.ts';
import { keepResults, machineLine, table } from '../../../server/bench/report.ts';
import { projectRoot } from '../../../server/config.ts';
import { password, startRealHouse, type RealHouse } from '../../../server/testing/real-house.ts';
import { sineWav } from '../../../server/testing/sine-wav.ts';
import { startChromium } from '../../testing/chromium.ts';
import { atWork } from './at-work.ts';
import { serveControlPage, type ControlPage } from './control-page.ts';
import { firstLoads } from './first-loads.ts';
import { pads, row } from './rows.ts';
import { sizes } from './sizes.ts';

/** `npm run bench:ui`: the budgets of the UI, on the built page of a real box with 5,000 sounds. */
const sounds = 5_000;
const perFolder = 500;
const desk = { viewport: { width: 1440, height: 900 } };

/** Somebody who is signed in, on a board that is there. */
const signedIn = async (browser: Browser, house: RealHouse): Promise<BrowserContext> => {
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await page.goto(house.url);
  await page.getByLabel('Name or e-mail').fill('Mira');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await pads(page).first().waitFor({ timeout: 120_000 });
  await page.close();
  return context;
};

const working = async (
  context: BrowserContext,
  house: RealHouse,
  control: ControlPage,
): Promise<ReturnType<typeof atWork>> => {
  const stray: string[] = [];
  const board = await context.newPage();
  board.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(house.url)) stray.push(url);
  });
  await board.goto(house.url);
  await pads(board).first().waitFor({ timeout: 120_000 });
  const plain = await context.newPage();
  await plain.goto(control.url);
  const rows = await atWork(board, plain);
  const goal = atMost(0, stray.length);
  return [...rows, row('requests to other origins', '', [stray.length], { goal })];
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

/** Ratios to the control are what counts where the machine has other work. */
const loadLine = (): string => `load ${loadavg()[0]?.toFixed(1) ?? '?'}`;

const machine = machineLine();
console.log(`${machine}\n\nsizes\n${table(sizes())}`);
const soundboardIn = (soundsDir: string) => path.join(soundsDir, 'originals', 'soundboard');
const house = await startRealHouse({ fill: (soundsDir) => longTone(soundboardIn(soundsDir)) });
const browser = await startChromium();
const control = await serveControlPage();
try {
  const token = await house.apiToken(await house.setUp());
  fillBoard(soundboardIn(path.join(house.dir, 'sounds')));
  const headers = { Authorization: `Bearer ${token}` };
  const scanned = await fetch(`${house.url}/api/v1/sounds/scan`, { method: 'POST', headers });
  if (!scanned.ok) throw new Error(`the sounds were not scanned: ${await scanned.text()}`);
  const context = await signedIn(browser, house);
  const board = { url: house.url, state: await context.storageState() };
  const loaded = await firstLoads(browser, board, control.url);
  console.log(`\nfirst load, ${sounds} sounds; ${loadLine()}\n${table(loaded)}`);
  const worked = await working(context, house, control);
  console.log(`\nat work, ${sounds} sounds; ${loadLine()}\n${table(worked)}`);
  const kept = keepResults(path.join(projectRoot, 'data', 'bench'), {
    machine,
    at: new Date(),
    benches: { sizes: sizes(), loaded, worked },
  });
  console.log(`\nkept in ${kept}`);
} finally {
  await browser.close();
  await control.close();
  await house.stop();
}
