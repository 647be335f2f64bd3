import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSession } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import './app.ts';
import { createRouter, type Router } from './router.ts';

let feed: Feed;
let asked: string[];
let router: Router;

const open = (answers: Answers): void => {
  ({ asked } = fakeServer(answers));
  const session = createSession();
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  const library = createLibrary(session.http);
  router = createRouter();
  const account = createAccount(session.http);
  const stores = { session, feed, library, view: createView(library), account, router };
  render(html`<enc-app></enc-app>`, document.body);
  document.querySelector('enc-app')?.start(stores);
};

beforeEach(() => localStorage.clear());
afterEach(() => {
  feed.stop();
  router.stop();
  history.replaceState(null, '', '/');
  render(nothing, document.body);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('Retry asks once more, and does not make the page ask ever faster', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  open({ '/auth/session': () => 0 });
  const retry = page.getByRole('button', { name: 'Retry' });
  await vi.waitFor(() => expect(retry.elements()).toHaveLength(1));
  const button = retry.element() as HTMLElement;
  for (let i = 0; i < 5; i++) {
    button.click();
    await vi.advanceTimersByTimeAsync(0);
  }
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked).toHaveLength(3);
});

test('a password made by Encore is shown once more before the board', async () => {
  const user = { id: 'u', name: 'admin', role: 'admin', plan: 'admin' };
  history.replaceState(null, '', '#setup=AB-12');
  open({
    '/auth/session': () => ({ user: null }),
    '/auth/providers': () => ({ providers: ['password'], setup_required: true }),
    '/auth/setup': () => ({ user }),
    '/sounds/catalogue': () => ({ items: [] }),
  });
  const field = page.getByLabelText('Password', { exact: true });
  await expect.element(field).toHaveValue(expect.stringMatching(/^.{19}$/));
  const made = (field.element() as HTMLInputElement).value;
  await userEvent.click(page.getByRole('button', { name: 'Create the account' }));
  const dialog = page.getByRole('dialog', { name: 'Keep this password' });
  await expect.element(dialog).toBeVisible();
  // What stands in the dialog's slot, and no sign-in card any more.
  await expect.element(page.getByLabelText('Password', { exact: true })).toHaveValue(made);
  await userEvent.click(page.getByRole('button', { name: 'Go to the board' }));
  expect(page.getByRole('dialog').elements()).toEqual([]);
  await expect.element(page.getByRole('heading', { name: 'No sounds yet' })).toBeVisible();
});
