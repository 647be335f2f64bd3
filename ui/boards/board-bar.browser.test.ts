import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Board } from '../../server/boards/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { SessionStore } from '../api/session.ts';
import { createRouter, type Router } from '../app/router.ts';
import type { Stores } from '../app/stores.ts';
import '../board/board.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import type { Account } from '../credits/account.ts';
import { singleKeys } from '../design/keys.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { aBoard, ownKeysBoard } from '../testing/boards.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './board-bar.ts';

const mira: User = { id: 'mira', name: 'Mira', role: 'user', plan: 'free' };
const long = `Ω${'very '.repeat(1_999)}long`;
const sounds = [
  aSound(),
  aSound({ id: 'coin', name: 'Coin', tags: ['Games'] }),
  aSound({ id: 'gong', name: 'صوت الجرس 🔔', tags: [] }),
  aSound({ id: 'long', name: long, tags: [] }),
];
const all = ['horn', 'coin', 'gong', 'long'];

let feed: Feed;
let router: Router;
let asked: readonly string[];
let toasts: ToastEvent[];
/** The boards that the server has; what is asked of it changes them. */
let served: Map<string, Board>;
const hearToast = (event: ToastEvent): void => void toasts.push(event);

const change = (id: string, part: Partial<Board>): Board => {
  const board = served.get(id) ?? aBoard({ id });
  const next = { ...board, ...part, revision: board.revision + 1 };
  served.set(id, next);
  return next;
};

const open = async (path: string, user = mira, answers: Answers = {}): Promise<void> => {
  history.replaceState(null, '', path);
  const ids = [...served.keys()];
  const line = connected(
    {
      '/sounds/catalogue': () => ({ items: sounds }),
      '/sounds/waveforms': () => ({ items: {} }),
      '/sounds/horn': () => 404,
      '/boards?limit=500': () => ({
        items: [...served.values()].filter(({ id }) => id !== 'own'),
        next_cursor: null,
      }),
      ...Object.fromEntries(ids.map((id) => [`/boards/${id}`, () => served.get(id) ?? 404])),
      ...answers,
    },
    user,
  );
  ({ asked, feed } = line);
  const library = createLibrary(line.http);
  const view = createView(library);
  router = createRouter();
  const session = { http: line.http, state: signal(null) } as unknown as SessionStore;
  const account = {} as Account;
  const stores: Stores = { session, feed: line.feed, library, view, account, router };
  await library.load();
  render(
    html`<main>
      <enc-board
        .library=${library}
        .feed=${line.feed}
        .view=${view}
        .http=${line.http}
        .user=${user}
        ><enc-board-bar slot="boards" .stores=${stores} .user=${user}></enc-board-bar
      ></enc-board>
    </main>`,
    document.body,
  );
  document.querySelector('enc-board')?.style.setProperty('block-size', '700px');
  await expect.element(page.getByRole('link', { name: 'All sounds' })).toBeVisible();
};
const tab = (name: string) => page.getByRole('link', { name });
const pad = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const entry = (name: string) => page.getByRole('menuitem', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const names = (): string[] =>
  page
    .getByRole('list')
    .elements()
    .flatMap((list) => [...list.querySelectorAll('enc-pad, enc-arrange-pad')])
    .map((one) => (one as HTMLElement & { sound: { id: string } }).sound.id);
const go = async (name: string): Promise<void> => {
  const { href } = tab(name).element() as HTMLAnchorElement;
  router.go(href);
  await expect.element(tab(name)).toHaveAttribute('aria-current', 'page');
};
const menu = async (what: string): Promise<void> => {
  await userEvent.click(page.getByRole('button', { name: /^More for the board/ }));
  await userEvent.click(entry(what));
};
const padMenu = async (name: string, what: string): Promise<void> => {
  await expect.element(pad(name)).toBeVisible();
  (pad(name).element() as HTMLElement).focus();
  await userEvent.keyboard('.');
  await userEvent.click(entry(what));
};
const undo = (): void => {
  const way = toasts.at(-1)?.way;
  if (!way || !('run' in way)) return expect.unreachable();
  way.run();
};
const played = (): unknown[] =>
  FakeSocket.last.sent.filter(({ command }) => command === 'play_sound').map(({ data }) => data);
const said = (change: string, revision: number, id = 'kitchen'): void =>
  FakeSocket.last.say({ type: 'board_changed', at: '', data: { board_id: id, change, revision } });
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
  localStorage.clear();
  toasts = [];
  served = new Map([
    ['own', ownKeysBoard()],
    ['kitchen', aBoard({ sounds: ['coin', 'horn', 'gong'] })],
    ['party', aBoard({ id: 'party', name: 'حفلة 🎉', hue: null, shared: true, sounds: [] })],
  ]);
  document.body.addEventListener('enc-toast', hearToast);
});
afterEach(() => {
  document.body.removeEventListener('enc-toast', hearToast);
  router.stop();
  feed.stop();
  render(nothing, document.body);
  history.replaceState(null, '', '/');
  singleKeys.value = true;
  vi.unstubAllGlobals();
});

describe('which board is shown', () => {
  test('all sounds first; a tab shows the pads of its board in their order', async () => {
    await open('/');
    await expect.poll(names).toEqual(all);
    await go('Kitchen');
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    // What narrows is what there is to narrow.
    await expect.element(page.getByRole('button', { name: 'Games' })).toBeVisible();
    expect(page.getByRole('combobox').elements()).toEqual([]);
    expect(await faultsInBoth()).toEqual([]);
    history.back();
    await expect.poll(names).toEqual(all);
  });

  test('a link to a board shows it, and words search it alone', async () => {
    await open('/?board=kitchen');
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    await userEvent.keyboard('/coin');
    await expect.poll(names).toEqual(['coin']);
  });

  test('another board takes the chips of the last one off', async () => {
    await open('/?board=kitchen');
    await userEvent.click(page.getByRole('button', { name: 'Games' }));
    await expect.poll(names).toEqual(['coin']);
    await go('All sounds');
    await expect.poll(names).toEqual(all);
  });

  test('a board without pads says how to fill it', async () => {
    await open('/?board=party');
    await expect.element(page.getByText(/^Nothing stands on حفلة 🎉 yet/)).toBeVisible();
    await expect.element(page.getByText(/choose “Add to board”/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('while it loads there are skeletons, and none of the other sounds', async () => {
    await open('/?board=kitchen', mira, { '/boards/kitchen': () => new Promise<never>(() => {}) });
    await expect.element(page.getByRole('list', { name: 'Loading sounds' })).toBeInTheDocument();
    expect(names()).toEqual([]);
    expect(await faultsInBoth()).toEqual([]);
  });

  test('one that is not there, or not for this person, says so', async () => {
    await open('/?board=hall');
    await expect.element(page.getByText('There is no such board')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('one that did not load can be asked for again', async () => {
    let away = true;
    await open('/?board=kitchen', mira, {
      '/boards/kitchen': () => (away ? 0 : (served.get('kitchen') ?? 404)),
    });
    await expect.element(page.getByText('The board did not load')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    away = false;
    await userEvent.click(page.getByRole('button', { name: 'Retry' }));
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
  });

  test('what others do to it shows at once', async () => {
    await open('/?board=kitchen');
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    change('kitchen', { sounds: ['gong', 'long'], name: 'Galley' });
    said('pads', 4);
    await expect.poll(names).toEqual(['gong', 'long']);
    await expect.element(tab('Galley')).toBeVisible();
    served.delete('kitchen');
    said('deleted', 5);
    await expect.element(page.getByText('There is no such board')).toBeVisible();
  });
});

describe('boards are made and changed', () => {
  test('a new one with a colour is shown once it is made', async () => {
    let body: unknown;
    await open('/', mira, {
      'POST /boards': (sent) => {
        body = sent;
        served.set('hall', aBoard({ id: 'hall', name: 'Hall', sounds: [] }));
        return served.get('hall') ?? 404;
      },
      '/boards/hall': () => served.get('hall') ?? 404,
    });
    await userEvent.click(page.getByRole('button', { name: 'New board' }));
    await expect.element(dialog()).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('A name is needed.')).toBeVisible();
    await userEvent.keyboard('  Hall ');
    (page.getByRole('radio', { name: 'Teal' }).element() as HTMLElement).click();
    await userEvent.click(page.getByRole('button', { name: 'Make the board' }));
    await expect.element(page.getByText(/^Nothing stands on Hall yet/)).toBeVisible();
    expect(body).toEqual({ name: 'Hall', hue: 185, shared: false });
    expect(location.search).toBe('?board=hall');
  });

  test('what the server refuses stands under the name', async () => {
    const detail = 'One person can have at most 100 boards. Delete one first.';
    await open('/', mira, {
      'POST /boards': () => problem(409, { code: 'too_many_boards', detail }),
    });
    await userEvent.click(page.getByRole('button', { name: 'New board' }));
    await userEvent.keyboard('Hall{Enter}');
    await expect.element(page.getByText(detail)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('its name and who sees it change', async () => {
    const bodies: unknown[] = [];
    await open('/?board=kitchen', mira, {
      'PATCH /boards/kitchen': (body) => {
        bodies.push(body);
        return change('kitchen', body as Partial<Board>);
      },
    });
    await menu('Name and colour');
    await userEvent.fill(page.getByLabelText('Name', { exact: true }), 'Galley');
    await userEvent.keyboard('{Enter}');
    await expect.element(tab('Galley')).toBeVisible();
    await menu('Share with everybody');
    await expect.element(page.getByRole('link', { name: /^Galley\s*, shared$/ })).toBeVisible();
    expect(bodies).toEqual([{ name: 'Galley', hue: 52, shared: false }, { shared: true }]);
  });

  test('a deleted one goes at once, and Undo brings it back', async () => {
    const kitchen = served.get('kitchen') ?? expect.unreachable();
    await open('/?board=kitchen', mira, {
      'DELETE /boards/kitchen': () => (served.delete('kitchen'), 204),
      'POST /boards/kitchen/restore': () => (served.set('kitchen', kitchen), kitchen),
    });
    await menu('Delete');
    await expect.poll(names).toEqual(all);
    expect(tab('Kitchen').elements()).toEqual([]);
    await expect.poll(() => toasts.at(-1)?.text).toBe('The board Kitchen is deleted.');
    undo();
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
  });

  test('a guest, and who does not own it, finds nothing that changes it', async () => {
    served.set('kitchen', aBoard({ may_edit: false, shared: true, owner_name: 'Bo' }));
    await open('/?board=kitchen', { ...mira, role: 'guest' });
    expect(page.getByRole('button', { name: 'New board' }).elements()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: /^More for the board/ }));
    await expect.element(entry('Wall mode')).toBeVisible();
    expect(page.getByRole('menuitem').elements()).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    (pad('Air horn').element() as HTMLElement).focus();
    await userEvent.keyboard('.');
    await expect.element(entry('Who played this')).toBeVisible();
    for (const what of ['Add to board', 'Pin to a key', 'Take off this board'])
      expect(entry(what).elements()).toEqual([]);
  });
});

describe('pads come and go', () => {
  test('from the menu of a pad, onto a board or a new one', async () => {
    const bodies: unknown[] = [];
    await open('/', mira, {
      'POST /boards/kitchen/pads': (body) => {
        bodies.push(body);
        return change('kitchen', { sounds: ['coin', 'horn', 'gong', 'long'] });
      },
    });
    await padMenu('Air horn', 'Add to board');
    await expect.element(page.getByRole('button', { name: /^Kitchen/ })).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: /^Kitchen/ }));
    await expect.poll(() => toasts.at(-1)?.text).toBe('Air horn stands on Kitchen.');
    expect(bodies).toEqual([{ sound_ids: ['horn'], before: null }]);
  });

  test('off the board, and by Undo back to its place', async () => {
    const bodies: unknown[] = [];
    await open('/?board=kitchen', mira, {
      'DELETE /boards/kitchen/pads/horn': () => change('kitchen', { sounds: ['coin', 'gong'] }),
      'POST /boards/kitchen/pads': (body) => {
        bodies.push(body);
        return change('kitchen', { sounds: ['coin', 'horn', 'gong'] });
      },
    });
    await padMenu('Air horn', 'Take off this board');
    await expect.poll(names).toEqual(['coin', 'gong']);
    await expect.poll(() => toasts.at(-1)?.text).toBe('Air horn is off Kitchen.');
    undo();
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    expect(bodies).toEqual([{ sound_ids: ['horn'], before: 'gong' }]);
  });

  test('many that are selected', async () => {
    await open('/?board=kitchen', mira, {
      'DELETE /boards/kitchen/pads/coin': () => change('kitchen', { sounds: ['horn', 'gong'] }),
      'DELETE /boards/kitchen/pads/horn': () => change('kitchen', { sounds: ['gong'] }),
    });
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    (pad('Coin').element() as HTMLElement).focus();
    await userEvent.keyboard('x');
    await userEvent.click(pad('Air horn'));
    await userEvent.click(page.getByRole('button', { name: 'Add to board' }));
    await expect.element(page.getByRole('heading', { name: 'Add 2 sounds to' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(page.getByRole('button', { name: 'Take off the board' }));
    await expect.poll(names).toEqual(['gong']);
    await expect.poll(() => toasts.at(-1)?.text).toBe('2 sounds are off Kitchen.');
  });
});

describe('keys 1 to 9', () => {
  const pins = (): Answers => ({
    'PUT /boards/own/keys/3': (body) => {
      const { sound_id } = body as { sound_id: string };
      return change('own', { keys: [{ key: 3, sound_id }] });
    },
    'DELETE /boards/own/keys/3': () => change('own', { keys: [] }),
  });

  test('a pinned key plays, shows on its pad, and Undo unpins it', async () => {
    await open('/', mira, pins());
    await padMenu('Coin', 'Pin to a key');
    await expect.element(page.getByText(/^The key plays it where all sounds/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.keyboard('3');
    await expect.element(pad('Coin')).toHaveAttribute('aria-keyshortcuts', '3');
    expect(await faultsInBoth()).toEqual([]);
    await expect.poll(() => dialog().elements()).toEqual([]);
    await userEvent.keyboard('3');
    expect(played()).toEqual([{ sound_id: 'coin' }]);
    await userEvent.keyboard('4');
    expect(played()).toHaveLength(1);
    await expect.poll(() => toasts.at(-1)?.text).toBe('Coin is on key 3.');
    undo();
    await expect.element(pad('Coin')).not.toHaveAttribute('aria-keyshortcuts');
  });

  test('they rest while somebody types, with Ctrl, and where single keys are off', async () => {
    served.set('own', ownKeysBoard({ keys: [{ key: 3, sound_id: 'coin' }] }));
    await open('/');
    await expect.element(pad('Coin')).toHaveAttribute('aria-keyshortcuts', '3');
    await userEvent.keyboard('{Control>}3{/Control}');
    singleKeys.value = false;
    await userEvent.keyboard('3');
    singleKeys.value = true;
    await userEvent.click(page.getByLabelText('Search sounds'));
    await userEvent.keyboard('3');
    expect(played()).toEqual([]);
  });

  test('a board has keys of its own', async () => {
    served.set('own', ownKeysBoard({ keys: [{ key: 1, sound_id: 'long' }] }));
    change('kitchen', { keys: [{ key: 1, sound_id: 'gong' }] });
    await open('/?board=kitchen');
    await expect.element(pad('صوت')).toHaveAttribute('aria-keyshortcuts', '1');
    await userEvent.keyboard('1');
    expect(played()).toEqual([{ sound_id: 'gong' }]);
    await go('All sounds');
    await userEvent.keyboard('1');
    expect(played()).toEqual([{ sound_id: 'gong' }, { sound_id: 'long' }]);
  });

  test('a refusal stays in the dialog', async () => {
    await open('/', mira, {
      'PUT /boards/own/keys/5': () => problem(404, { code: 'unknown_sound', detail: 'Gone.' }),
    });
    await padMenu('Coin', 'Pin to a key');
    await userEvent.click(page.getByRole('button', { name: /^Key 5/ }));
    await expect.element(page.getByText('Gone.')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });
});

describe('arranging', () => {
  const moves: unknown[] = [];
  const arrange = async (answers: Answers = {}): Promise<void> => {
    moves.length = 0;
    const moved = (id: string) => (body: unknown) => {
      moves.push([id, (body as { before: string | null }).before]);
      const order = served.get('kitchen')?.sounds.filter((one) => one !== id) ?? [];
      const at = order.indexOf((body as { before: string }).before);
      return change('kitchen', { sounds: order.toSpliced(at < 0 ? order.length : at, 0, id) });
    };
    await open('/?board=kitchen', mira, {
      ...Object.fromEntries(
        ['coin', 'horn', 'gong'].map((id) => [`POST /boards/kitchen/pads/${id}/move`, moved(id)]),
      ),
      ...answers,
    });
    await menu('Arrange the pads');
    await expect.element(page.getByText('Arranging Kitchen')).toBeVisible();
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    await expect.element(pad('Air horn')).toBeVisible();
  };

  test('Alt with an arrow moves the pad that has the focus, and a voice says where to', async () => {
    await arrange();
    expect(await faultsInBoth()).toEqual([]);
    (pad('Coin').element() as HTMLElement).focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(names).toEqual(['horn', 'coin', 'gong']);
    await expect.element(page.getByText('Coin is now 2 of 3.')).toBeInTheDocument();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(names).toEqual(['horn', 'gong', 'coin']);
    expect(moves).toEqual([
      ['coin', 'gong'],
      ['coin', null],
    ]);
  });

  test('a press opens the moves and plays nothing', async () => {
    await arrange();
    await userEvent.click(pad('صوت'));
    await expect.element(entry('Move on')).toHaveAttribute('aria-disabled', 'true');
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(entry('Move to the start'));
    await expect.poll(names).toEqual(['gong', 'coin', 'horn']);
    expect(moves).toEqual([['gong', 'coin']]);
    expect(played()).toEqual([]);
  });

  test('a pad is dragged to where it belongs; Escape takes it back', async () => {
    await arrange();
    const box = (name: string): DOMRect => pad(name).element().getBoundingClientRect();
    const pointer = (type: string, { left, top }: DOMRect, target: EventTarget = window): void =>
      void target.dispatchEvent(
        new PointerEvent(type, {
          clientX: left + 40,
          clientY: top + 40,
          isPrimary: true,
          pointerType: 'mouse',
          bubbles: true,
          composed: true,
        }),
      );
    const horn = box('Air horn');
    pointer('pointerdown', box('Coin'), pad('Coin').element());
    pointer('pointermove', horn);
    await expect.poll(names).toEqual(['horn', 'coin', 'gong']);
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
    expect(moves).toEqual([]);
    pointer('pointerdown', box('Coin'), pad('Coin').element());
    pointer('pointermove', box('صوت'));
    pointer('pointerup', box('صوت'));
    await expect.poll(() => moves).toEqual([['coin', null]]);
  });

  test('a refused move goes back and says why', async () => {
    await arrange({
      'POST /boards/kitchen/pads/coin/move': () =>
        problem(403, { code: 'not_your_board', detail: 'Only its owner can change this board.' }),
    });
    (pad('Coin').element() as HTMLElement).focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.element(page.getByText('Coin stays where it was.')).toBeInTheDocument();
    expect(names()).toEqual(['coin', 'horn', 'gong']);
    await expect.poll(() => toasts.at(-1)?.text).toBe('Only its owner can change this board.');
  });

  test('Escape leaves it and stops no sound', async () => {
    await arrange();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('Arranging Kitchen')).not.toBeInTheDocument();
    expect(FakeSocket.last.sent.filter(({ command }) => command === 'stop_sounds')).toEqual([]);
    await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
  });
});

test('a board that loads slowly is asked for once', async () => {
  await open('/?board=kitchen');
  await expect.poll(names).toEqual(['coin', 'horn', 'gong']);
  await go('All sounds');
  await go('Kitchen');
  // What is known shows meanwhile.
  expect(names()).toEqual(['coin', 'horn', 'gong']);
  expect(asked.filter((one) => one === 'GET /boards?limit=500')).toHaveLength(1);
});
