import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Binding } from '../../server/bindings/contract.ts';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { aBinding, aCandidate, aSession } from '../testing/buttons.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { aPerson } from '../testing/people.ts';
import { settled } from '../testing/settled.ts';
import './buttons-page.ts';

const mira = aPerson({ id: 'mira', name: 'Mira', role: 'admin', plan: 'admin' });
const bo = aPerson();
const horn = {
  id: 'horn',
  type: 'SDB',
  name: 'Air horn',
  duration: 1900,
  play_count: 0,
  tags: ['loud'],
  missing: false,
  created_at: '2026-11-20T07:56:00.000Z',
};
const card = aBinding({
  id: 'b2',
  name: 'Cards',
  filter: 'tele/reader/SENSOR',
  match: { path: 'PN532.UID', op: 'exists' },
  extract: { path: 'PN532.UID', as: 'rfid' },
  command: { type: 'play' },
  owner_id: 'bo',
  owner_name: 'Bo',
  device: { name: 'reader', vendor: 'tasmota', seen_at: null },
  triggered_at: null,
  triggers: 0,
});
const lost = aBinding({
  id: 'b3',
  name: 'Long',
  enabled: false,
  match: { path: 'action', op: 'eq', value: 'hold' },
  command: { type: 'stop' },
  triggers: 1,
  problem: 'The player is not connected.',
});

let feed: Feed;
let toasts: ToastEvent[];
let sent: { method: string; path: string; body: unknown }[];

const keep =
  (method: string, path: string, answer: object | number = {}) =>
  (body: unknown) => {
    sent.push({ method, path, body });
    return answer;
  };

const open = async (answers: Answers = {}): Promise<void> => {
  fakeServer({
    '/admin/bindings': () => ({ items: [aBinding(), card, lost], next_cursor: null, total: 3 }),
    '/admin/users?limit=200': () => ({ items: [mira, bo], next_cursor: null }),
    '/playlists/?limit=200': () => ({
      items: [{ id: 'main', name: 'All sounds' }],
      next_cursor: null,
    }),
    '/sounds/catalogue': () => ({ items: [horn] }),
    '/sounds/waveforms': () => ({ waveforms: {} }),
    'POST /admin/bindings': keep('POST', '/admin/bindings'),
    'PATCH /admin/bindings/b1': keep('PATCH', '/admin/bindings/b1'),
    'DELETE /admin/bindings/b1': keep('DELETE', '/admin/bindings/b1', 204),
    'POST /admin/bindings/b1/test': keep('POST', '/admin/bindings/b1/test'),
    'POST /admin/bindings/learn': keep(
      'POST',
      '/admin/bindings/learn',
      aSession({ phase: 'baseline' }),
    ),
    'DELETE /admin/bindings/learn': keep('DELETE', '/admin/bindings/learn', 204),
    'PATCH /sounds/horn': keep('PATCH', '/sounds/horn'),
    ...answers,
  });
  const http = createHttp(() => expect.unreachable());
  const session = {
    state: signal<SessionState>({ status: 'signed-in', user: mira }),
    http,
    check: async (): Promise<void> => {},
  } as unknown as SessionStore;
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  feed.start();
  FakeSocket.last.hello();
  toasts = [];
  sent = [];
  const library = createLibrary(http);
  await library.load();
  render(
    html`<main @enc-toast=${(event: ToastEvent) => toasts.push(event)}>
      <enc-buttons-page .http=${http} .feed=${feed} .library=${library}></enc-buttons-page>
    </main>`,
    document.body,
  );
};
const say = (type: string, data: object): void => FakeSocket.last.say({ type, data });
const faults = async (): Promise<string[]> => {
  await settled();
  return accessibilityFaults(document.body);
};
const press = (name: string | RegExp): Promise<void> =>
  userEvent.click(
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }),
  );
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

test.each(['dark', 'light'] as const)(
  'a card for each device, with what it does, %s',
  async (theme) => {
    inTheme(theme);
    await open();
    await expect.element(page.getByRole('heading', { name: 'hall' })).toBeVisible();
    const regions = page.getByRole('region').elements();
    expect(regions.map((one) => one.getAttribute('aria-label'))).toEqual(['hall', 'reader']);
    await expect.element(page.getByText('Plays “Air horn” · The house, free')).toBeVisible();
    await expect
      .element(page.getByText('Plays the sound that belongs to the card · Bo'))
      .toBeVisible();
    await expect.element(page.getByText('The player is not connected.')).toBeVisible();
    await expect.element(page.getByText('Never pressed')).toBeVisible();
    expect(await faults()).toEqual([]);
  },
);

test('none yet: what to do', async () => {
  await open({ '/admin/bindings': () => ({ items: [], next_cursor: null, total: 0 }) });
  await expect.element(page.getByText('No button does anything yet')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('a failure says so and is tried again; a loss of the line keeps what is known', async () => {
  let answer: object | number = 503;
  await open({ '/admin/bindings': () => answer });
  await expect.element(page.getByText('The buttons did not load')).toBeVisible();
  answer = { items: [aBinding()] };
  await press('Retry');
  await expect.element(page.getByRole('heading', { name: 'hall' })).toBeVisible();
  window.dispatchEvent(new Event('offline'));
  await expect
    .element(page.getByRole('button', { name: 'Learn a button' }))
    .toHaveAttribute('aria-disabled', 'true');
  expect(await faults()).toEqual([]);
});

test.each(['dark', 'light'] as const)(
  'a button is learnt and made to do something, %s',
  async (theme) => {
    inTheme(theme);
    await open();
    await press('Learn a button');
    await expect.element(page.getByRole('heading', { name: 'One moment' })).toBeVisible();
    say('binding_heard', { kind: 'learn', session: aSession() });
    await expect.element(page.getByRole('heading', { name: 'Press the button' })).toBeVisible();
    say('binding_heard', {
      kind: 'learn',
      session: aSession({ candidates: [aCandidate({ bound: ['Hall'] })] }),
    });
    await expect.element(page.getByRole('heading', { name: 'Press once more' })).toBeVisible();
    await expect.element(page.getByText('hall · Zigbee2MQTT · already “Hall”')).toBeVisible();
    const confirmed = [aCandidate({ confirmed: true, times: 2 })];
    say('binding_heard', {
      kind: 'learn',
      session: aSession({ phase: 'confirmed', candidates: confirmed }),
    });
    await expect.element(page.getByRole('heading', { name: 'This is it' })).toBeVisible();
    expect(await faults()).toEqual([]);
    await press('Use this: Single of hall');
    await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Hall, single');
    await press('Save');
    await expect.element(page.getByText('Choose a sound.')).toBeVisible();
    await userEvent.fill(page.getByLabelText('Sound', { exact: true }), 'horn');
    await userEvent.click(page.getByLabelText(/^Air horn/));
    await choose('Whose button it is', 'bo');
    expect(await faults()).toEqual([]);
    await press('Save');
    await expect.poll(() => page.getByRole('dialog').elements()).toEqual([]);
    const { suggestion } = aCandidate();
    expect(sent.filter(({ path }) => path === '/admin/bindings')).toEqual([
      {
        method: 'POST',
        path: '/admin/bindings',
        body: {
          ...suggestion,
          name: 'Hall, single',
          owner_id: 'bo',
          command: { type: 'play', sound_id: 'horn' },
        },
      },
    ]);
  },
);

test('a card is given to a sound; its reader is known already', async () => {
  await open();
  await press('Learn a button');
  const candidate = aCandidate({
    device: 'reader',
    vendor: 'tasmota',
    press: 'tag',
    uid: '94d8fc5f',
    suggestion: {
      ...aCandidate().suggestion,
      filter: card.filter,
      match: card.match,
      extract: card.extract,
    },
  });
  say('binding_heard', { kind: 'learn', session: aSession({ candidates: [candidate] }) });
  await press('Use this: Card or tag of reader');
  await userEvent.click(page.getByLabelText(/^Air horn/));
  await press('Save');
  await expect.poll(() => page.getByRole('dialog').elements()).toEqual([]);
  expect(sent.filter(({ path }) => path !== '/admin/bindings/learn')).toEqual([
    { method: 'PATCH', path: '/sounds/horn', body: { tags: ['loud', 'rfid:94d8fc5f'] } },
  ]);
});

test('a card belongs to one sound: the one before gives it up', async () => {
  const gong = { ...horn, id: 'gong', name: 'Gong', tags: ['bell', 'rfid:94d8fc5f'] };
  await open({
    '/sounds/catalogue': () => ({ items: [horn, gong] }),
    'PATCH /sounds/gong': keep('PATCH', '/sounds/gong'),
  });
  await press('Learn a button');
  const { filter, match, extract } = card;
  const suggestion = { ...aCandidate().suggestion, filter, match, extract };
  const candidate = aCandidate({ device: 'reader', press: 'tag', uid: '94d8fc5f', suggestion });
  say('binding_heard', { kind: 'learn', session: aSession({ candidates: [candidate] }) });
  await press('Use this: Card or tag of reader');
  await userEvent.click(page.getByLabelText(/^Air horn/));
  await press('Save');
  await expect.poll(() => page.getByRole('dialog').elements()).toEqual([]);
  expect(sent.filter(({ method }) => method === 'PATCH')).toEqual([
    { method: 'PATCH', path: '/sounds/gong', body: { tags: ['bell'] } },
    { method: 'PATCH', path: '/sounds/horn', body: { tags: ['loud', 'rfid:94d8fc5f'] } },
  ]);
});

test('nothing heard: again, or not now', async () => {
  await open();
  await press('Learn a button');
  say('binding_heard', { kind: 'learn', session: aSession({ phase: 'ended' }) });
  await expect.element(page.getByText('Nothing was heard')).toBeVisible();
  expect(await faults()).toEqual([]);
  await press('Listen again');
  await expect.element(page.getByRole('heading', { name: 'One moment' })).toBeVisible();
  await press('Cancel');
  await expect.poll(() => page.getByRole('dialog').elements()).toEqual([]);
  expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']);
});

test('by hand, with what the form can do and what the server says of it', async () => {
  const fault = Response.json(
    {
      code: 'invalid_fields',
      detail: 'no',
      errors: [{ path: 'filter', message: '# stands alone and last' }],
    },
    { status: 422 },
  );
  await open({ 'POST /admin/bindings': () => fault.clone() });
  await press('Set up by hand');
  for (const [action, label] of [
    ['tag', 'Tag'],
    ['random', 'Playlist'],
    ['volume', 'Volume, 0 to 100'],
    ['mode', 'Player mode'],
    ['say', 'What it says'],
  ] as const) {
    await choose('It should', action);
    await expect.element(page.getByLabelText(label, { exact: true })).toBeVisible();
  }
  expect(await faults()).toEqual([]);
  await choose('It should', 'stop');
  await press('Save');
  await expect.element(page.getByText('Give it a name.')).toBeVisible();
  await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Silence');
  await userEvent.fill(page.getByLabelText('MQTT topic'), 'a/#/b');
  await press('Save');
  await expect.element(page.getByText('# stands alone and last.')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test.each<[string, string | null, string, object]>([
  ['pause', null, '', { type: 'pause' }],
  ['resume', null, '', { type: 'resume' }],
  ['next', null, '', { type: 'next' }],
  ['previous', null, '', { type: 'previous' }],
  ['louder', 'By how much, 1 to 100', '15', { type: 'volume', delta: 15 }],
  ['quieter', 'By how much, 1 to 100', '20', { type: 'volume', delta: -20 }],
])('can %s', async (action, label, value, command) => {
  await open();
  await press('Set up by hand');
  await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Knob');
  await userEvent.fill(page.getByLabelText('MQTT topic'), 'den/knob');
  await choose('It should', action);
  if (label !== null) await userEvent.fill(page.getByLabelText(label, { exact: true }), value);
  await press('Save');
  await expect.poll(() => sent.map(({ body }) => body)).toMatchObject([{ command, match: 'any' }]);
});

test('can choose the player mode', async () => {
  await open();
  await press('Set up by hand');
  await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Shuffle');
  await userEvent.fill(page.getByLabelText('MQTT topic'), 'den/knob');
  await choose('It should', 'mode');
  await choose('Player mode', 'random');
  await press('Save');
  await expect
    .poll(() => sent.map(({ body }) => body))
    .toMatchObject([{ command: { type: 'mode', mode: 'random' } }]);
});

test.each(['dark', 'light'] as const)(
  'what hardly anybody needs is behind “Advanced”, %s',
  async (theme) => {
    inTheme(theme);
    await open();
    await press('Set up by hand');
    await expect.element(page.getByLabelText('It counts')).not.toBeVisible();
    await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Door');
    await userEvent.fill(page.getByLabelText('MQTT topic'), 'den/door');
    await choose('It should', 'stop');
    await userEvent.click(page.getByText('Advanced'));
    await choose('The message is compared', 'regex');
    await press('Save');
    await expect
      .element(page.getByText('Give a pattern, such as ^(single|double)$.'))
      .toBeVisible();
    await userEvent.fill(page.getByLabelText('Pattern', { exact: true }), '^(open|wide)$');
    await choose('It counts', 'rising');
    await userEvent.fill(page.getByLabelText('Then quiet for, in ms'), '1.5');
    await userEvent.click(page.getByLabelText(/^Pass over presses/));
    await userEvent.click(page.getByText('Advanced'));
    await press('Save');
    await expect.element(page.getByText('A number from 0 to 60000.')).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.fill(page.getByLabelText('Then quiet for, in ms'), '1500');
    await press('Save');
    await expect
      .poll(() => sent.map(({ body }) => body))
      .toEqual([
        {
          name: 'Door',
          filter: 'den/door',
          match: { regex: '^(open|wide)$' },
          command: { type: 'stop' },
          edge: 'rising',
          debounce_ms: 1500,
          ignore_retained: false,
          owner_id: null,
        },
      ]);
  },
);

test('what was learnt is compared as it was, or otherwise', async () => {
  await open();
  await press('More for Hall');
  await userEvent.click(page.getByRole('menuitem', { name: 'Edit' }));
  expect(page.getByLabelText('Message', { exact: true }).elements()).toEqual([]);
  await userEvent.click(page.getByText('Advanced'));
  await expect.element(page.getByLabelText('The message is compared')).toHaveValue('kept');
  await choose('The message is compared', 'equals');
  await userEvent.fill(page.getByLabelText('Message', { exact: true }), 'single');
  await press('Save');
  await expect
    .poll(() => sent.map(({ body }) => body))
    .toMatchObject([{ match: { equals: 'single' } }]);
});

test.each(['dark', 'light'] as const)(
  'one that set itself off says so, and is resumed, %s',
  async (theme) => {
    inTheme(theme);
    const detail = 'It set itself off: what Encore said of it came back on bridge/button.';
    const since = '2026-11-20T07:56:00.000Z';
    let paused: Binding['paused'] = { reason: 'loop', topic: 'bridge/button', since, detail };
    await open({
      '/admin/bindings': () => ({ items: [aBinding({ paused })] }),
      'POST /admin/bindings/b1/resume': () => {
        paused = null;
        return {};
      },
    });
    await expect.element(page.getByText('Paused')).toBeVisible();
    await expect.element(page.getByText(detail)).toBeVisible();
    expect(await faults()).toEqual([]);
    await press('Resume Hall');
    await expect.poll(() => page.getByText('Paused').elements()).toEqual([]);
    expect(page.getByRole('button', { name: 'Resume Hall' }).elements()).toEqual([]);
  },
);

test('two that the same message sets off name each other', async () => {
  const other = aBinding({ id: 'b9', name: 'Also', filter: 'zigbee2mqtt/+', match: 'any' });
  await open({ '/admin/bindings': () => ({ items: [aBinding(), other, lost] }) });
  await expect.element(page.getByText('Fires together with “Also”')).toBeVisible();
  await expect.element(page.getByText('Fires together with “Hall”')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('is edited as it stands', async () => {
  await open();
  await press('More for Hall');
  await userEvent.click(page.getByRole('menuitem', { name: 'Edit' }));
  await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Hall');
  await expect.element(page.getByLabelText('MQTT topic')).toHaveValue('zigbee2mqtt/hall');
  await choose('It should', 'louder');
  await press('Save');
  await expect
    .poll(() => sent)
    .toEqual([
      {
        method: 'PATCH',
        path: '/admin/bindings/b1',
        body: {
          filter: 'zigbee2mqtt/hall',
          name: 'Hall',
          owner_id: null,
          command: { type: 'volume', delta: 5 },
        },
      },
    ]);
});

test('is tried out, switched off, and deleted with a way back', async () => {
  await open();
  await press('Test Hall');
  await userEvent.click(page.getByRole('switch', { name: 'Hall is on' }));
  await expect
    .poll(() => sent.map(({ path }) => path))
    .toEqual(['/admin/bindings/b1/test', '/admin/bindings/b1']);
  expect(sent[1]?.body).toEqual({ enabled: false });
  await press('More for Hall');
  await userEvent.click(page.getByRole('menuitem', { name: 'Delete' }));
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual(['“Hall” is deleted.']);
  const way = toasts[0]?.way;
  if (!way || !('run' in way)) expect.unreachable();
  way.run();
  await expect
    .poll(() => sent.at(-1))
    .toMatchObject({
      method: 'POST',
      body: { name: 'Hall', filter: 'zigbee2mqtt/hall', order: 0 },
    });
});

test('a refusal of a test is told', async () => {
  const refusal = { code: 'player_unavailable', detail: 'The player is not connected.' };
  await open({ 'POST /admin/bindings/b1/test': () => Response.json(refusal, { status: 503 }) });
  await press('Test Hall');
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual([refusal.detail]);
});

test('a press lights up its line', async () => {
  await open();
  await expect.element(page.getByRole('heading', { name: 'hall' })).toBeVisible();
  say('binding_heard', { kind: 'trigger', binding_id: 'b1' });
  await expect
    .poll(() =>
      document.querySelector('enc-buttons-page')?.shadowRoot?.querySelectorAll('.pressed'),
    )
    .toHaveLength(1);
});
