import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { QuietState } from '../../server/household/contract.ts';
import type { Role } from '../../server/users/contract.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aQuietState } from '../testing/household.ts';
import { settled } from '../testing/settled.ts';
import { quietMeaning, quietWords } from './quiet.ts';
import './quiet-pill.ts';

const night = aQuietState({ quiet: true, until: new Date(2026, 10, 21, 7).toISOString() });

let feed: Feed;

const open = (state: QuietState, role: Role = 'user'): void => {
  const user = { id: 'u', name: 'Mira', role, plan: 'free' };
  const line = connected({ '/settings/quiet': () => state }, user);
  ({ feed } = line);
  const pill = (look: 'row' | 'strip') =>
    html`<enc-quiet-pill
      .look=${look}
      .http=${line.http}
      .feed=${feed}
      .user=${user}
    ></enc-quiet-pill>`;
  render(html`<main>${pill('row')}${pill('strip')}</main>`, document.body);
};
const shown = (): (string | undefined)[] =>
  [...document.querySelectorAll('enc-quiet-pill')]
    .filter((one) => !one.hidden)
    .map((one) => one.look);

afterEach(async () => {
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
  await page.viewport(1280, 800);
});

test.each(['dark', 'light'] as const)('says until when it is quiet, once, %s', async (theme) => {
  inTheme(theme);
  open(night, 'guest');
  await expect.poll(shown).toEqual(['row']);
  await expect.element(page.getByText(/^Quiet until/).first()).toBeVisible();
  expect(page.getByRole('link').elements()).toEqual([]);
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  await page.viewport(390, 844);
  await expect.poll(shown).toEqual(['strip']);
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});

test('leads administrators to the settings', async () => {
  open(night, 'admin');
  await expect
    .element(page.getByRole('link', { name: /^Quiet until/ }))
    .toHaveAttribute('href', '/settings');
});

test('is not there while it is not quiet, and comes and goes as the feed tells', async () => {
  open(aQuietState());
  await expect.poll(shown).toEqual([]);
  FakeSocket.last.say({ type: 'quiet_changed', at: '', data: night });
  await expect.poll(shown).toEqual(['row']);
  FakeSocket.last.say({ type: 'quiet_changed', at: '', data: aQuietState() });
  await expect.poll(shown).toEqual([]);
});

test('an end within a day is a time, a later one has its day, and there may be none', () => {
  const now = new Date(2026, 10, 20, 23).getTime();
  expect(quietWords(night, now)).toBe('Quiet until 07:00');
  const monday = new Date(2026, 10, 23, 7).toISOString();
  expect(quietWords({ ...night, until: monday }, now)).toBe('Quiet until Mon 07:00');
  expect(quietWords({ ...night, until: null }, now)).toBe('Quiet hours');
});

test('what it means depends on what is chosen, and on who asks', () => {
  expect(quietMeaning(aQuietState({ board: 'refuse' }), 'admin')).toBe('The board is silent.');
  expect(quietMeaning(aQuietState({ board: 'lower', admins_pass: true }), 'user')).toBe(
    'The board plays, but quieter.',
  );
  expect(quietMeaning(aQuietState({ admins_pass: true }), 'admin')).toBe(
    'You may play all the same.',
  );
});
