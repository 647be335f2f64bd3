import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
let page: Page;
let mqtt: MqttClient;
const complaints: string[] = [];

const pressButton = () =>
  mqtt.publishAsync('zigbee2mqtt/Hall', JSON.stringify({ action: 'single', battery: 80 }), {
    qos: 1,
  });

/** In both themes, on a desk and on a phone. */
const axeFaultsEverywhere = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await axeFaultsInBoth(page)));
  }
  return faults;
};

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  const token = await house.apiToken(await house.setUp());
  mqtt = await connectAsync({
    host: '127.0.0.1',
    port: house.mqttPort,
    username: 'Mira',
    password: token,
    protocolVersion: 5,
  });
  browser = await startHeadlessShell();
  const context = await browser.newContext(plainWindow);
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await letIn(context, house.url, 'Mira');
  await page.goto(house.url);
  await page.getByRole('button', { name: /^Air horn/ }).waitFor();
}, 120_000);
afterAll(async () => {
  await mqtt?.endAsync();
  await browser?.close();
  await house?.stop();
});

describe('a button', () => {
  it('is learnt by pressing it twice, and plays the sound it was given', async () => {
    await page.getByRole('link', { name: 'Buttons' }).click();
    await page.getByText('No button does anything yet').waitFor();
    expect(await axeFaultsEverywhere()).toEqual([]);
    await page.getByRole('button', { name: 'Learn a button' }).click();
    await page.getByRole('heading', { name: 'Press the button' }).waitFor();
    await pressButton();
    await page.getByRole('heading', { name: 'Press once more' }).waitFor();
    // Later than anything that would still be the same press.
    const pressedAt = performance.now();
    await expect.poll(() => performance.now() - pressedAt).toBeGreaterThan(600);
    await pressButton();
    await page.getByRole('heading', { name: 'This is it' }).waitFor();
    expect(await axeFaultsEverywhere()).toEqual([]);
    await page.getByRole('button', { name: 'Use this: Single of Hall' }).click();
    await page.getByLabel('Sound', { exact: true }).fill('air');
    await page.getByLabel(/^Air horn/).check();
    expect(await axeFaultsEverywhere()).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Plays “Air horn” · The house, free').waitFor();

    const recorder = await house.sink.record();
    await pressButton();
    await page.getByText('Pressed once, last').waitFor();
    await expect.poll(() => recorder.heard().sounds().length, { timeout: 15_000 }).toBe(1);
    await recorder.stop();
    expect(await axeFaultsEverywhere()).toEqual([]);
  }, 120_000);

  it('is tried out, switched off and deleted, and comes back', async () => {
    await page.getByRole('button', { name: 'Test Hall, single' }).click();
    await page.getByText('Pressed 2 times, last').waitFor();
    await page.getByRole('switch', { name: 'Hall, single is on' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'More for Hall, single' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('No button does anything yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Never pressed').waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);
});
