import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startMediaServer, type MediaServer } from '../../server/testing/media-server.ts';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

// The real yt-dlp and ffmpeg; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const waitMs = 110_000;
/** For what is not on a page; there Playwright waits. */
const polling = { timeout: waitMs };

let house: RealHouse;
let web: MediaServer;
let browser: Browser;
/** Mira's window: an administrator, without limits. */
let page: Page;
/** Bo's windows: a member who pays. */
let bo: Page;
let boToo: Page;
let token: string;
const complaints: string[] = [];

const field = (on: Page) => on.getByRole('textbox', { name: 'Link to a video or a sound' });
const extract = (on: Page) => on.getByRole('button', { name: 'Extract', exact: true });
const row = (on: Page, name: string | RegExp) => on.getByRole('article', { name });
const padIn = (on: Page, name: string | RegExp) => row(on, name).locator('enc-pad button.pad');

const newWindow = async (
  name: string,
  kind: BrowserContextOptions = plainWindow,
): Promise<Page> => {
  const context = await browser.newContext(kind);
  context.setDefaultTimeout(waitMs);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  await letIn(context, house.url, name);
  await opened.goto(`${house.url}/extractions`);
  await field(opened).waitFor();
  return opened;
};

const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
};

/** What Bo has and what of it is not reserved, as it stands when no job of Bo's is open any more. */
const boHas = async (): Promise<unknown[]> => {
  const { balance, available } = await bo.evaluate(async () => {
    const answer = await fetch('/api/v1/credits');
    return (await answer.json()) as Record<string, unknown>;
  });
  return [balance, available];
};

let boId: string;

beforeAll(async () => {
  web = await startMediaServer();
  house = await startRealHouse({
    fill: () => {},
    env: { EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
  });
  token = await house.setUp();
  boId = (await ask('/admin/users', { name: 'Bo', password }))['id'] as string;
  browser = await startHeadlessShell();
  page = await newWindow('Mira');
  bo = await newWindow('Bo');
  // Its line goes once: it has what keeps a page then.
  boToo = await newWindow('Bo', { ...plainWindow, serviceWorkers: 'allow' });
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await web?.[Symbol.asyncDispose]();
});

describe('a link', () => {
  it('becomes a pad, is paid once, and is there in other windows', async () => {
    await bo.getByRole('heading', { name: 'Nothing extracted yet' }).waitFor();
    await bo.getByText('5 credits', { exact: true }).waitFor();
    expect(await axeFaultsInBoth(bo)).toEqual([]);
    await field(bo).fill(`${web.url}/page`);
    await field(bo).press('Enter');
    await padIn(bo, /A page with a tone/).waitFor();
    await padIn(boToo, /A page with a tone/).waitFor();
    await bo.getByText('20 credits', { exact: true }).first().waitFor();
    expect(await boHas()).toEqual([20, 20]);
    expect(await axeFaultsInBoth(bo)).toEqual([]);
  });

  it('that is there already says so, and costs nothing', async () => {
    await field(bo).fill(`${web.url}/page`);
    await extract(bo).click();
    await bo.getByText('Already in your library').waitFor();
    expect(await boHas()).toEqual([20, 20]);
  });

  it('to a list says how many there were', async () => {
    await field(page).fill(`${web.url}/list?entries=37`);
    await extract(page).click();
    await page.getByText(/This was a list of 37/).waitFor();
    await page.locator('enc-extraction-row enc-pad').first().waitFor();
  });

  it('with no sound behind it fails in plain words, and may be tried again', async () => {
    await field(bo).fill(`${web.url}/nothing`);
    await extract(bo).click();
    const retry = bo.getByRole('button', { name: /^Retry/ });
    await retry.waitFor();
    await bo.getByText('What yt-dlp said').click();
    expect(await axeFaultsInBoth(bo)).toEqual([]);
    const before = web.requests.length;
    await retry.click();
    await expect.poll(() => web.requests.length, polling).toBeGreaterThan(before);
    await retry.waitFor();
    // What failed is given back.
    await expect.poll(boHas, polling).toEqual([20, 20]);
  });
});

describe('a download', () => {
  it('tells how far it is in every window, and is cancelled', async () => {
    const bytes = 1_000_000;
    let finish = (): void => {};
    web.on('/half.mp3', (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes });
      response.write(Buffer.alloc(bytes / 2));
      // A little more now and then: whoever downloads tells of it when something comes.
      const timer = setInterval(() => response.write('\0'), 200);
      finish = () => clearInterval(timer);
      response.on('close', finish);
    });
    await field(bo).fill(`${web.url}/half.mp3`);
    await extract(bo).click();
    for (const on of [bo, boToo]) await on.getByText(/^Downloading \d+ %$/).waitFor();
    expect(await axeFaultsInBoth(bo)).toEqual([]);
    await boToo.getByRole('button', { name: /^Cancel/ }).click();
    await bo.getByRole('button', { name: /^Retry half/ }).waitFor();
    await boToo.getByRole('button', { name: 'Undo' }).waitFor();
    finish();
    expect(await boHas()).toEqual([20, 20]);
  });

  it('is shown as it stands after the line was gone', async () => {
    await boToo.context().setOffline(true);
    await boToo.getByText(/This is what was known at/).waitFor();
    await field(bo).fill(`${web.url}/other.mp3`);
    await extract(bo).click();
    await padIn(bo, /other/).waitFor();
    await boToo.context().setOffline(false);
    await padIn(boToo, /other/).waitFor();
  });
});

describe('a refusal', () => {
  it('for want of credits stands under the field, and nothing typed is lost', async () => {
    await bo.getByText('15 credits', { exact: true }).first().waitFor();
    await ask(`/admin/users/${boId}/credits`, { amount: -13, reason: 'For the test' });
    await bo.getByText('5 credits, and you have 2').waitFor();
    await field(bo).fill(`${web.url}/tone.m4a`);
    await bo.getByLabel('Clip to', { exact: true }).fill('1.5');
    await extract(bo).click();
    await bo.getByRole('alert').getByRole('link', { name: 'See your credits' }).waitFor();
    expect(await field(bo).inputValue()).toBe(`${web.url}/tone.m4a`);
    expect(await bo.getByLabel('Clip to', { exact: true }).inputValue()).toBe('1.5');
    expect(await axeFaultsInBoth(bo)).toEqual([]);
  });
});

it('the pad in a row plays', async () => {
  const recorder = await house.sink.record();
  const live = row(bo, /A page with a tone/)
    .locator('.pad.live')
    .first();
  // A short sound may be over before the click has come back.
  await Promise.all([
    live.waitFor(),
    padIn(bo, /A page with a tone/)
      .first()
      .click(),
  ]);
  await live.waitFor({ state: 'detached' });
  const [heard] = (await recorder.stop()).sounds();
  expect(heard?.peak).toBeGreaterThan(0.05);
});

describe('from elsewhere', () => {
  it('a shared link fills the field and begins nothing', async () => {
    const before = web.requests.length;
    const text = encodeURIComponent(`Hear this: ${web.url}/tone.opus`);
    await page.goto(`${house.url}/extractions?title=Tone&text=${text}`);
    await expect.poll(() => field(page).inputValue(), polling).toBe(`${web.url}/tone.opus`);
    await expect.poll(() => page.url(), polling).toBe(`${house.url}/extractions`);
    expect(web.requests.length).toBe(before);
    // The button has the focus: it is one key from here.
    await page.keyboard.press('Enter');
    await padIn(page, /tone/).first().waitFor();
  });

  it('a phone can add Encore to its home screen', async () => {
    const devtools = await page.context().newCDPSession(page);
    const { data = '', errors } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { share_target } = JSON.parse(data) as { share_target: { action: string } };
    expect(share_target.action).toBe('/extractions');
    await devtools.detach();
  });
});

describe('an administrator', () => {
  it('sees what everybody has asked for, by name', async () => {
    await page.getByRole('button', { name: 'Everybody’s' }).click();
    await row(page, /A page with a tone/)
      .first()
      .waitFor();
    await page.getByText(/Bo\s·/).first().waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
  });

  it('sees yt-dlp, sets cookies and removes them', async () => {
    await page.getByRole('link', { name: 'Workers and yt-dlp' }).click();
    await page.getByText(/^Version \d{4}\.\d+\.\d+/).waitFor();
    await page.getByRole('button', { name: 'Set cookies' }).click();
    const cookies = page.getByLabel('Contents of cookies.txt');
    await cookies.fill('no cookies at all');
    await page.getByRole('button', { name: 'Save the cookies' }).click();
    await page.getByRole('alert').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await cookies.fill(
      ['# Netscape HTTP Cookie File', '.example.org\tTRUE\t/\tTRUE\t4102444800\tsid\tabc', ''].join(
        '\n',
      ),
    );
    await page.getByRole('button', { name: 'Save the cookies' }).click();
    await page.getByText(/For example\.org, set/).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove the cookies' }).click();
    await page.getByRole('button', { name: 'Set cookies' }).waitFor();
  });
});

it('breaks none of its own rules', () => {
  // Refusals and the cut line are told by the browser itself.
  const own = /40[19]|422|ERR_CONNECTION|ERR_INTERNET|WebSocket/;
  expect(complaints.filter((text) => !own.test(text))).toEqual([]);
});
