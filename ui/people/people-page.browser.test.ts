import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { anInvite, aPerson, aPlan } from '../testing/people.ts';
import { settled } from '../testing/settled.ts';
import { aTransaction } from '../testing/transactions.ts';
import './people-page.ts';

const mira = aPerson({ id: 'mira', name: 'Mira', role: 'admin', plan: 'admin' });
const bo = aPerson({ email: 'bo@home.example' });
const gus = aPerson({ id: 'gus', name: 'Gus', disabled: true });
const many = Array.from({ length: 12 }, (_, i) => aPerson({ id: `g${i}`, name: `Guest ${i}` }));
const state = { balance: 25, available: 25, unlimited: false, plan: 'free', next_refill_at: null };

let feed: Feed;
let toasts: string[];

type Given = { path?: string; answers?: Answers };

const open = async ({ path = '/people', answers = {} }: Given = {}): Promise<readonly string[]> => {
  const { asked } = fakeServer({
    '/admin/users?limit=500': () => ({ items: [mira, bo, gus], next_cursor: null }),
    '/admin/credits?limit=500': () => ({
      items: [
        { user_id: 'bo', balance: 25 },
        { user_id: 'gus', balance: 3 },
      ],
      next_cursor: null,
    }),
    '/plans': () => ({
      items: [aPlan(), aPlan({ code: 'admin', name: 'Admin', unlimited: true })],
    }),
    '/socket/status': () => ({ items: [{ user_id: 'mira' }] }),
    '/admin/credits/bo': () => state,
    '/admin/credits/bo/transactions?limit=200': () => ({
      items: [aTransaction({ user_id: 'bo', action: 'grant', amount: 25, balance_after: 25 })],
      next_cursor: null,
      total: 1,
    }),
    '/admin/invites?limit=100': () => ({
      items: [anInvite(), anInvite({ id: 'i2', status: 'used', used_by: 'bo' })],
      next_cursor: null,
    }),
    ...answers,
  });
  const http = createHttp(() => expect.unreachable());
  const none = async (): Promise<void> => {};
  const session = {
    state: signal<SessionState>({ status: 'signed-in', user: mira }),
    http,
    check: none,
  } as unknown as SessionStore;
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  feed.start();
  FakeSocket.last.hello();
  toasts = [];
  render(
    html`<main @enc-toast=${(event: ToastEvent) => toasts.push(event.text)}>
      <enc-people-page
        .http=${http}
        .feed=${feed}
        .library=${createLibrary(http)}
        .user=${mira}
        .url=${new URL(path, location.href)}
        .go=${() => {}}
      ></enc-people-page>
    </main>`,
    document.body,
  );
  return asked;
};
const rows = (): string[] =>
  page
    .getByRole('row')
    .elements()
    .slice(1)
    .map((row) => (row.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
/** Half-faded text has the contrast of half a text: what moves must have come to rest. */
const faults = async (): Promise<string[]> => {
  await settled();
  return accessibilityFaults(document.body);
};
const choose = (label: string, value: string): Promise<void> =>
  userEvent.selectOptions(page.getByLabelText(label, { exact: true }), value);

beforeEach(() => {
  FakeSocket.all.length = 0;
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  delete document.documentElement.dataset['theme'];
  vi.unstubAllGlobals();
});

test.each(['dark', 'light'] as const)('everybody with what they have, %s', async (theme) => {
  inTheme(theme);
  await open();
  await expect.poll(rows).toHaveLength(3);
  expect(rows()).toEqual([
    expect.stringMatching(/^Bo Member.*bo@home\.example Free 25 Signed out$/),
    expect.stringMatching(/^Gus Disabled Member.*Free 3 Signed out$/),
    expect.stringMatching(/^Mira Administrator.*Admin Unlimited Here now$/),
  ]);
  expect(page.getByLabelText('Search people').elements()).toEqual([]);
  expect(await faults()).toEqual([]);
});

test('columns sort, and from eleven people on there is a search', async () => {
  await open({
    answers: {
      '/admin/users?limit=500': () => ({ items: [mira, bo, ...many], next_cursor: null }),
    },
  });
  await userEvent.click(page.getByRole('button', { name: 'Balance' }));
  expect(rows()[0]).toMatch(/^Mira/);
  await expect
    .element(page.getByRole('columnheader', { name: 'Balance' }))
    .toHaveAttribute('aria-sort', 'descending');
  await userEvent.fill(page.getByLabelText('Search people'), 'guest 1');
  await expect.poll(rows).toHaveLength(3);
  await userEvent.fill(page.getByLabelText('Search people'), 'zoe');
  await expect.element(page.getByText('Nobody like that')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('a failure says so and is tried again; a loss of the line keeps what is known', async () => {
  let plans: object | number = 503;
  await open({ answers: { '/plans': () => plans } });
  await expect.element(page.getByText('The people did not load')).toBeVisible();
  expect(await faults()).toEqual([]);
  plans = { items: [aPlan()] };
  await userEvent.click(page.getByRole('button', { name: 'Retry' }));
  await expect.poll(rows).toHaveLength(3);
  window.dispatchEvent(new Event('offline'));
  await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: 'New person' }))
    .toHaveAttribute('aria-disabled', 'true');
  expect(await faults()).toEqual([]);
});

test('a refused role goes back to what it was, with words', async () => {
  let answer: (value: number) => void = () => {};
  const refusal = new Promise<object>((_, reject) => {
    answer = () => reject(new TypeError('nobody there'));
  });
  await open({ path: '/people/bo', answers: { '/admin/users/bo': () => refusal } });
  await choose('Role', 'admin');
  const role = page.getByLabelText('Role', { exact: true });
  await expect.element(page.getByText('Everything, and this page.')).toBeVisible();
  answer(0);
  await expect.element(role).toHaveValue('user');
  expect(toasts).toEqual(['Encore does not answer.']);
});

test.each(['dark', 'light'] as const)('one person, and credits given, %s', async (theme) => {
  inTheme(theme);
  const asked = await open({
    path: '/people/bo',
    answers: { '/admin/users/bo/credits': () => ({ ...state, balance: 75 }) },
  });
  await expect.element(page.getByRole('heading', { name: 'Bo', level: 1 })).toBeVisible();
  await expect.element(page.getByText('Balance now')).toBeVisible();
  expect(await faults()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Grant or take credits' }));
  const amount = page.getByLabelText('How many');
  await userEvent.fill(amount, '-30');
  await expect.element(page.getByText(/There are only/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Take credits', exact: true }));
  await expect.element(page.getByText('Only 25 can be taken.')).toBeVisible();
  await expect.element(page.getByText(/Say why/)).toBeVisible();
  expect(await faults()).toEqual([]);
  await userEvent.fill(amount, '');
  await userEvent.click(page.getByRole('button', { name: '+50' }));
  await expect.element(page.getByText(/The balance goes from 25 to/)).toBeVisible();
  await userEvent.fill(page.getByLabelText('Why'), 'Dishes');
  await userEvent.click(page.getByRole('button', { name: 'Grant credits', exact: true }));
  await expect.poll(() => toasts).toEqual(['Bo has 75 credits now.']);
  expect(asked).toContain('POST /admin/users/bo/credits');
  expect(page.getByRole('dialog').elements()).toEqual([]);
});

test('an address of nobody', async () => {
  await open({ path: '/people/zoe' });
  await expect.element(page.getByText('Nobody is here by that address')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test.each(['dark', 'light'] as const)('a new invite as a link and a code, %s', async (theme) => {
  inTheme(theme);
  const link = 'http://encore.local/#invite=k7fm-2xqp-9rtw-hv4n';
  await open({
    path: '/people/invites',
    answers: { '/admin/invites': () => ({ ...anInvite({ id: 'i3' }), link }) },
  });
  await expect.element(page.getByText(/^Open until/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'New invite' }));
  await choose('Open for', 'date');
  await userEvent.click(page.getByRole('button', { name: 'Make the link' }));
  await expect.element(page.getByText('A day from today on.')).toBeVisible();
  await choose('Open for', '1');
  expect(await faults()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Make the link' }));
  await expect.element(page.getByLabelText('Link', { exact: true })).toHaveValue(link);
  await expect.element(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  expect(await faults()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Done' }));
  expect(page.getByRole('dialog').elements()).toEqual([]);
});

test('a revoked invite leaves the open ones; one that cannot be stays', async () => {
  let answer: object | number = 503;
  await open({ path: '/people/invites', answers: { '/admin/invites/i1': () => answer } });
  const revoke = page.getByRole('button', { name: /^Revoke/ });
  await userEvent.click(revoke);
  await expect.poll(() => toasts).toHaveLength(1);
  await expect.element(revoke).toBeVisible();
  answer = {};
  await userEvent.click(revoke);
  await expect.element(page.getByText('No open invites')).toBeVisible();
  expect(toasts.at(-1)).toBe('Revoked: the link opens nothing any more.');
  expect(await faults()).toEqual([]);
});

test.each(['dark', 'light'] as const)('a plan says what a change does, %s', async (theme) => {
  inTheme(theme);
  await open({
    path: '/people/plans',
    answers: { '/admin/plans/free': () => aPlan({ refill_amount: 20 }) },
  });
  await expect.element(page.getByText('15 a day')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Edit Free' }));
  await expect.element(page.getByText('Nothing is changed yet.')).toBeVisible();
  const refill = page.getByLabelText('Refill', { exact: true });
  await userEvent.fill(refill, '200');
  await userEvent.click(page.getByRole('button', { name: 'Save the plan' }));
  await expect.element(page.getByText('More than the plan lets anybody have.')).toBeVisible();
  await userEvent.fill(refill, '20');
  await expect
    .element(page.getByText('2 people get 20 a day from tomorrow, up to 75.'))
    .toBeVisible();
  expect(await faults()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Save the plan' }));
  await expect.element(page.getByText('20 a day', { exact: true })).toBeVisible();
  expect(toasts).toEqual(['Free: saved.']);
});
