import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Account, ApiToken, DeviceSession } from '../../server/users/contract.ts';
import { createHttp } from '../api/http.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { settled } from '../testing/settled.ts';
import './account-page.ts';
import type { EncAccountPage } from './account-page.ts';

const me: Account = {
  id: 'u',
  name: 'Mira',
  role: 'user',
  plan: 'free',
  email: null,
  has_password: true,
};
const aDevice = (part: Partial<DeviceSession>): DeviceSession => ({
  id: 's1',
  device: 'Firefox on Linux',
  current: false,
  created_at: '2026-11-01T08:00:00.000Z',
  last_used_at: '2026-11-02T08:00:00.000Z',
  expires_at: '2026-12-02T08:00:00.000Z',
  ...part,
});
const aToken = (part: Partial<ApiToken> = {}): ApiToken => ({
  id: 't1',
  name: 'Hall button',
  scopes: ['mqtt', 'play'],
  kind: 'device',
  prefixes: ['zigbee2mqtt/hall'],
  act_as: false,
  expires_at: null,
  created_at: '2026-11-01T08:00:00.000Z',
  ...part,
});

let devices: DeviceSession[];
let tokens: ApiToken[];
let asked: string[];
const told = vi.fn();
const changed = vi.fn();

const open = async (answers: Answers = {}, user = me): Promise<EncAccountPage> => {
  ({ asked } = fakeServer({
    '/auth/me': () => user,
    '/auth/sessions': () => ({ items: devices }),
    '/auth/tokens': () => ({ items: tokens }),
    '/auth/identities': () => ({ items: [] }),
    '/auth/providers': () => ({ providers: ['password'], setup_required: false }),
    ...answers,
  }));
  const http = createHttp(() => {});
  render(
    html`<enc-account-page
      .http=${http}
      .user=${user}
      shown
      @enc-toast=${(event: ToastEvent) => told(event.text)}
      @enc-account=${(event: { account: Account }) => changed(event.account)}
    ></enc-account-page>`,
    document.body,
  );
  const element = document.querySelector('enc-account-page');
  if (!element) throw new Error('no page');
  if (!answers['/auth/me']) {
    await expect.element(page.getByRole('heading', { name: 'API tokens' })).toBeVisible();
  }
  return element;
};
const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

beforeEach(() => {
  devices = [aDevice({ id: 'mine', device: 'Chrome on Linux', current: true }), aDevice({})];
  tokens = [aToken()];
});
afterEach(() => {
  told.mockClear();
  changed.mockClear();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

describe('name and e-mail', () => {
  test('only what changed is sent, and the shell hears of it', async () => {
    const patch = vi.fn((body: unknown) => ({ ...me, ...(body as object) }));
    await open({ 'PATCH /auth/me': patch });
    await userEvent.fill(field('E-mail, if you like'), 'mira@home.example');
    await userEvent.click(button('Save'));
    await expect.element(page.getByText('Saved.')).toBeVisible();
    expect(patch).toHaveBeenCalledExactlyOnceWith({ email: 'mira@home.example' });
    expect(changed).toHaveBeenCalledExactlyOnceWith({ ...me, email: 'mira@home.example' });
  });

  test('an emptied address is taken away', async () => {
    const patch = vi.fn(() => me);
    await open({
      'GET /auth/me': () => ({ ...me, email: 'old@home.example' }),
      'PATCH /auth/me': patch,
    });
    await userEvent.clear(field('E-mail, if you like'));
    await userEvent.click(button('Save'));
    await vi.waitFor(() => expect(patch).toHaveBeenCalledExactlyOnceWith({ email: null }));
  });

  test('a taken name is told under the name, until somebody types', async () => {
    const detail = 'Another account has this name. Choose another one.';
    await open({
      'PATCH /auth/me': () =>
        problem(409, { code: 'name_taken', detail, errors: [{ path: 'name', message: detail }] }),
    });
    await userEvent.fill(field('Name'), 'Otto');
    await userEvent.click(button('Save'));
    await expect.element(page.getByRole('alert')).toHaveTextContent(detail);
    await expect.element(field('Name')).toHaveAttribute('aria-invalid', 'true');
    await userEvent.fill(field('Name'), 'Otto 2');
    await expect.element(field('Name')).not.toHaveAttribute('aria-invalid');
  });

  test('what is no address is told before the server is asked', async () => {
    await open();
    await userEvent.fill(field('E-mail, if you like'), 'mira at home');
    await userEvent.click(button('Save'));
    await expect.element(page.getByText('Write it like mira@home.example.')).toBeVisible();
    expect(asked.filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });
});

describe('password', () => {
  test('is changed, says who has to sign in again, and asks for the devices anew', async () => {
    const post = vi.fn(() => 204);
    await open({ 'POST /auth/me/password': post });
    await userEvent.fill(field('Current password'), 'correct horse');
    await userEvent.fill(field('New password'), 'battery staple 12');
    devices = devices.slice(0, 1);
    await userEvent.click(button('Change password'));
    await expect.element(page.getByText(/Other devices have to sign in again/)).toBeVisible();
    expect(post).toHaveBeenCalledExactlyOnceWith({
      current_password: 'correct horse',
      new_password: 'battery staple 12',
    });
    await expect.element(field('New password')).toHaveValue('');
    await vi.waitFor(() => expect(page.getByText('Firefox on Linux').elements()).toEqual([]));
  });

  test('a wrong one is told under the current password', async () => {
    await open({
      'POST /auth/me/password': () =>
        problem(403, { code: 'wrong_password', detail: 'The current password is not right.' }),
    });
    await userEvent.fill(field('Current password'), 'wrong');
    await userEvent.fill(field('New password'), 'battery staple 12');
    await userEvent.click(button('Change password'));
    await expect.element(field('Current password')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field('New password')).not.toHaveAttribute('aria-invalid');
  });

  test('who has none sets one without the old', async () => {
    const post = vi.fn(() => 204);
    await open({
      'GET /auth/me': () => ({ ...me, has_password: false }),
      'POST /auth/me/password': post,
    });
    expect(field('Current password').elements()).toEqual([]);
    await userEvent.fill(field('New password'), 'battery staple 12');
    await userEvent.click(button('Set password'));
    await vi.waitFor(() =>
      expect(post).toHaveBeenCalledExactlyOnceWith({ new_password: 'battery staple 12' }),
    );
  });
});

describe('devices', () => {
  test('one is signed out at once, without a question; this one has no button', async () => {
    await open({ 'DELETE /auth/sessions/s1': () => ((devices = devices.slice(0, 1)), 204) });
    await expect.element(page.getByText('This device')).toBeVisible();
    expect(button('Sign out Chrome on Linux').elements()).toEqual([]);
    await userEvent.click(button('Sign out Firefox on Linux'));
    await vi.waitFor(() =>
      expect(told).toHaveBeenCalledExactlyOnceWith('Firefox on Linux is signed out.'),
    );
    await vi.waitFor(() => expect(button('Sign out Firefox on Linux').elements()).toEqual([]));
  });

  test('all others only after a question', async () => {
    const end = vi.fn(() => ((devices = devices.slice(0, 1)), 204));
    await open({ 'DELETE /auth/sessions': end });
    await userEvent.click(button('Sign out all others'));
    await expect.element(page.getByText(/One device is signed out at once/)).toBeVisible();
    expect(end).not.toHaveBeenCalled();
    await userEvent.click(button('Sign out'));
    await vi.waitFor(() => expect(end).toHaveBeenCalledOnce());
    await vi.waitFor(() => expect(page.getByRole('dialog').elements()).toEqual([]));
    expect(button('Sign out all others').elements()).toEqual([]);
  });

  test('a refusal stays in the question', async () => {
    await open({ 'DELETE /auth/sessions': () => 0 });
    await userEvent.click(button('Sign out all others'));
    await userEvent.click(button('Sign out'));
    await expect.element(page.getByRole('alert')).toHaveTextContent('Encore does not answer.');
    await expect.element(page.getByRole('dialog')).toBeVisible();
  });

  test('what did not load says so, and comes with Retry', async () => {
    let there = false;
    await open({ '/auth/sessions': () => (there ? { items: devices } : 0) });
    await expect.element(page.getByText(/^The devices did not load/)).toBeVisible();
    there = true;
    await userEvent.click(button('Retry'));
    await expect.element(page.getByText('Firefox on Linux')).toBeVisible();
  });
});

describe('tokens', () => {
  test('show what they may do and until when', async () => {
    await open();
    await expect.element(page.getByText('Play, MQTT · zigbee2mqtt/hall')).toBeVisible();
    await expect.element(page.getByText(/Does not expire/)).toBeVisible();
  });

  test('a new one is shown once, with how to use it', async () => {
    const post = vi.fn((_body: unknown) => {
      tokens = [...tokens, aToken({ id: 't2', name: 'Script' })];
      return { ...aToken({ id: 't2', name: 'Script' }), token: 'enc_secret' };
    });
    await open({ 'POST /auth/tokens': post });
    await userEvent.click(button('New token'));
    expect(page.getByLabelText('Administration').elements()).toEqual([]);
    await userEvent.fill(page.getByLabelText('Name', { exact: true }).last(), 'Script');
    await userEvent.click(page.getByRole('checkbox', { name: /^Player/ }));
    await userEvent.selectOptions(page.getByLabelText('Expires'), 'never');
    await userEvent.click(button('Create'));
    await expect.element(page.getByLabelText('Token', { exact: true })).toHaveValue('enc_secret');
    expect(post).toHaveBeenCalledExactlyOnceWith({
      name: 'Script',
      kind: 'user',
      scopes: ['read', 'play', 'player'],
      prefixes: [],
      act_as: false,
    });
    await expect
      .element(page.getByLabelText('Command'))
      .toHaveValue(`curl -H 'Authorization: Bearer enc_secret' ${location.origin}/api/v1/auth/me`);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.click(button('Done'));
    expect(page.getByRole('dialog').elements()).toEqual([]);
    await expect.element(button('Revoke Script')).toBeVisible();
  });

  test('one for a device has MQTT, and no prefixes where only an administrator may grant them', async () => {
    const post = vi.fn((_body: unknown) => ({ ...aToken(), token: 'enc_secret' }));
    await open({ 'POST /auth/tokens': post });
    await userEvent.click(button('New token'));
    await userEvent.fill(page.getByLabelText('Name', { exact: true }).last(), 'Button');
    await userEvent.click(page.getByText('For a device'));
    expect(page.getByLabelText('Topic prefixes').elements()).toEqual([]);
    await userEvent.click(button('Create'));
    await vi.waitFor(() => expect(post).toHaveBeenCalledOnce());
    expect(post.mock.calls[0]?.[0]).toMatchObject({
      kind: 'device',
      scopes: ['read', 'play', 'mqtt'],
      prefixes: [],
    });
  });

  test('one that an administrator makes for a device has prefixes and MQTT', async () => {
    const post = vi.fn(() => ({ ...aToken(), token: 'enc_secret' }));
    await open({ 'POST /auth/tokens': post }, { ...me, role: 'admin' });
    await userEvent.click(button('New token'));
    await userEvent.fill(page.getByLabelText('Name', { exact: true }).last(), 'Button');
    await userEvent.click(page.getByText('For a device'));
    await userEvent.fill(page.getByLabelText('Topic prefixes'), 'shellies/a\nshellies/b');
    await userEvent.click(button('Create'));
    await vi.waitFor(() =>
      expect(post).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({
          kind: 'device',
          scopes: ['read', 'play', 'mqtt'],
          prefixes: ['shellies/a', 'shellies/b'],
          expires_at: expect.stringMatching(/Z$/),
        }),
      ),
    );
  });

  test('what is missing is told under its field', async () => {
    await open();
    await userEvent.click(button('New token'));
    for (const name of [/^Read/, /^Play Play/]) {
      await userEvent.click(page.getByRole('checkbox', { name }));
    }
    await userEvent.click(button('Create'));
    const alerts = page.getByRole('alert');
    await expect.element(alerts.first()).toHaveTextContent('Give it a name.');
    await expect.element(alerts.last()).toHaveTextContent('Choose at least one thing.');
  });

  test('one is revoked after a question, and the list has the focus', async () => {
    await open({ 'DELETE /auth/tokens/t1': () => ((tokens = []), 204) });
    await userEvent.click(button('Revoke Hall button'));
    await userEvent.click(button('Revoke'));
    await expect.element(page.getByText('No tokens yet.')).toBeVisible();
    expect(told).toHaveBeenCalledExactlyOnceWith('“Hall button” is revoked.');
  });
});

describe('providers', () => {
  const linked = { provider: 'github', label: 'mira-r', linked_at: '2026-11-01T08:00:00.000Z' };
  const configured = () => ({ providers: ['password', 'google', 'github'], setup_required: false });

  test('are not mentioned where there are none', async () => {
    await open();
    expect(page.getByText('Other ways to sign in').elements()).toEqual([]);
  });

  test('are linked by a link and unlinked by a button', async () => {
    let items = [linked];
    await open({
      '/auth/providers': configured,
      '/auth/identities': () => ({ items }),
      'DELETE /auth/identities/github': () => ((items = []), 204),
    });
    await expect
      .element(page.getByRole('link', { name: 'Link Google' }))
      .toHaveAttribute('href', '/api/v1/auth/google/authorize');
    await userEvent.click(button('Unlink GitHub'));
    await expect.element(page.getByRole('link', { name: 'Link GitHub' })).toBeVisible();
  });

  test('the last way to sign in stays, and why is told', async () => {
    const detail = 'Set a password first: without this provider nobody could sign in.';
    await open({
      '/auth/providers': configured,
      '/auth/identities': () => ({ items: [linked] }),
      'DELETE /auth/identities/github': () => problem(409, { code: 'last_sign_in_way', detail }),
    });
    await userEvent.click(button('Unlink GitHub'));
    await vi.waitFor(() => expect(told).toHaveBeenCalledExactlyOnceWith(detail));
    await expect.element(button('Unlink GitHub')).toBeVisible();
  });
});

test('an account that did not load says so and comes with Retry', async () => {
  let there = false;
  await open({ '/auth/me': () => (there ? me : 0) });
  await expect
    .element(page.getByRole('heading', { name: 'Your account did not load' }))
    .toBeVisible();
  there = true;
  await userEvent.click(button('Retry'));
  await expect.element(field('Name')).toHaveValue('Mira');
});

describe.each(['dark', 'light'] as const)('accessible, %s', (theme) => {
  test('page', async () => {
    inTheme(theme);
    await open();
    await expect.element(button('Revoke Hall button')).toBeVisible();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });

  test('new token, refused', async () => {
    inTheme(theme);
    await open();
    await userEvent.click(button('New token'));
    await userEvent.click(page.getByText('For a device'));
    await userEvent.click(button('Create'));
    await expect.element(page.getByText('Give it a name.')).toBeVisible();
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });

  test('question', async () => {
    inTheme(theme);
    await open();
    await userEvent.click(button('Revoke Hall button'));
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });
});
