import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSession } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
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
  void session.check();
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

describe('signed in', () => {
  const user = { id: 'u', name: 'Mira', role: 'user', plan: 'free' };
  const answers: Answers = {
    '/auth/session': () => ({ user }),
    '/sounds/catalogue': () => ({ items: [{ ...sound, tags: [] }] }),
    '/auth/me': () => ({ ...user, email: null, has_password: true }),
    '/auth/sessions': () => ({ items: [] }),
    '/auth/tokens': () => ({ items: [] }),
    '/auth/identities': () => ({ items: [] }),
    '/auth/providers': () => ({ providers: ['password', 'google'], setup_required: false }),
  };
  const sound = { id: 'horn', type: 'SDB', name: 'Air horn', duration: 1_900, play_count: 0 };
  const commands = (): string[] =>
    FakeSocket.last.sent.map(({ command }) => command).filter((one) => one !== 'ping');
  const connected = async (): Promise<void> => {
    await vi.waitFor(() => expect(FakeSocket.all.length).toBeGreaterThan(0));
    FakeSocket.last.hello();
    await expect.element(page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible();
  };

  beforeEach(() => {
    FakeSocket.all.length = 0;
    history.replaceState(null, '', '/account');
  });

  test('what sounds is on every screen, and is silenced there', async () => {
    open(answers);
    await connected();
    FakeSocket.last.say({ type: 'sound_played', data: { play_id: 'p1', sound_id: 'horn' } });
    await userEvent.click(page.getByRole('button', { name: /^Stop Air horn/ }));
    expect(FakeSocket.last.sent.findLast(({ command }) => command !== 'ping')).toMatchObject({
      command: 'stop_sounds',
      data: { play_id: 'p1' },
    });
  });

  test('what another person sent is read out on every screen', async () => {
    open(answers);
    await connected();
    const data = { from_user_id: 'u2', from_name: 'Bo', message: 'Dinner is ready' };
    FakeSocket.last.say({ type: 'user_message', data });
    await expect.element(page.getByText('Bo: Dinner is ready')).toBeVisible();
  });

  test('Escape stops all on every screen, but not while somebody types or a layer is open', async () => {
    open(answers);
    await connected();
    await userEvent.click(page.getByRole('textbox', { name: 'Name', exact: true }));
    await userEvent.keyboard('{Escape}');
    await userEvent.click(page.getByRole('button', { name: 'New token' }));
    await expect.element(page.getByRole('dialog', { name: 'New token' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(page.getByRole('dialog').elements()).toEqual([]));
    expect(commands()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(commands()).toEqual(['stop_sounds']);
  });

  test('a proven identity is linked after a question, and leaves the address', async () => {
    history.replaceState(null, '', '/#link=google');
    const link = vi.fn(() => 204);
    open({ ...answers, 'POST /auth/identities': link });
    await expect
      .element(page.getByRole('dialog', { name: 'Link Google with your account?' }))
      .toBeVisible();
    expect(location.hash).toBe('');
    expect(link).not.toHaveBeenCalled();
    await userEvent.click(page.getByRole('button', { name: 'Link', exact: true }));
    await expect.element(page.getByText('Google is linked.')).toBeVisible();
    expect(link).toHaveBeenCalledOnce();
    expect(location.pathname).toBe('/account');
  });

  test('a link that came too late says so in the question', async () => {
    history.replaceState(null, '', '/#link=google');
    const detail = 'This sign-in has ended. Begin again.';
    open({ ...answers, 'POST /auth/identities': () => problem(409, { detail }) });
    await userEvent.click(page.getByRole('button', { name: 'Link', exact: true }));
    await expect.element(page.getByText(detail)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Not now' }));
    expect(page.getByRole('dialog').elements()).toEqual([]);
  });

  test('an invite is for somebody else', async () => {
    history.replaceState(null, '', '/#invite=QX-99');
    open(answers);
    await expect.element(page.getByText(/You are signed in as Mira/)).toBeVisible();
    expect(location.hash).toBe('');
  });
});

test('a sign-in with a provider that failed is told on the card', async () => {
  history.replaceState(null, '', '/#sign_in_error=provider_failed');
  open({
    '/auth/session': () => ({ user: null }),
    '/auth/providers': () => ({ providers: ['password', 'google'], setup_required: false }),
  });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('The provider did not confirm who you are. Try again.');
  expect(location.hash).toBe('');
});
