import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aQuietState, aSetting, someQuietHours, someSettings } from '../testing/household.ts';
import { aBackup, someBackups } from '../testing/backups.ts';
import { settled } from '../testing/settled.ts';
import './settings-page.ts';

const healthy = {
  status: 'ok',
  parts: { player: { state: 'ok', detail: 'the player is connected' } },
};

let feed: Feed;
let toasts: ToastEvent[];
let sent: unknown[];

/** A server that keeps what is chosen. */
const open = async (answers: Answers = {}, items = someSettings()): Promise<readonly string[]> => {
  sent = [];
  const line = connected({
    'GET /admin/settings': () => ({ items }),
    'PATCH /admin/settings': (body) => {
      sent.push(body);
      for (const [name, value] of Object.entries(body as object)) {
        const one = items.find((item) => item.name === name);
        if (one) one.value = value;
      }
      return { items };
    },
    '/settings/quiet': () => aQuietState({ next_at: new Date().toISOString() }),
    '/readyz': () => healthy,
    'GET /admin/backups': () => someBackups(),
    'GET /admin/mqtt': () => ({ refusals: [] }),
    ...answers,
  });
  ({ feed } = line);
  render(
    html`<main @enc-toast=${(event: ToastEvent) => toasts.push(event)}>
      <enc-settings-page .http=${line.http} .feed=${feed} shown></enc-settings-page>
    </main>`,
    document.body,
  );
  const loads = answers['GET /admin/settings'] === undefined;
  await expect
    .element(page.getByText(loads ? 'Crossfade' : 'The settings did not load'))
    .toBeVisible();
  return line.asked;
};

const faults = async (): Promise<string[]> => {
  await settled();
  return accessibilityFaults(document.body);
};
const said = () => toasts.map(({ text }) => text);
const undo = (at = -1): void => {
  const way = toasts.at(at)?.way;
  if (!way || !('run' in way)) throw new Error('nothing can be taken back');
  way.run();
};
const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
const slider = (name: string) => page.getByRole('slider', { name });
const slide = (name: string, to: number): void => {
  const input = slider(name).element() as HTMLInputElement;
  input.value = String(to);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
};

beforeEach(() => {
  toasts = [];
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('a switch is kept at once, and taken back by Undo', async () => {
  await open();
  const resume = box('Go on after a power cut');
  await userEvent.click(resume);
  await expect.poll(said).toEqual(['Go on after a power cut: on.']);
  expect(sent).toEqual([{ resume_after_power_cut: true }]);
  undo();
  await expect.element(resume).not.toBeChecked();
  await expect.poll(() => sent).toHaveLength(2);
  expect(sent[1]).toEqual({ resume_after_power_cut: false });
});

test('a slider says its value while it moves, and its last one is kept', async () => {
  await open();
  await expect.element(slider('Crossfade')).toHaveAttribute('aria-valuetext', 'None');
  slide('Crossfade', 1000);
  slide('Crossfade', 2500);
  await expect.element(slider('Crossfade')).toHaveAttribute('aria-valuetext', '2.5 s');
  await expect.poll(said).toEqual(['Crossfade: 2.5 s.']);
  expect(sent).toEqual([{ crossfade_ms: 2500 }]);
  await userEvent.click(page.getByRole('button', { name: 'Back to none' }));
  await expect.poll(() => sent).toHaveLength(2);
  expect(sent[1]).toEqual({ crossfade_ms: 0 });
});

test('a refused choice goes back to what was, with words', async () => {
  const detail = 'The disk is full.';
  await open({ 'PATCH /admin/settings': () => problem(503, { code: 'disk_full', detail }) });
  slide('Loudest volume', 40);
  await expect.poll(said).toEqual([detail]);
  await expect.element(slider('Loudest volume')).toHaveValue('100');
});

test('what somebody else chooses is shown at once', async () => {
  await open();
  await expect.element(slider('Steps back by')).toHaveValue('12');
  FakeSocket.last.say({
    type: 'settings_changed',
    at: '',
    data: { name: 'ducking_depth_db', value: 20 },
  });
  await expect.element(slider('Steps back by')).toHaveValue('20');
  await expect.element(page.getByRole('button', { name: 'Back to 12 dB' })).toBeVisible();
});

test('quiet hours are chosen piece by piece, and one piece is taken back alone', async () => {
  await open();
  await userEvent.selectOptions(page.getByLabelText('Sounds of the board'), 'lower');
  await expect.element(slider('Quieter by at least')).toHaveValue('12');
  await userEvent.click(box('Monday'));
  await expect.poll(() => sent).toHaveLength(2);
  expect(sent[1]).toEqual({
    quiet_hours: someQuietHours({
      board: 'lower',
      days: ['tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    }),
  });
  undo(0);
  await expect.element(page.getByLabelText('Sounds of the board')).toHaveValue('refuse');
  await expect.element(box('Monday')).not.toBeChecked();
  slide('Music at most at', 10);
  await expect.poll(() => sent).toHaveLength(4);
  expect(sent[3]).toMatchObject({ quiet_hours: { volume_cap: 10, board: 'refuse' } });
});

test('a time that is no time is not kept, and gives way to what holds', async () => {
  await open();
  const from = page.getByLabelText('From', { exact: true });
  await userEvent.fill(from, '21:30');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ quiet_hours: { from: '21:30' } });
  await userEvent.clear(from);
  await userEvent.click(page.getByRole('heading', { name: 'Settings', exact: true }));
  await expect.element(from).toHaveValue('21:30');
  expect(sent).toHaveLength(1);
});

test('a time is kept once it is typed, not with each of its digits', async () => {
  await open();
  const from = page.getByLabelText('From', { exact: true });
  (from.element() as HTMLElement).focus();
  // The times of the locale begin with the hour; "PM" is the third part where there is one.
  await userEvent.keyboard('11');
  await userEvent.keyboard('45');
  await userEvent.click(page.getByRole('heading', { name: 'Settings', exact: true }));
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ quiet_hours: { from: expect.stringMatching(/^(11|23):45$/) } });
});

test('what music does under speech is chosen from a list', async () => {
  await open();
  const choice = page.getByRole('combobox', { name: 'Music under speech' });
  await expect.element(choice).toHaveValue('duck');
  await userEvent.selectOptions(choice, 'pause');
  await expect.poll(said).toEqual(['Music under speech: paused.']);
  expect(sent).toEqual([{ announcements: 'pause' }]);
  await userEvent.click(page.getByRole('button', { name: 'Back to quieter' }));
  await expect.element(choice).toHaveValue('duck');
});

test('off, quiet hours ask nothing more', async () => {
  await open();
  await userEvent.click(box('Quiet hours'));
  await expect.poll(said).toEqual(['Quiet hours are off.']);
  await expect.poll(() => page.getByLabelText('From', { exact: true }).elements()).toEqual([]);
  expect(await faults()).toEqual([]);
});

test('that it is quiet now is told as the feed tells it', async () => {
  await open();
  FakeSocket.last.say({ type: 'quiet_changed', at: '', data: aQuietState({ quiet: true }) });
  await expect.element(page.getByText('Quiet now, without an end.')).toBeVisible();
});

test('a switch that this page does not know yet is shown with its sentence', async () => {
  const strange = aSetting('announce_doorbell' as 'volume_max', true);
  await open({}, [...someSettings(), strange]);
  await expect.element(box('Announce doorbell')).toBeChecked();
  await expect.element(page.getByText('What announce_doorbell is for.')).toBeVisible();
});

test.each(['dark', 'light'] as const)(
  'parts that do not work say what helps, %s',
  async (theme) => {
    inTheme(theme);
    let answer: object = {
      status: 'degraded',
      parts: {
        ...healthy.parts,
        mqtt: { state: 'degraded', detail: 'port 1883 is in use' },
        speech: { state: 'starting', detail: 'looking for voices' },
      },
    };
    await open({ '/readyz': () => Response.json(answer, { status: 503 }) });
    await expect.element(page.getByText('One part needs a look. The rest works.')).toBeVisible();
    await expect.element(page.getByText('Port 1883 is in use.')).toBeVisible();
    await expect.element(page.getByText(/choose another one with MQTT_PORT/)).toBeVisible();
    await expect.element(page.getByText('Starting', { exact: true })).toBeVisible();
    expect(await faults()).toEqual([]);
    answer = healthy;
    await userEvent.click(page.getByRole('button', { name: 'Check again' }));
    await expect.element(page.getByText('Everything works.')).toBeVisible();
  },
);

test.each(['dark', 'light'] as const)('what MQTT refused is shown with why, %s', async (theme) => {
  inTheme(theme);
  const refusals = [
    {
      at: new Date().toISOString(),
      times: 12,
      name: 'Camera',
      action: 'publish',
      what: 'cam/door',
      reason: 'a payload may have at most 65536 bytes',
    },
    {
      at: new Date().toISOString(),
      times: 1,
      name: null,
      action: 'login',
      what: '192.168.1.7',
      reason: 'bad user name or API token',
    },
  ];
  await open({ 'GET /admin/mqtt': () => ({ refusals }) });
  const publishing = 'Publishing to cam/door: A payload may have at most 65536 bytes.';
  await expect.element(page.getByText(publishing)).toBeVisible();
  await expect.element(page.getByText('just now, 12 times')).toBeVisible();
  await expect.element(page.getByText(/^Signing in from 192.168.1.7: Bad user name/)).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('where MQTT refused nothing, nothing is said of it', async () => {
  await open();
  expect(page.getByText('Refused over MQTT').query()).toBeNull();
});

test.each(['dark', 'light'] as const)('without a line nothing can be chosen, %s', async (theme) => {
  inTheme(theme);
  await open({ '/readyz': () => 0 });
  await expect.element(page.getByText(/The health of the box did not load/)).toBeVisible();
  expect(await faults()).toEqual([]);
  window.dispatchEvent(new Event('offline'));
  await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
  await expect.element(box('Quiet hours')).toBeDisabled();
  await expect.element(slider('Crossfade')).toBeDisabled();
  expect(await faults()).toEqual([]);
});

test('what did not load says so, and Retry asks again', async () => {
  let items: object | number = 503;
  await open({ 'GET /admin/settings': () => items });
  expect(await faults()).toEqual([]);
  items = { items: someSettings() };
  await userEvent.click(page.getByRole('button', { name: 'Retry' }));
  await expect.element(slider('Crossfade')).toBeVisible();
});

const failure = {
  code: 'share_silent' as const,
  at: '2026-11-23T02:31:00.000Z',
  reason: 'the share does not answer: mount it again',
};

test.each(['dark', 'light'] as const)(
  'a backup that failed says why, and the last good one when it was, %s',
  async (theme) => {
    inTheme(theme);
    const items = [aBackup({ missing: 2 })];
    await open({ 'GET /admin/backups': () => someBackups({ last_failure: failure, items }) });
    await expect
      .element(page.getByText(/The share does not answer: mount it again\./))
      .toBeVisible();
    await expect.element(page.getByText(/Last good one/)).toBeVisible();
    await expect.element(page.getByText('48,213 events, 214 files, 1.3 GB')).toBeVisible();
    await expect.element(page.getByText('Not in it: 2 sounds had no file.')).toBeVisible();
    expect(await faults()).toEqual([]);
  },
);

test('a backup is taken when it is asked for, and tells how far it is', async () => {
  let state = someBackups({ items: [] });
  const asked = await open({
    'GET /admin/backups': () => state,
    'POST /admin/backups': () => ({ job_id: 'one' }),
  });
  await expect.element(page.getByText('There is no backup in this folder yet.')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Back up now' }));
  expect(asked).toContain('POST /admin/backups');
  const job = { job: 'backup', job_id: 'one', title: 'Copying sounds' };
  const data = { ...job, done: 20, total: 80, state: 'running' };
  FakeSocket.last.say({ type: 'job_progress', at: '', data });
  await expect.element(page.getByText('20 of 80')).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: 'Backing up…' }))
    .toHaveAttribute('aria-disabled', 'true');
  expect(await faults()).toEqual([]);
  state = someBackups();
  FakeSocket.last.say({ type: 'backups_changed', at: '', data: {} });
  await expect.element(page.getByText(/Last good one/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Back up now' })).toBeVisible();
});

test('a backup that cannot begin says so', async () => {
  const detail = 'A backup is being taken already: wait for its end.';
  await open({ 'POST /admin/backups': () => problem(409, { code: 'backup_running', detail }) });
  await userEvent.click(page.getByRole('button', { name: 'Back up now' }));
  await expect.poll(said).toEqual([detail]);
});
