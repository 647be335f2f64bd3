import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUnheardHouse, type UnheardHouse } from '../../server/testing/real-house.ts';
import { fewSounds } from '../../server/testing/shipped-sounds.ts';
import { axeFaultsInBoth, letIn, plainWindow, startHeadlessShell } from '../testing/chromium.ts';

let house: UnheardHouse;
let browser: Browser;
/** Mira's window: an administrator. */
let page: Page;
/** Bo's window, in a browser of his own. */
let bo: Page;
const complaints: string[] = [];

const pad = (on: Page, name: string) => on.getByRole('button', { name: new RegExp(`^${name}`) });

const newWindow = async (kind: BrowserContextOptions = plainWindow): Promise<Page> => {
  const context = await browser.newContext(kind);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} ${line.location().url}`);
  });
  return opened;
};

const signIn = async (on: Page, name: string): Promise<void> => {
  await on.goto(house.url);
  await on.getByLabel('Name or e-mail').fill(name);
  await on.getByLabel('Password', { exact: true }).fill(password);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await pad(on, 'Air horn').waitFor();
};

const openPerson = async (name: string): Promise<void> => {
  await page.getByRole('link', { name: 'People & plans' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
};

beforeAll(async () => {
  house = await startUnheardHouse({ fill: fewSounds });
  await house.setUp();
  browser = await startHeadlessShell();
  // Its line goes once: it has what keeps a page then.
  page = await newWindow({ ...plainWindow, serviceWorkers: 'allow' });
  await letIn(page.context(), house.url, 'Mira');
  await page.goto(house.url);
  await pad(page, 'Air horn').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('somebody new', () => {
  it('is made with a password that is shown once, and is seen when they come', async () => {
    await page.getByRole('link', { name: 'People & plans' }).click();
    await page.getByRole('button', { name: 'New person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Bo');
    await page.getByLabel('Password', { exact: true }).fill(password);
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Bo can sign in' }).waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(password);
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done', exact: true }).click();

    const row = page.getByRole('row').filter({ hasText: 'Bo' });
    await row.getByText('Signed out').waitFor();
    bo = await newWindow();
    await signIn(bo, 'Bo');
    await row.getByRole('cell', { name: 'Here now', exact: true }).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
  });

  it('comes by an invite, whose link is shown once, and stands in the list', async () => {
    await page.getByRole('link', { name: 'Invites' }).click();
    await page.getByRole('button', { name: 'New invite' }).click();
    await page.getByLabel('They come as', { exact: true }).selectOption('guest');
    await page.getByLabel('Plan', { exact: true }).selectOption('premium');
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByRole('img', { name: 'QR code of the link' }).waitFor();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${house.url}/#invite=`));
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByText('Guest, Premium plan').waitFor();

    const cem = await newWindow();
    await cem.goto(link);
    await cem.getByLabel('Name', { exact: true }).fill('Cem');
    await cem.getByLabel('Password', { exact: true }).fill(password);
    await cem.getByRole('button', { name: 'Create the account' }).click();
    await pad(cem, 'Air horn').waitFor();

    await page.getByText('Used', { exact: true }).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('link', { name: /^People \d/ }).click();
    const row = page.getByRole('row').filter({ hasText: 'Cem' });
    expect(await row.textContent()).toMatch(/Guest.*Premium.*100/s);
    await cem.context().close();
  });
});

describe('an open window of somebody', () => {
  it('shows credits that are granted at once', async () => {
    await openPerson('Bo');
    await page.getByRole('button', { name: 'Grant or take credits' }).click();
    await page.getByRole('button', { name: '+10', exact: true }).click();
    await page.getByLabel('Why', { exact: true }).fill('Washed the dishes');
    await page.getByText('The balance goes from 25 to 35.').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Grant credits', exact: true }).click();
    await bo.getByText('35 credits', { exact: true }).first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Washed the dishes' }).waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
  });

  it('shows what a new role opens, without a reload', async () => {
    const more = bo.getByRole('link', { name: 'People & plans' });
    expect(await more.count()).toBe(0);
    await page.getByLabel('Role', { exact: true }).selectOption('admin');
    await more.waitFor();
    await page.getByLabel('Role', { exact: true }).selectOption('user');
  });

  it('of a person who is disabled is signed out, and undone they may come back', async () => {
    await signIn(bo, 'Bo');
    await page.getByRole('button', { name: 'Disable' }).click();
    // What has the focus stays, however long the rest takes.
    await page.getByRole('button', { name: 'Undo' }).focus();
    await bo.getByRole('heading', { name: 'Welcome home' }).waitFor();
    await page.getByText('Disabled').first().waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Disable' }).waitFor();
    await signIn(bo, 'Bo');
  });

  it('is signed out by a new password, and only that one opens the account', async () => {
    await page.getByRole('button', { name: 'New password' }).click();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Hand over this password' }).waitFor();
    const made = await page.getByLabel('Password', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await bo.getByRole('heading', { name: 'Welcome home' }).waitFor();
    await bo.getByLabel('Password', { exact: true }).fill(made);
    await bo.getByRole('button', { name: 'Sign in' }).click();
    await bo.getByRole('heading', { name: 'Welcome home' }).waitFor({ state: 'detached' });
  });
});

describe('plans', () => {
  it('say what a change does, do it, and are not retired while somebody has them', async () => {
    await page.goto(`${house.url}/people/plans`);
    await page.getByRole('button', { name: 'Edit Free' }).click();
    await page.getByLabel('Refill', { exact: true }).fill('20');
    await page.getByText('Who has it gets 20 a day from tomorrow, up to 75.').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save the plan' }).click();
    await page.getByText('20 a day', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^Retire (Free|Admin)/ }).count()).toBe(0);
    await openPerson('Bo');
    await page.getByLabel('Plan', { exact: true }).selectOption({ label: 'Pro' });
    await page.goto(`${house.url}/people/plans`);
    await page.getByRole('button', { name: 'Retire Pro' }).click();
    await page.getByRole('link', { name: 'See who has it' }).click();
    await page.getByRole('link', { name: 'On Pro: show everybody' }).waitFor();
    await page.getByRole('link', { name: 'Bo', exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });
});

describe('the way about', () => {
  it('the last administrator keeps the role, and is told why', async () => {
    await openPerson('Mira');
    await page.getByLabel('Role', { exact: true }).selectOption('guest');
    await page.getByText('make somebody else admin first').waitFor();
    expect(await page.getByLabel('Role', { exact: true }).inputValue()).toBe('admin');
  });

  it('Back leads through person and tabs, and to where one was in the list', async () => {
    await page.goto(`${house.url}/people/plans`);
    await page.getByRole('link', { name: /^People \d/ }).click();
    await page.getByRole('link', { name: 'Cem', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Cem', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('table', { name: 'People' }).waitFor();
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.textContent ?? undefined;
      });
    await expect.poll(focused).toBe('Cem');
    await page.goBack();
    await page.getByRole('button', { name: 'New plan' }).waitFor();
  });

  it('somebody is forgotten once their name is typed', async () => {
    await openPerson('Cem');
    await page.getByRole('button', { name: 'Forget…' }).click();
    await page.getByLabel('Type “Cem” to confirm').fill('cem');
    await page.getByRole('button', { name: 'Forget Cem' }).click();
    await page.getByText('That is not the name.').waitFor();
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.getByLabel('Type “Cem” to confirm').fill('Cem');
    await page.getByRole('button', { name: 'Forget Cem' }).click();
    await page.getByRole('table', { name: 'People' }).waitFor();
    expect(await page.getByRole('link', { name: 'Cem', exact: true }).count()).toBe(0);
  });

  it('without a line the people stay on screen, and nothing can be changed', async () => {
    await page.context().setOffline(true);
    await page.getByText(/This is what was known at/).waitFor();
    await page.getByRole('button', { name: 'New person' }).click({ force: true });
    expect(await page.getByRole('heading', { name: 'New person' }).count()).toBe(0);
    expect(await axeFaultsInBoth(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText(/This is what was known at/).waitFor({ state: 'detached' });
  });
});

it('breaks none of its own rules', () => {
  // Refusals and the cut line are told by the browser itself.
  expect(
    complaints.filter((text) => !/401|409|ERR_CONNECTION|ERR_INTERNET|WebSocket/.test(text)),
  ).toEqual([]);
});
