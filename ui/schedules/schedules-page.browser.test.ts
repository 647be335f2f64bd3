import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Schedule } from '../../server/schedules/contract.ts';
import { createLibrary, type Library } from '../board/library.ts';
import { deepActive } from '../design/focus.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aSchedule } from '../testing/schedules.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './schedules-page.ts';

const playlists = { items: [{ id: 'list', name: 'Morning' }], next_cursor: null, total: 1 };

let feed: Feed;
let toasts: ToastEvent[];
let library: Library;

const open = async (
  items: readonly Schedule[],
  answers: Answers = {},
): Promise<readonly string[]> => {
  const line = connected({
    '/sounds/catalogue': () => ({ items: [aSound(), aSound({ id: 'gong', name: 'Gong' })] }),
    '/sounds/waveforms': () => ({ items: {} }),
    '/admin/schedules': () => ({ items }),
    '/playlists/?limit=500': () => playlists,
    '/sounds/tts/voices': () => ({
      items: [{ id: 'en', name: 'English', language: 'en', engine: 'espeak-ng', default: true }],
    }),
    ...answers,
  });
  ({ feed } = line);
  library = createLibrary(line.http);
  await library.load();
  render(
    html`<main @enc-toast=${(event: ToastEvent) => toasts.push(event)}>
      <enc-schedules-page .http=${line.http} .feed=${feed} .library=${library}></enc-schedules-page>
    </main>`,
    document.body,
  );
  await expect.element(heading('Schedules')).toBeVisible();
  return line.asked;
};
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const faults = async (): Promise<string[]> => {
  await settled();
  return accessibilityFaults(document.body);
};
const choose = (name: string) => userEvent.click(page.getByRole('menuitem', { name }));
const save = () => userEvent.click(page.getByRole('button', { name: 'Make the schedule' }));
const undo = (): void => {
  const way = toasts.at(-1)?.way;
  if (!way || !('run' in way)) throw new Error('nothing can be taken back');
  way.run();
};

beforeEach(() => {
  toasts = [];
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('each says when it is next, what it does, what came of it, and whether it is on', async () => {
  await open([
    aSchedule({ alarm: true, fired_at: new Date().toISOString(), problem: 'The file is missing.' }),
    aSchedule({ id: 'off', name: 'Hush', enabled: false, next_at: null, what: { type: 'stop' } }),
  ]);
  await expect.element(page.getByText('Plays Air horn', { exact: true })).toBeVisible();
  await expect.element(page.getByText('The file is missing.')).toBeVisible();
  await expect.element(page.getByText('Last fired just now')).toBeVisible();
  await expect.element(page.getByText('Alarm', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: 'Wake up is on' })).toBeChecked();
  await expect.element(page.getByRole('checkbox', { name: 'Hush is on' })).not.toBeChecked();
  await expect.element(page.getByText('Wake up · Plays Air horn')).toBeVisible();
});

test('switched off it is off at once; a refusal switches it on again and says why', async () => {
  let answer: (response: Response) => void = () => {};
  await open([aSchedule()], {
    'PATCH /admin/schedules/wake': () => new Promise<Response>((done) => (answer = done)),
  });
  const box = page.getByRole('checkbox', { name: 'Wake up is on' });
  await userEvent.click(box);
  await expect.element(page.getByText('Every schedule is off.')).toBeVisible();
  answer(problem(503, { code: 'disk_full', detail: 'The disk is full.' }));
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual(['The disk is full.']);
  await expect.element(box).toBeChecked();
});

test('switched on it says when it is next only once the server has said so', async () => {
  let answer: (schedule: Schedule) => void = () => {};
  await open([aSchedule({ enabled: false, next_at: null })], {
    'PATCH /admin/schedules/wake': () => new Promise<Schedule>((done) => (answer = done)),
  });
  await expect.element(page.getByText('Every schedule is off.')).toBeVisible();
  await userEvent.click(page.getByRole('checkbox', { name: 'Wake up is on' }));
  await expect.poll(() => page.getByText('Every schedule is off.').elements()).toEqual([]);
  expect(page.getByText('Never again').elements()).toEqual([]);
  answer(aSchedule({ next_at: null }));
  await expect.element(page.getByText('Never again')).toBeVisible();
});

test('names that load later than the schedules are shown in their rows', async () => {
  let answer: (catalogue: object) => void = () => {};
  let asked = 0;
  await open([aSchedule({ what: { type: 'play_sound', sound_id: 'gong' } })], {
    '/sounds/catalogue': () =>
      asked++ === 0 ? { items: [] } : new Promise<object>((done) => (answer = done)),
  });
  const row = page.getByRole('listitem');
  await expect.element(row.getByText('Plays a sound that is gone')).toBeVisible();
  const loading = library.load();
  await vi.waitFor(() => expect(asked).toBe(2));
  answer({ items: [aSound({ id: 'gong', name: 'Gong' })] });
  await loading;
  await expect.element(row.getByText('Plays Gong', { exact: true })).toBeVisible();
});

test('a deleted one is made again by Undo, as it was', async () => {
  let made: unknown;
  const wake = aSchedule({ alarm: true, enabled: false });
  await open([wake], {
    'DELETE /admin/schedules/wake': () => 204,
    'POST /admin/schedules': (body) => {
      made = body;
      return wake;
    },
  });
  await userEvent.click(page.getByRole('button', { name: 'More for Wake up' }));
  await choose('Delete');
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual(['Wake up is deleted.']);
  undo();
  const { id: _, next_at: _n, fired_at: _f, problem: _p, ...body } = wake;
  await expect.poll(() => made).toEqual(body);
});

test('tried out it says what came of it', async () => {
  const answers = [aSchedule(), aSchedule({ problem: 'The player is gone.' })];
  await open([aSchedule()], {
    'POST /admin/schedules/wake/fire': () => answers.shift() ?? 404,
  });
  const more = page.getByRole('button', { name: 'More for Wake up' });
  await userEvent.click(more);
  await choose('Try it now');
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual(['Wake up fired.']);
  await userEvent.click(more);
  await choose('Try it now');
  await expect
    .poll(() => toasts.at(-1)?.text)
    .toBe('Wake up fired, but nothing came of it. The player is gone.');
});

test('what is said on the feed is shown, without a reload of the page', async () => {
  let items = [aSchedule()];
  await open([], { '/admin/schedules': () => ({ items }) });
  await expect.element(page.getByText('Plays Air horn', { exact: true })).toBeVisible();
  items = [aSchedule({ what: { type: 'play_sound', sound_id: 'gong' } })];
  FakeSocket.last.say({
    type: 'schedule_changed',
    at: '',
    data: { schedule_id: 'wake', change: 'defined' },
  });
  await expect.element(page.getByText('Plays Gong', { exact: true })).toBeVisible();
});

test.each(['dark', 'light'] as const)(
  'a new one by weekday, found by search, %s',
  async (theme) => {
    inTheme(theme);
    let made: unknown;
    await open([], {
      'POST /admin/schedules': (body) => {
        made = body;
        return aSchedule({ name: 'Tea' });
      },
    });
    await expect.element(page.getByText('Nothing happens by the clock yet')).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'New schedule' }));
    await save();
    await expect.element(page.getByText('Give it a name.')).toBeVisible();
    await expect.element(page.getByText('Choose a sound.')).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Tea');
    await userEvent.fill(page.getByRole('searchbox', { name: 'Sound' }), 'gon');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => deepActive()?.ariaLabel).toBe('Change the sound, now Gong');
    await userEvent.click(page.getByRole('button', { name: 'Weekends' }));
    await userEvent.click(page.getByRole('checkbox', { name: 'Friday' }));
    await userEvent.fill(page.getByLabelText('Time', { exact: true }), '16:00');
    await userEvent.click(page.getByRole('checkbox', { name: /^Alarm/ }));
    expect(await faults()).toEqual([]);
    await save();
    await expect
      .poll(() => made)
      .toEqual({
        name: 'Tea',
        enabled: true,
        when: { weekdays: ['fri', 'sat', 'sun'], time: '16:00' },
        what: { type: 'play_sound', sound_id: 'gong' },
        alarm: true,
      });
    await expect.poll(() => page.getByRole('dialog').elements()).toEqual([]);
    expect(toasts.map(({ text }) => text)).toEqual(['Tea: saved.']);
  },
);

test('a pattern that the server does not take is told under its field', async () => {
  const detail = 'This time never comes.';
  await open([aSchedule({ what: { type: 'say', text: 'Bins', voice: 'gone', language: 'de' } })], {
    'PATCH /admin/schedules/wake': () =>
      problem(422, { code: 'invalid_fields', errors: [{ path: 'when.cron', message: detail }] }),
  });
  await userEvent.click(page.getByRole('button', { name: 'More for Wake up' }));
  await choose('Edit…');
  await expect.element(page.getByLabelText('Voice')).toHaveValue('gone');
  await expect.element(page.getByLabelText('Language')).toHaveValue('de');
  await userEvent.click(page.getByRole('radio', { name: 'Cron pattern' }));
  const pattern = page.getByRole('textbox', { name: 'Cron pattern' });
  await userEvent.fill(pattern, '0 0 31 2 *');
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.element(page.getByText(detail)).toBeVisible();
  await expect.poll(() => deepActive()?.id).toBe('cron');
  expect(await faults()).toEqual([]);
});

test('what an edit does not touch is sent as it was', async () => {
  let sent: unknown;
  const wake = aSchedule({
    what: { type: 'play_playlist', playlist_id: 'list', volume: 35, fade_in_ms: 45_000 },
    zone: 'Asia/Tokyo',
    alarm: true,
  });
  await open([wake], {
    'PATCH /admin/schedules/wake': (body) => {
      sent = body;
      return wake;
    },
  });
  await userEvent.click(page.getByRole('button', { name: 'More for Wake up' }));
  await choose('Edit…');
  await expect.element(page.getByLabelText('Playlist', { exact: true })).toHaveValue('list');
  await expect.element(page.getByRole('slider', { name: 'Volume', exact: true })).toHaveValue('35');
  expect(await faults()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  const { name, when, what, alarm, zone } = wake;
  await expect.poll(() => sent).toEqual({ name, when, what, alarm, zone });
});

test.each(['dark', 'light'] as const)(
  'without a line nothing can be changed, %s',
  async (theme) => {
    inTheme(theme);
    await open([aSchedule({ problem: 'The file is missing.' })]);
    expect(await faults()).toEqual([]);
    window.dispatchEvent(new Event('offline'));
    await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
    await expect.element(page.getByRole('checkbox', { name: 'Wake up is on' })).toBeDisabled();
    (page.getByRole('button', { name: 'New schedule' }).element() as HTMLElement).click();
    expect(page.getByRole('dialog').elements()).toEqual([]);
    expect(await faults()).toEqual([]);
  },
);

test('what did not load says so, and Retry asks again', async () => {
  let items: object | number = 503;
  await open([], { '/admin/schedules': () => items });
  await expect.element(page.getByText('The schedules did not load')).toBeVisible();
  expect(await faults()).toEqual([]);
  items = { items: [aSchedule()] };
  await userEvent.click(page.getByRole('button', { name: 'Retry' }));
  await expect.element(page.getByText('Plays Air horn', { exact: true })).toBeVisible();
});
