import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, startRealHouse, type RealHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { capitalised } from '../design/words.ts';
import { messages } from '../languages/german.ts';
import { axeFaultsInBoth, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: RealHouse;
let browser: Browser;
let page: Page;
/** Names that people and files gave, which no language changes. */
let names: string[];
/** The address of a board called Küche, without pads. */
let kitchen: string;
/** The same where they are but one word: the tags, the plans, and the list of all. */
const given = new Set(['Free', 'Standard', 'All sounds']);
const complaints: string[] = [];

const screens = [
  ['/', '3 Sounds durchsuchen'],
  ['/playlists', 'Neue Playlist'],
  ['/extractions', 'Verlauf'],
  ['/credits', 'Guthaben jetzt'],
  ['/stats', 'Heute gespielt'],
  ['/library', 'Ohne Tags'],
  ['/library/scan', 'Ordner scannen'],
  ['/people', 'Neue Person'],
  ['/people/plans', 'Neuer Tarif'],
  ['/buttons', 'Taster anlernen'],
  ['/schedules', 'Neuer Zeitplan'],
  ['/timeline', 'Die neuesten zuerst'],
  ['/settings', 'Alles läuft.'],
  ['/account', 'API-Tokens'],
] as const;

/** Every text and label on the page, shadow trees and all; names nothing but itself. */
const textsOf = (): string[] => {
  const texts = new Set<string>();
  const labels = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'];
  const visit = (root: Node): void => {
    for (const node of root.childNodes) {
      if (node instanceof Text) texts.add(node.data.trim().replaceAll(/\s+/g, ' '));
      if (!(node instanceof Element) || node.matches('style, script, pre, code, noscript'))
        continue;
      for (const label of labels) texts.add(node.getAttribute(label) ?? '');
      if (node.shadowRoot) visit(node.shadowRoot);
      visit(node);
    }
  };
  visit(document.body);
  texts.delete('');
  return [...texts];
};

const foreign = new Set(
  Object.entries(messages).flatMap(([english, german]) =>
    english === german || /\{\d\}/.test(english) ? [] : [english.trim()],
  ),
);
/** Words that every English sentence has one of, and no German one. */
const isEnglish = (text: string): boolean =>
  foreign.has(text) || /\b(?:the|is|are|and|of|to|you|your|with|this|has|no|by|did)\b/i.test(text);

const englishOn = async (): Promise<string[]> => {
  const texts = await page.evaluate(textsOf);
  return texts
    .filter((text) => !given.has(text))
    .map((text) => names.reduce((rest, name) => rest.replaceAll(name, '…'), text))
    .filter(isEnglish);
};

const show = async (path: string, words: string): Promise<void> => {
  await page.goto(house.url + path);
  const shown = page.getByText(words, { exact: true }).or(page.getByPlaceholder(words));
  await shown.first().waitFor();
  await page.locator('enc-queue-panel').waitFor({ state: 'attached' });
};

beforeAll(async () => {
  house = await startRealHouse({ fill: fewSounds });
  const token = await house.setUp();
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${house.url}/api/v1/sounds/?limit=100`, { headers });
  const { items } = (await answer.json()) as { items: { name: string; tags: string[] }[] };
  names = items.map(({ name }) => name);
  for (const tag of items.flatMap(({ tags }) => tags)) given.add(capitalised(tag));
  const made = await fetch(`${house.url}/api/v1/boards`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Küche', hue: 52, shared: true }),
  });
  kitchen = `/?board=${((await made.json()) as { id: string }).id}`;
  browser = await startHeadlessShell();
  page = await browser.newPage({ ...plainWindow, locale: 'de-DE' });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it('a German browser is welcomed in German, and told in German what is wrong', async () => {
  await page.goto(house.url);
  await page.getByRole('heading', { name: 'Willkommen zu Hause' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByLabel('Name oder E-Mail').fill('Mira');
  await page.getByLabel('Passwort', { exact: true }).fill('nicht das richtige');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByText('Name oder Passwort stimmt nicht.').waitFor();
  expect(await englishOn()).toEqual([]);
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await page.getByLabel('Passwort', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page
    .getByRole('button', { name: /^Air horn/ })
    .first()
    .click();
  await page
    .getByText(/^\d+ ms$/)
    .first()
    .waitFor();
});

it.each(screens)('%s has no English, and its longer words fit on a phone', async (path, words) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await show(path, words);
  expect(await englishOn()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

it('what the server says of a field has no English, and what installs the page neither', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await show('/people', 'Neue Person');
  await page.getByRole('button', { name: 'Neue Person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Bo');
  await page.getByLabel('Passwort', { exact: true }).fill('kurz');
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await page.getByText('Nimm mindestens 12 Zeichen.').waitFor();
  expect(await englishOn()).toEqual([]);
  const link = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(new URL(link ?? '', house.url).href)).json();
  expect([manifest.lang, manifest.id]).toEqual(['de', '/']);
});

it('a board, its menu and its dialog have no English', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await show(kitchen, 'Zu allen Sounds');
  await page.getByText('Auf Küche liegt noch nichts').waitFor();
  await page.getByRole('button', { name: 'Mehr zum Board Küche' }).click();
  expect(await englishOn()).toEqual([]);
  await page.getByRole('menuitem', { name: 'Name und Farbe' }).click();
  await page.getByRole('radio', { name: 'Türkis' }).waitFor({ state: 'attached' });
  expect(await englishOn()).toEqual([]);
  expect(await axeFaultsInBoth(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

it('the wall has no English, free and locked', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${house.url}/wall`);
  await page.getByRole('button', { name: /^Air horn/ }).waitFor();
  expect(await englishOn()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Sperren', exact: true }).click();
  const corner = page.getByRole('button', { name: 'Gesperrt. Zum Entsperren 3 Sekunden halten' });
  await corner.focus();
  await page.keyboard.down('Enter');
  await page.getByText('Halt weiter …').waitFor();
  expect(await englishOn()).toEqual([]);
  await page.getByLabel(/^Passwort von /).waitFor();
  await page.keyboard.up('Enter');
  expect(await englishOn()).toEqual([]);
  await page.getByLabel(/^Passwort von /).fill(password);
  await page.getByRole('button', { name: 'Entsperren', exact: true }).click();
  await page.getByRole('button', { name: 'Sperren', exact: true }).waitFor();
});

it('numbers and times are written as in German', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await show('/library', 'Ohne Tags');
  await page
    .getByText(/\d,\d s$/)
    .first()
    .waitFor();
  await show('/timeline', 'Die neuesten zuerst');
  await page
    .getByText(/^Heute/)
    .first()
    .waitFor();
});

it('axe finds nothing in German', async () => {
  await show('/settings', 'Alles läuft.');
  expect(await axeFaultsInBoth(page)).toEqual([]);
});

it('the account menu chooses another language, and remembers it', async () => {
  await show('/', '3 Sounds durchsuchen');
  await page.getByRole('button', { name: /Kontomenü$/ }).click();
  await page
    .getByRole('group', { name: 'Sprache' })
    .getByRole('button', { name: 'English' })
    .click();
  await page.getByPlaceholder('Search 3 sounds').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  await page.getByPlaceholder('Search 3 sounds').waitFor();
  await page.getByRole('button', { name: /account menu$/ }).click();
  await page
    .getByRole('group', { name: 'Language' })
    .getByRole('button', { name: 'System' })
    .click();
  await page.getByPlaceholder('3 Sounds durchsuchen').waitFor();
  expect(complaints).toEqual([]);
});
