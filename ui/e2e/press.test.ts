import AxeBuilder from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

let house: RealHouse;
let browser: Browser;
let page: Page;
const offOrigin: string[] = [];

beforeAll(async () => {
  house = await startRealHouse();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});
