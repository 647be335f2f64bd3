import { html, nothing, render } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ApiProblem } from '../api/problem.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import './sign-in.ts';
import type { EncSignIn } from './sign-in.ts';

const signIn = async (props: Partial<EncSignIn> = {}): Promise<EncSignIn> => {
  const element = document.createElement('enc-sign-in');
  Object.assign(element, props);
  render(html`${element}`, document.body);
  await element.updateComplete;
  return element;
};
const setup = { providers: { providers: ['password' as const], setup_required: true } };
const focusedName = (element: EncSignIn): string | null | undefined =>
  element.shadowRoot?.activeElement?.getAttribute('name');

afterEach(() => {
  render(nothing, document.body);
});

test('starts in the first field and sends what was typed', async () => {
  const element = await signIn();
  const sent = vi.fn();
  element.addEventListener('enc-credentials', (event) => sent(event.credentials));
  expect(focusedName(element)).toBe('name');
  await userEvent.keyboard('mira{Tab}correct horse{Enter}');
  expect(sent).toHaveBeenCalledExactlyOnceWith({
    way: 'login',
    body: { name: 'mira', password: 'correct horse' },
  });
});

test('names what browsers and password managers need to know', async () => {
  await signIn();
  await expect
    .element(page.getByLabelText('Name or e-mail'))
    .toHaveAttribute('autocomplete', 'username');
  await expect
    .element(page.getByLabelText('Password', { exact: true }))
    .toHaveAttribute('autocomplete', 'current-password');
});

test('a refusal stands under its field and takes the focus there', async () => {
  const element = await signIn();
  element.problem = new ApiProblem(401, { detail: 'That name and password do not match.' });
  await element.updateComplete;
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('That name and password do not match.');
  expect(focusedName(element)).toBe('password');
});

test('an empty field is told before the server is asked', async () => {
  const element = await signIn();
  const sent = vi.fn();
  element.addEventListener('enc-credentials', sent);
  await userEvent.keyboard('{Enter}');
  expect(sent).not.toHaveBeenCalled();
  expect(element.renderRoot.querySelectorAll('[role=alert]')).toHaveLength(2);
});

test('only configured providers have a button', async () => {
  const element = await signIn({
    providers: { providers: ['google', 'password'], setup_required: false },
  });
  const links = [...element.renderRoot.querySelectorAll('a')].map((link) => link.pathname);
  expect(links).toEqual(['/api/v1/auth/google/authorize']);
});

test('a new box: with the code in the link one click is enough', async () => {
  const element = await signIn({ ...setup, setupCode: 'AB-12' });
  const sent = vi.fn();
  element.addEventListener('enc-credentials', (event) => sent(event.credentials, event.suggested));
  await userEvent.keyboard('{Enter}');
  expect(sent).toHaveBeenCalledExactlyOnceWith(
    {
      way: 'setup',
      body: { code: 'AB-12', name: 'admin', password: expect.stringMatching(/^.{19}$/) },
    },
    true,
  );
});

test('the suggested password is sent from a password field, and shown again when refused', async () => {
  const element = await signIn({ ...setup, setupCode: 'AB-12' });
  const type = (): string | undefined =>
    element.renderRoot.querySelector<HTMLInputElement>('#password')?.type;
  const sentFrom = vi.fn();
  element.addEventListener('enc-credentials', () => sentFrom(type()));
  expect(type()).toBe('text');
  await userEvent.keyboard('{Enter}');
  expect(sentFrom).toHaveBeenCalledExactlyOnceWith('password');
  element.problem = new ApiProblem(409, { detail: 'Not now.' });
  await element.updateComplete;
  expect(type()).toBe('text');
});

test('a password of their own needs no second showing', async () => {
  const element = await signIn({ ...setup, setupCode: 'AB-12' });
  const suggested = vi.fn();
  element.addEventListener('enc-credentials', (event) => suggested(event.suggested));
  await userEvent.fill(page.getByLabelText('Password', { exact: true }), 'correct horse battery');
  await userEvent.keyboard('{Enter}');
  expect(suggested).toHaveBeenCalledExactlyOnceWith(false);
});

test('a new box without the code asks for it, and for a long password', async () => {
  const element = await signIn(setup);
  await userEvent.keyboard('{Tab}mira{Tab}short{Enter}');
  const alerts = [...element.renderRoot.querySelectorAll('[role=alert]')];
  expect(alerts.map((alert) => alert.textContent)).toEqual([
    'Enter the code that Encore printed.',
    'Use at least 12 characters.',
  ]);
});

describe.each(['dark', 'light'] as const)('accessible, %s', (theme) => {
  test.each([
    ['sign-in', {}],
    ['setup', { ...setup, setupCode: 'AB-12' }],
    ['refused', { problem: new ApiProblem(401, { detail: 'No match.' }) }],
  ])('%s', async (_state, props) => {
    inTheme(theme);
    const element = await signIn(props);
    await Promise.all(
      element.renderRoot
        .querySelector('.card')
        ?.getAnimations()
        .map((a) => a.finished) ?? [],
    );
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });
});
