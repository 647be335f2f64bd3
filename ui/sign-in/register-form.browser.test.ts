import { html, nothing, render } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Providers } from '../../server/users/contract.ts';
import { ApiProblem } from '../api/problem.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { settled } from '../testing/settled.ts';
import './sign-in.ts';
import type { EncSignIn } from './sign-in.ts';

const registering = (registration: 'open' | 'invite' | 'closed'): { providers: Providers } => ({
  providers: { providers: ['password'], registration, setup_required: false },
});

const card = async (props: Partial<EncSignIn>): Promise<EncSignIn> => {
  const element = document.createElement('enc-sign-in');
  Object.assign(element, props);
  render(html`${element}`, document.body);
  await element.updateComplete;
  return element;
};
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const fillIn = async (): Promise<void> => {
  await userEvent.fill(field('Name'), 'Lea');
  await userEvent.fill(field('Password'), 'correct horse battery');
};

afterEach(() => {
  render(nothing, document.body);
});

test('an invite in the link opens the form for a new account, filled in', async () => {
  const element = await card({ ...registering('invite'), invite: 'QX-99' });
  const sent = vi.fn();
  element.addEventListener('enc-credentials', (event) => sent(event.credentials));
  await expect.element(field('Invite')).toHaveValue('QX-99');
  await fillIn();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() =>
    expect(sent).toHaveBeenCalledExactlyOnceWith({
      way: 'register',
      body: { name: 'Lea', password: 'correct horse battery', invite: 'QX-99' },
    }),
  );
});

test('where everybody may, the card offers it without an invite', async () => {
  const element = await card(registering('open'));
  const sent = vi.fn();
  element.addEventListener('enc-credentials', (event) => sent(event.credentials));
  await userEvent.click(button('Create an account'));
  await fillIn();
  await userEvent.fill(field('E-mail, if you like'), 'lea@home.example');
  expect(field('Invite').elements()).toEqual([]);
  await userEvent.click(button('Create the account'));
  await vi.waitFor(() =>
    expect(sent).toHaveBeenCalledExactlyOnceWith({
      way: 'register',
      body: { name: 'Lea', password: 'correct horse battery', email: 'lea@home.example' },
    }),
  );
});

test('who has an invite on paper can type it', async () => {
  await card(registering('invite'));
  await userEvent.click(button('I have an invite'));
  await fillIn();
  await userEvent.click(button('Create the account'));
  await expect.element(page.getByText('Enter the code of your invite.')).toBeVisible();
  await userEvent.click(button('I have an account'));
  await expect.element(field('Name or e-mail')).toBeVisible();
});

test('where only administrators make accounts, nothing is offered', async () => {
  await card(registering('closed'));
  expect(button('Create an account').elements()).toEqual([]);
  expect(button('I have an invite').elements()).toEqual([]);
});

test('a used or expired invite is told under it, with what to do', async () => {
  const element = await card({ ...registering('invite'), invite: 'QX-99' });
  await expect.element(field('Invite')).toBeVisible();
  const detail = 'This invite is used, revoked, expired or unknown.';
  element.problem = new ApiProblem(403, { code: 'invite_invalid', detail });
  await expect.element(page.getByRole('alert')).toHaveTextContent(`${detail} Ask for a new one.`);
  await expect.element(field('Invite')).toHaveAttribute('aria-invalid', 'true');
});

test('a taken name is told under the name', async () => {
  const element = await card(registering('open'));
  await userEvent.click(button('Create an account'));
  await expect.element(field('Name')).toBeVisible();
  const message = 'Another account has this name.';
  const errors = [{ path: 'name', message }];
  element.problem = new ApiProblem(409, { code: 'name_taken', errors });
  await expect.element(page.getByRole('alert')).toHaveTextContent(message);
  await expect.element(field('Name')).toHaveAttribute('aria-invalid', 'true');
});

test('providers make an account too, with the invite', async () => {
  const element = await card({
    providers: { ...registering('invite').providers, providers: ['google', 'password'] },
    invite: 'Q&9',
  });
  const link = element.renderRoot.querySelector('a');
  expect(link?.getAttribute('href')).toBe('/api/v1/auth/google/authorize?invite=Q%269');
});

test('what a provider came back with is said on the card', async () => {
  await card({ notice: 'The provider did not confirm. Try again.' });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('The provider did not confirm. Try again.');
});

describe.each(['dark', 'light'] as const)('accessible, %s', (theme) => {
  test.each([
    ['invited', {}],
    ['refused', { problem: new ApiProblem(403, { code: 'invite_invalid', detail: 'No.' }) }],
  ])('%s', async (_state, props) => {
    inTheme(theme);
    await card({ ...registering('invite'), invite: 'QX-99', notice: 'Something.', ...props });
    await expect.element(field('Invite')).toBeVisible();
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });
});
