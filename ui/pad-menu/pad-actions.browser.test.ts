import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Play } from '../../server/soundboard/contract.ts';
import type { User } from '../../server/users/contract.ts';
import { createHttp } from '../api/http.ts';
import { createLibrary, type Library } from '../board/library.ts';
import { createView, type View } from '../board/view.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import { wholeSound } from '../testing/whole-sound.ts';
import './pad-actions.ts';
import type { EncPadActions } from './pad-actions.ts';

let element: EncPadActions;
let library: Library;
let view: View;
let asked: string[];
let patched: unknown;
const said = vi.fn<(event: ToastEvent) => void>();

const horn = aSound();

const actions = async (role: User['role'] = 'admin', answers: Answers = {}): Promise<void> => {
  ({ asked } = fakeServer({
    '/sounds/horn': () => wholeSound(),
    '/sounds/catalogue': () => ({ items: [aSound(), aSound({ id: 'coin', name: 'Coin' })] }),
    '/sounds/waveforms': () => ({ items: {} }),
    '/sounds/horn/waveform': () => ({ duration: 1_900, peaks: Array(800).fill(120) }),
    'PATCH /sounds/horn': (body) => {
      patched = body;
      return { ...wholeSound(), ...(body as object) };
    },
    ...answers,
  }));
  const http = createHttp(() => expect.unreachable());
  library = createLibrary(http);
  view = createView(library);
  await library.load();
  const user: User = { id: 'u', name: 'Mira', role, plan: 'free' };
  render(
    html`<enc-pad-actions
      online
      .http=${http}
      .library=${library}
      .view=${view}
      .user=${user}
      @enc-toast=${said}
    ></enc-pad-actions>`,
    document.body,
  );
  element = document.querySelector('enc-pad-actions') as EncPadActions;
  await element.updateComplete;
};
const choose = async (entry: string): Promise<void> => {
  await element.openMenu(horn, 100, 100);
  await userEvent.click(page.getByRole('menuitem', { name: entry }));
};
const entries = async (): Promise<string[]> => {
  await element.openMenu(horn, 100, 100);
  return page
    .getByRole('menuitem')
    .elements()
    .map((one) => one.querySelector('span')?.textContent ?? '');
};
const dialog = () => page.getByRole('dialog');
const shown = (): string => library.sounds.value.map(({ name }) => name).join();
const faultsInBoth = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    inTheme(theme);
    await settled();
    faults.push(...(await accessibilityFaults(document.body)));
  }
  return faults;
};

beforeEach(() => {
  patched = undefined;
  said.mockClear();
});
afterEach(() => {
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

describe('who may do what', () => {
  const forAll = ['Play', 'Play on this device', 'Download', 'Who played this', 'Select'];
  const forMembers = forAll.toSpliced(2, 0, 'Play next in the jukebox', 'Add to playlist');
  const all = [...forMembers, 'Rename', 'Tags', 'Volume and policy', 'Trim', 'Delete'];

  test.each([
    ['an administrator everything', 'admin', 'somebody', all],
    ['who added it everything', 'user', 'u', all],
    ['others nothing that changes it', 'user', 'somebody', forMembers],
    ['a guest neither, though it be theirs', 'guest', 'u', forAll],
  ] as const)('%s', async (_case, role, addedBy, expected) => {
    await actions(role, { '/sounds/horn': () => wholeSound({ added_by: addedBy }) });
    expect(await entries()).toEqual(expected);
    expect(await faultsInBoth()).toEqual([]);
  });
});

test('Play asks for the sound, and without a line says that it cannot be', async () => {
  await actions();
  const pressed = vi.fn();
  element.addEventListener('enc-pad-press', ({ soundId }) => pressed(soundId));
  await choose('Play');
  expect(pressed).toHaveBeenCalledExactlyOnceWith('horn');
  element.online = false;
  await element.updateComplete;
  expect((await entries())[0]).toBe('Play, when Encore is back');
});

test('another name is sent alone; the board has it before the catalogue, and then its place', async () => {
  let answerCatalogue: () => void = () => expect.unreachable();
  const renamed = new Promise<void>((resolve) => (answerCatalogue = resolve));
  const coin = aSound({ id: 'coin', name: 'Coin' });
  await actions('admin', {
    '/sounds/catalogue': async () => {
      if (patched === undefined) return { items: [aSound(), coin] };
      await renamed;
      return { items: [coin, aSound({ name: 'Ship horn' })] };
    },
  });
  await choose('Rename');
  await expect.element(dialog()).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.fill(page.getByLabelText('Name'), 'Ship horn');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => dialog().elements()).toEqual([]);
  expect(patched).toEqual({ name: 'Ship horn' });
  expect(shown()).toBe('Ship horn,Coin');
  answerCatalogue();
  await expect.poll(shown).toBe('Coin,Ship horn');
});

test('what the server refuses stands under its field', async () => {
  const errors = [
    { path: 'tags.0', message: 'no control characters' },
    { path: 'gain', message: 'too loud' },
  ];
  await actions('admin', { 'PATCH /sounds/horn': () => problem(422, { code: 'invalid', errors }) });
  await choose('Tags');
  await userEvent.keyboard('birthday{Enter}');
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.element(page.getByText('No control characters.')).toBeVisible();
  await expect.element(page.getByText('Too loud.')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
});

test('tags: typed, suggested, taken away, and the last one needs no Enter', async () => {
  await actions();
  await choose('Tags');
  await userEvent.keyboard('{Backspace}Movie  Night,party');
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.poll(() => patched).toEqual({ tags: ['movie night', 'party'] });
});

test('nothing changed is nothing sent', async () => {
  await actions('admin', { '/sounds/horn': () => wholeSound({ tags: ['memes'] }) });
  await choose('Volume and policy');
  const slider = page.getByRole('slider', { name: 'Volume' });
  await expect.poll(() => slider.element().matches(':focus')).toBe(true);
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.poll(() => dialog().elements()).toEqual([]);
  expect(patched).toBeUndefined();
});

test('a trim of the whole sound is none', async () => {
  const trim = { start_ms: 200, end_ms: 900 };
  await actions('admin', { '/sounds/horn': () => wholeSound({ trim }) });
  await choose('Trim');
  const start = page.getByRole('slider', { name: 'Start' });
  await expect.element(start).toHaveAttribute('aria-valuenow', '200');
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Whole sound' }));
  await expect.element(start).toHaveAttribute('aria-valuenow', '0');
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.poll(() => patched).toEqual({ trim: null });
});

test('a waveform that does not come leaves the times, and says so', async () => {
  await actions('admin', {
    '/sounds/horn/waveform': () => problem(404, { detail: 'The file is not there.' }),
  });
  await choose('Trim');
  await expect.element(page.getByText('The file is not there.')).toBeVisible();
  await userEvent.fill(page.getByLabelText('End, seconds'), '1');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => patched).toEqual({ trim: { start_ms: 0, end_ms: 1_000 } });
});

describe('who played it', () => {
  const play = (id: number, part: Partial<Play> = {}): Play => ({
    id: String(id),
    sound_id: 'horn',
    sound_name: 'Air horn',
    user_id: 'u',
    user_name: `Person ${id}`,
    source: 'soundboard',
    origin: 'mqtt',
    status: 'finished',
    reason: null,
    message: null,
    latency_ms: 20,
    requested_at: new Date().toISOString(),
    started_at: null,
    ended_at: null,
    ...part,
  });
  const people = (): string[] =>
    page
      .getByRole('listitem')
      .elements()
      .map((one) => one.querySelector('b')?.textContent ?? '');

  test('page by page, with why one failed', async () => {
    const failed = { status: 'failed', message: 'The file is gone.', latency_ms: null } as const;
    await actions('guest', {
      '/plays?sound_id=horn&limit=25': () => ({
        items: [play(1), play(2, failed)],
        next_cursor: 'c',
        total: 3,
      }),
      '/plays?sound_id=horn&limit=25&cursor=c': () => ({
        items: [play(3, { user_id: null, user_name: null })],
        next_cursor: null,
        total: 3,
      }),
    });
    await choose('Who played this');
    await expect.poll(people).toEqual(['Person 1', 'Person 2']);
    await expect.element(page.getByText('The file is gone.')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    const more = page.getByRole('button', { name: 'Show earlier ones' });
    await userEvent.click(more);
    await expect.poll(people).toEqual(['Person 1', 'Person 2', 'Encore']);
    expect(more.elements()).toEqual([]);
  });

  test('a list that does not load says so, and Retry asks again', async () => {
    let there = false;
    await actions('guest', {
      '/plays?sound_id=horn&limit=25': () =>
        there ? { items: [], next_cursor: null, total: 0 } : 0,
    });
    await choose('Who played this');
    const retry = page.getByRole('button', { name: 'Retry' });
    await expect.element(retry).toBeVisible();
    there = true;
    await userEvent.click(retry);
    await expect
      .element(page.getByRole('heading', { name: 'Nobody has played it yet' }))
      .toBeVisible();
  });
});

describe('deleting', () => {
  test('the pad goes before the server has answered; a refusal brings it back and is told', async () => {
    const answer = Promise.withResolvers<void>();
    await actions('admin', {
      'DELETE /sounds/horn': async () => {
        await answer.promise;
        return problem(403, { detail: 'That is not your sound.' });
      },
    });
    await choose('Delete');
    await expect.poll(shown).toBe('Coin');
    answer.resolve();
    await expect.poll(shown).toBe('Air horn,Coin');
    expect(said.mock.lastCall?.[0].text).toBe('That is not your sound.');
  });

  test('what is deleted can be taken back', async () => {
    let items = [aSound(), aSound({ id: 'coin', name: 'Coin' })];
    await actions('admin', {
      '/sounds/catalogue': () => ({ items }),
      'DELETE /sounds/horn': () => {
        items = items.slice(1);
        return 204;
      },
      'POST /sounds/horn/restore': () => {
        items = [aSound(), ...items];
        return wholeSound();
      },
    });
    await choose('Delete');
    await expect.poll(() => said.mock.lastCall?.[0].text).toBe('“Air horn” is deleted.');
    await expect.poll(shown).toBe('Coin');
    const way = said.mock.lastCall?.[0].way;
    if (!way || !('run' in way)) throw new Error('no way back');
    way.run();
    await expect.poll(shown).toBe('Air horn,Coin');
    expect(asked).toContain('POST /sounds/horn/restore');
  });
});

test('what cannot be heard on this device says why, and leaves no pill', async () => {
  let details = 0;
  await actions('guest', {
    '/sounds/horn': () =>
      // Known to the menu, and gone when it is listened to.
      details++ > 0 ? problem(404, { detail: 'There is no such sound.' }) : wholeSound(),
  });
  await choose('Play on this device');
  await expect.poll(() => said.mock.lastCall?.[0].text).toBe('There is no such sound.');
  expect(view.previewing.value).toBeNull();
});
