import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { sineWav } from '../../server/testing/sine-wav.ts';
import { axeFaults, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

/** Long enough that a busy machine does not come to the end of a track by itself. */
const trackMs = 90_000;
const tones = { low: 400, high: 1600 } as const;

let house: RealHouse;
let browser: Browser;
let page: Page;
let other: Page;
const complaints: string[] = [];

/** Waits until the room hears a tone, or null for silence. */
const hears = async (hertz: number | null): Promise<void> => {
  const recorder = await house.sink.record();
  try {
    await expect
      .poll(
        () => {
          const recording = recorder.heard();
          const to = recording.lengthMs;
          if (to < 300) return 'too early';
          const [loudness, level] = [
            recording.rms(to - 200, to),
            hertz === null ? 0 : recording.level(hertz, to - 200, to),
          ];
          if (loudness < 0.001) return 'silence';
          return hertz !== null && level > loudness ? 'the tone' : 'something else';
        },
        { timeout: 20_000 },
      )
      .toBe(hertz === null ? 'silence' : 'the tone');
  } finally {
    await recorder.stop();
  }
};

const player = (of: Page) => of.getByRole('region', { name: 'Player' });
const list = (of: Page) => of.getByRole('list', { name: 'Friday night' });
const order = async (of: Page): Promise<string[]> =>
  (
    await list(of)
      .getByRole('button', { name: /^Play / })
      .allTextContents()
  ).map((text) => /Play\s+(Low|High)/i.exec(text)?.[1]?.toLowerCase() ?? text);

beforeAll(async () => {
  house = await startRealHouse({
    env: { PLAYER_BUFFER_MS: '80', PLAYER_ROOM: 'living-room' },
    fill(soundsDir) {
      const folder = join(soundsDir, 'originals', 'soundboard');
      for (const [name, hertz] of Object.entries(tones)) {
        writeFileSync(join(folder, `${name}.wav`), sineWav(hertz, trackMs));
      }
    },
  });
  await house.setUp();
  browser = await startHeadlessShell();
  const context = await browser.newContext(plainWindow);
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await letIn(context, house.url, 'Mira');
  await page.goto(house.url);
  await page.getByRole('button', { name: /^low/i }).waitFor();
  other = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('a playlist is made and filled', async () => {
  await page.getByRole('link', { name: /^Playlists/ }).click();
  await page.getByRole('button', { name: 'New playlist' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Friday night');
  await page.getByRole('button', { name: 'Make the playlist' }).click();
  await page.getByRole('heading', { name: 'Friday night' }).waitFor();
  await page.getByRole('button', { name: 'Add sounds' }).click();
  await page.getByRole('button', { name: /^Add low/i }).click();
  await page.getByLabel('Search sounds to add').fill('hi');
  await page.getByRole('button', { name: /^Add high/i }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect.poll(() => order(page)).toEqual(['low', 'high']);
});

it('plays from a row, and the room hears it', async () => {
  await list(page)
    .getByRole('button', { name: /^Play low/i })
    .click();
  await player(page).getByRole('button', { name: 'Pause' }).waitFor();
  await player(page).getByText('Living room').waitFor();
  await hears(tones.low);
  expect(await axeFaults(page)).toEqual([]);
});

it('a second window follows', async () => {
  await other.goto(house.url);
  await player(other).getByRole('button', { name: 'Pause' }).waitFor();
  await player(other).getByText('Friday night').waitFor();
});

it('pauses, by key', async () => {
  await page.keyboard.press('k');
  await player(page).getByRole('button', { name: 'Play', exact: true }).waitFor();
  await hears(null);
  await player(other).getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.keyboard.press('k');
  await hears(tones.low);
});

it('seeks by the waveform', async () => {
  const bar = player(page).getByRole('slider', { name: 'Place in the track' });
  const box = await bar.boundingBox();
  if (!box) throw new Error('the seek bar has no box');
  await bar.click({ position: { x: box.width / 2, y: box.height / 2 } });
  const seconds = async (of: Page): Promise<number> =>
    Number(
      await player(of)
        .getByRole('slider', { name: 'Place in the track' })
        .getAttribute('aria-valuenow'),
    );
  await expect.poll(() => seconds(other)).toBeGreaterThanOrEqual(45);
  await expect.poll(() => seconds(page)).toBeGreaterThanOrEqual(45);
});

it('the volume is the same in both windows', async () => {
  const slider = (of: Page) => player(of).getByRole('slider', { name: 'Volume of the music' });
  await slider(page).fill('55');
  await expect.poll(() => slider(other).inputValue()).toBe('55');
  await expect.poll(() => slider(page).inputValue()).toBe('55');
});

it('the next track is another tone', async () => {
  await player(page).getByRole('button', { name: 'Next', exact: true }).click();
  await player(other)
    .getByText(/^\s*high\s*$/i)
    .waitFor();
  await hears(tones.high);
});

it('keys move an entry, and the second window has the new order', async () => {
  await other.getByRole('link', { name: /^Playlists/ }).click();
  await other.getByRole('link', { name: /^Friday night/ }).click();
  await expect.poll(() => order(other)).toEqual(['low', 'high']);
  await list(page)
    .getByRole('button', { name: /^Play high/i })
    .focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => order(page)).toEqual(['high', 'low']);
  await expect.poll(() => order(other)).toEqual(['high', 'low']);
});

it('a pointer drags an entry', async () => {
  const grip = list(page).locator('.grip').first();
  const from = await grip.boundingBox();
  if (!from) throw new Error('the grip has no box');
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 90, { steps: 6 });
  await page.locator('.drop').waitFor();
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual(['low', 'high']);
});

it('stops, and the room is silent', async () => {
  await player(page).getByRole('button', { name: 'Stop the music' }).click();
  await hears(null);
});

it('breaks none of its own rules', () => {
  expect(complaints.filter((text) => !/401/.test(text))).toEqual([]);
});
