import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { sineWav } from '../../server/testing/sine-wav.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

// Real ffmpeg and axe in both themes; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: RealHouse;
let browser: Browser;
let page: Page;
const faults: string[] = [];

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });
const wav = (name: string, hz: number, ms: number) => ({
  name,
  mimeType: 'audio/wav',
  buffer: sineWav(hz, ms),
});

const toSection = async (name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('navigation', { name: 'Library' }).getByRole('link', { name }).click();
};
const soundboard = (): string => join(house.dir, 'sounds', 'originals', 'soundboard');

beforeAll(async () => {
  house = await startRealHouse({ fill: () => {} });
  await house.setUp();
  browser = await startHeadlessShell();
  page = await browser.newPage(plainWindow);
  page.on('pageerror', (error) => faults.push(error.message));
  await letIn(page.context(), house.url, 'Mira');
  await page.goto(house.url);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('an empty board offers to add sounds, and what is chosen becomes a pad that plays', async () => {
  await heading('No sounds yet').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  const choosing = page.waitForEvent('filechooser');
  await button('Add sounds').last().click();
  const search = page.getByLabel('Search sounds');
  const before = await search.boundingBox();
  await (await choosing).setFiles([wav('Gong.wav', 440, 900), wav('Bell.wav', 660, 400)]);
  await heading('2 sounds added').waitFor();
  await button(/^Gong SDB/).waitFor();
  // The tray lies on the floor, over the pads, and pushes nothing away.
  expect((await search.boundingBox())?.y).toBe(before?.y);
  expect(await axeFaultsInBoth(page)).toEqual([]);
  const recorder = await house.sink.record();
  await page.locator('enc-intake').getByRole('button', { name: 'Play Gong' }).click();
  await page.locator('.pad.live').waitFor();
  await page.locator('.pad.live').waitFor({ state: 'detached' });
  const [heard] = (await recorder.stop()).sounds();
  expect(heard?.peak).toBeGreaterThan(0.05);
});

it('on a slow line the tray tells how far a file is, also on another screen', async () => {
  const line = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 150_000 };
  await line.send('Network.emulateNetworkConditions', slow);
  await page.locator('enc-intake input').setInputFiles([wav('Long.wav', 330, 8_000)]);
  const sending = page.getByRole('progressbar', { name: 'Sending Long.wav' });
  await sending.waitFor();
  await page.waitForFunction(() => {
    const tray = document
      .querySelector('enc-app')
      ?.shadowRoot?.querySelector('enc-intake')
      ?.shadowRoot?.querySelector('enc-upload-tray');
    const bar = tray?.shadowRoot?.querySelector<HTMLProgressElement>('li progress');
    return bar && bar.value > 0 && bar.value < 1;
  });
  await page.getByRole('link', { name: 'Credits' }).click();
  await sending.waitFor();
  await line.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await heading('3 sounds added').waitFor();
  await line.detach();
});

it('what is dropped is taken in: a new sound, a known one, and two that are refused', async () => {
  await page.getByRole('link', { name: /^Sounds/ }).click();
  await button('Close').click();
  const dropped = await page.evaluateHandle(
    (files) => {
      const data = new DataTransfer();
      for (const { name, bytes } of files) data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [
      { name: 'Klaxon.wav', bytes: [...sineWav(550, 300)] },
      { name: 'Gong again.wav', bytes: [...sineWav(440, 900)] },
      { name: 'Fake.mp3', bytes: [...Buffer.from('words')] },
      { name: 'notes.txt', bytes: [1] },
    ],
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
  await page.getByText('Drop to add sounds').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await heading('1 sound added, 1 known already, 2 refused').waitFor();
  await page.getByText('Already in your library as “Gong”').waitFor();
  await page.getByText(/^Fake\.mp3: .*not audio/).waitFor();
  await page.getByText(/Encore takes sound files/).waitFor();
  await button(/^Klaxon SDB/).waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Close').click();
});

it('a scan reports what it found and what it could not read', async () => {
  mkdirSync(join(soundboard(), 'house'), { recursive: true });
  writeFileSync(join(soundboard(), 'house', 'Doorbell.wav'), sineWav(700, 300));
  writeFileSync(join(soundboard(), 'broken.mp3'), 'no audio at all');
  await toSection('Scan');
  await button('Scan now').click();
  await page.getByRole('cell', { name: /broken\.mp3/ }).waitFor();
  await button(/^1 Errors/).click();
  expect(await page.getByRole('row').count()).toBe(2);
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('sounds are normalised, with progress to the end', async () => {
  await toSection('Loudness');
  await page.getByText('As they came').waitFor();
  const told: string[] = [];
  await page.exposeFunction('tellProgress', (text: string) => told.push(text));
  await page.evaluate(() => {
    const root = document
      .querySelector('enc-app')
      ?.shadowRoot?.querySelector('enc-library-page')
      ?.shadowRoot?.querySelector('enc-loudness-panel')?.shadowRoot;
    if (!root) throw new Error('no panel');
    new MutationObserver(() => {
      const numbers = root.querySelector('.numbers')?.textContent ?? '';
      (globalThis as unknown as { tellProgress: (text: string) => void }).tellProgress(numbers);
    }).observe(root, { subtree: true, childList: true, characterData: true });
  });
  await button('Normalise all').click();
  await page.getByText(/^5 sounds normalised/).waitFor();
  expect(told.some((text) => text.endsWith('of 5'))).toBe(true);
  await page.getByText('5Normalised').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('many get a tag at once, and lose it again by Undo', async () => {
  await toSection('All sounds');
  await page.getByRole('checkbox', { name: 'Pick Bell', exact: true }).click();
  await page
    .getByRole('checkbox', { name: 'Pick Gong', exact: true })
    .click({ modifiers: ['Shift'] });
  await page.getByText('3 picked').waitFor();
  await button('Add tag').click();
  await page.getByRole('textbox', { name: 'Tag' }).fill('Party');
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await button('Add tag').last().click();
  await page.getByText('3 sounds tagged “party”.').waitFor();
  expect(await page.getByText('party', { exact: true }).count()).toBe(3);
  await button('Undo').click();
  await page.getByText('3 sounds as before.').waitFor();
  expect(await page.getByText('party', { exact: true }).count()).toBe(0);
});

it('what is deleted lies in the trash and comes back', async () => {
  await button('Delete').click();
  await page.getByText('3 sounds deleted.').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await toSection('Trash');
  await button('Restore Bell').click();
  await page.getByText('“Bell” is back on the board.').waitFor();
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await page.getByRole('link', { name: /^Sounds/ }).click();
  await button(/^Bell SDB/).waitFor();
  await button(/^Gong SDB/).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
