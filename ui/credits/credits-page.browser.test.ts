import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CreditsState } from '../../server/credits/contract.ts';
import type { Role } from '../../server/users/contract.ts';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { aSound } from '../testing/sounds.ts';
import { aTransaction } from '../testing/transactions.ts';
import { createAccount } from './account.ts';
import './credits-page.ts';
import type { MomentEvent } from './moment-event.ts';

const horn = { metadata: { sound_id: 'horn' } };
const items = [
  aTransaction(
    { ...horn, amount: -3, balance_before: 2, balance_after: 2, success: false },
    '2026-11-20T10:00:00.000Z',
  ),
  aTransaction(
    { ...horn, amount: -3, balance_before: 5, balance_after: 2 },
    '2026-11-20T09:00:00.000Z',
  ),
  aTransaction(
    { action: 'grant', amount: 5, balance_before: 0, balance_after: 5, description: 'Birthday' },
    '2026-11-19T09:00:00.000Z',
  ),
];
const state: CreditsState = {
  balance: 2,
  available: 2,
  unlimited: false,
  plan: 'family',
  prices: { play: 1, extraction: 5, tts: 1 },
  next_refill_at: '2026-11-30T00:00:00.000Z',
};
const listPath = '/credits/transactions?limit=200';

let feed: Feed;
let moments: (string | null)[];

type Given = { role?: Role; at?: string | null; answers?: Answers };

const open = async ({ role = 'user', at = null, answers = {} }: Given = {}): Promise<
  readonly string[]
> => {
  const { asked } = fakeServer({
    '/sounds/catalogue': () => ({ items: [aSound()] }),
    '/sounds/waveforms': () => ({ items: {} }),
    '/credits': () => state,
    [listPath]: () => ({ items, next_cursor: null, total: 3 }),
    ...answers,
  });
  const user = { id: 'u', name: 'Mira', role, plan: 'family' };
  const none = async (): Promise<void> => {};
  const http = createHttp(() => expect.unreachable());
  const session: SessionStore = {
    state: signal<SessionState>({ status: 'signed-in', user }),
    http,
    check: none,
    login: none,
    setup: none,
    register: none,
    know: () => {},
    logout: none,
  };
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  feed.start();
  FakeSocket.last.hello();
  const library = createLibrary(http);
  const account = createAccount(http);
  feed.on(account.hear);
  await Promise.all([library.load(), account.load('u')]);
  moments = [];
  render(
    html`<enc-credits-page
      .http=${http}
      .feed=${feed}
      .library=${library}
      .account=${account}
      .user=${user}
      .at=${at}
      @enc-moment=${(event: MomentEvent) => moments.push(event.at)}
    ></enc-credits-page>`,
    document.body,
  );
  return asked;
};
const rows = () => page.getByRole('row').elements().slice(1);

beforeEach(() => {
  FakeSocket.all.length = 0;
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  delete document.documentElement.dataset['theme'];
  vi.unstubAllGlobals();
});

test.each(['dark', 'light'] as const)('balance, plan and every movement, %s', async (theme) => {
  inTheme(theme);
  await open();
  await expect.element(page.getByText('Balance now')).toBeVisible();
  await expect.element(page.getByText(/^Family plan · next refill Mon 30 Nov/)).toBeVisible();
  await expect.element(page.getByText('Event 3 of 3')).toBeVisible();
  expect(rows().map((row) => row.textContent?.replaceAll(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/Air horn Refused Mira −3 2/),
    expect.stringMatching(/Air horn Mira −3 2/),
    expect.stringMatching(/Birthday Mira \+5 5/),
  ]);
  await expect
    .element(page.getByRole('slider', { name: 'Moment' }))
    .toHaveAttribute('aria-valuetext', 'Now: 2');
  expect(page.getByRole('button', { name: 'Verify' }).elements()).toEqual([]);
  expect(await accessibilityFaults(document.body)).toEqual([]);
});

test.each(['dark', 'light'] as const)('a moment out of the address, %s', async (theme) => {
  inTheme(theme);
  const at = '2026-11-20T08:00:00.000Z';
  const asked = await open({
    at,
    answers: {
      [`/credits/balance?at=${encodeURIComponent(at)}`]: () => ({ balance: 41, at, position: 9 }),
    },
  });
  await expect.element(page.getByText(/^Balance on Fri 20 Nov.*, \d\d:00$/)).toBeVisible();
  // The rows say 5 at once, and the server has the last word.
  await expect.element(page.getByText('41')).toBeVisible();
  await expect.element(page.getByText('Event 1 of 3')).toBeVisible();
  expect(asked.filter((one) => one.includes('/credits/balance'))).toHaveLength(1);
  expect(rows()[2]).toHaveAttribute('aria-current', 'true');
  expect(await accessibilityFaults(document.body)).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Back to now' }));
  expect(moments).toEqual([null]);
});

test('arrows go from change to change', async () => {
  await open();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await expect.element(slider).toBeVisible();
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(moments).toEqual(['2026-11-20T09:00:00.000Z']);
});

test('what happens while one looks comes on top', async () => {
  let list = items.slice(1);
  await open({ answers: { [listPath]: () => ({ items: list, next_cursor: null, total: 3 }) } });
  await expect.poll(rows).toHaveLength(2);
  list = items;
  const data = { user_id: 'u', balance_before: 2, balance_after: 2, action: 'play', amount: -3 };
  FakeSocket.last.say({
    type: 'user_credits_changed',
    position: 2,
    at: '',
    data: { ...data, success: false, metadata: {} },
  });
  await expect.poll(rows).toHaveLength(3);
});

test('without a line no sound is said to work still', async () => {
  await open({ answers: { [listPath]: () => 503 } });
  await expect.element(page.getByText(/The sounds still work/)).toBeVisible();
  window.dispatchEvent(new Event('offline'));
  await expect.poll(() => page.getByText(/The sounds still work/).elements()).toEqual([]);
  await expect.element(page.getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('who pays for nothing is not told that nothing has happened', async () => {
  await open({
    answers: {
      '/credits': () => ({ ...state, unlimited: true }),
      [listPath]: () => ({ items: [], next_cursor: null, total: 0 }),
    },
  });
  await expect.element(page.getByRole('heading', { name: 'Nothing to pay' })).toBeVisible();
  expect(page.getByText('Nothing has happened yet').elements()).toEqual([]);
});

test('nothing yet, a failure with Retry, and no line', async () => {
  let answer: object | number = 503;
  await open({ answers: { [listPath]: () => answer } });
  await expect.element(page.getByText(/The sounds still work/)).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  answer = { items: [], next_cursor: null, total: 0 };
  await userEvent.click(page.getByRole('button', { name: 'Retry' }));
  await expect.element(page.getByText('Nothing has happened yet')).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  window.dispatchEvent(new Event('offline'));
  await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});

test.each([
  [{ verdict: 'valid', head: 'abc123', position: 866 }, /All 866 events and every balance match/],
  [{ verdict: 'broken', head: 'abc123', position: 7, fault: 'Changed.' }, /Broken at event 7/],
])('an administrator has the log verified: %s', async (verdict, words) => {
  await open({ role: 'admin' });
  const button = page.getByRole('button', { name: 'Verify' });
  await expect.element(button).toBeVisible();
  const stream = new TransformStream<Uint8Array, Uint8Array>();
  const writer = stream.writable.getWriter();
  // Lines come as the network cuts them.
  const say = (text: string) => writer.write(new TextEncoder().encode(text));
  vi.stubGlobal('fetch', async (url: string) =>
    url.endsWith('/verify') ? new Response(stream.readable) : Response.json({}, { status: 503 }),
  );
  await userEvent.click(button);
  void say('{"checked":400,"of":866}\n{"chec');
  await expect.element(page.getByText('400 of 866 events')).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  void say(`ked":866,"of":866}\n${JSON.stringify(verdict)}\n`);
  void writer.close();
  await expect.element(page.getByText(words).first()).toBeVisible();
  await expect.element(page.getByText('Hash abc123', { exact: true })).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});
