import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BoardChanged } from '../../server/boards/contract.ts';
import { createHttp } from '../api/http.ts';
import { aBoard, ownKeysBoard } from '../testing/boards.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { createBoards, type Boards } from './boards.ts';

let boards: Boards;
let asked: readonly string[];
/** What the server has, for tests that change it. */
let served = aBoard();

const open = (answers: Answers = {}): void => {
  ({ asked } = fakeServer({
    '/boards?limit=500': () => ({ items: [served], next_cursor: null }),
    '/boards/own': () => ownKeysBoard(),
    '/boards/kitchen': () => served,
    ...answers,
  }));
  boards = createBoards(createHttp(() => expect.unreachable()));
};
const tell = (data: Partial<BoardChanged>): void =>
  boards.hear({
    type: 'board_changed',
    at: '',
    data: { board_id: 'kitchen', change: 'pads', revision: 4, ...data },
  });
const passed = (ms = 1_000): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const sounds = (): readonly string[] | undefined => boards.shown.value?.board?.sounds;
const asks = (what: string): number => asked.filter((one) => one === what).length;

beforeEach(() => {
  vi.useFakeTimers();
  served = aBoard();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a board in view has its pads, and its keys hold instead of one’s own', async () => {
  served = aBoard({ keys: [{ key: 4, sound_id: 'coin' }] });
  open();
  await boards.load();
  expect(boards.list.value.map(({ name }) => name)).toEqual(['Kitchen']);
  expect(boards.keyed.value?.id).toBe('own');
  boards.open('kitchen');
  expect(boards.shown.value).toMatchObject({ id: 'kitchen', board: null, gone: false });
  await passed();
  expect(sounds()).toEqual(['horn', 'coin']);
  expect(boards.keyed.value?.keys).toEqual([{ key: 4, sound_id: 'coin' }]);
});

test('what others did is loaded once, and what is known already is not', async () => {
  open();
  await boards.load();
  boards.open('kitchen');
  await passed();
  served = aBoard({ sounds: ['coin'], revision: 5 });
  tell({ revision: 4 });
  tell({ revision: 5 });
  await passed();
  expect(sounds()).toEqual(['coin']);
  expect(asks('GET /boards/kitchen')).toBe(2);
  tell({ revision: 5 });
  await passed();
  expect(asks('GET /boards/kitchen')).toBe(2);
});

test('a board that somebody deleted, or keeps to themselves now, is gone', async () => {
  open({ '/boards/hall': () => problem(404, { code: 'unknown_board' }) });
  await boards.load();
  boards.open('kitchen');
  await passed();
  tell({ change: 'deleted' });
  expect(boards.shown.value).toMatchObject({ gone: true, board: null });
  expect(boards.list.value).toEqual([]);
  boards.open('hall');
  await passed();
  expect(boards.shown.value).toMatchObject({ id: 'hall', gone: true });
});

test('a move shows at once and is the server’s word then', async () => {
  const answer = Promise.withResolvers<object>();
  open({ 'POST /boards/kitchen/pads/coin/move': () => answer.promise });
  boards.open('kitchen');
  await passed();
  const moving = boards.move('kitchen', 'coin', 'horn');
  expect(sounds()).toEqual(['coin', 'horn']);
  // The feed is quicker than the answer: nobody asks for what is on its way.
  tell({ revision: 4 });
  await passed();
  expect(asks('GET /boards/kitchen')).toBe(1);
  answer.resolve(aBoard({ sounds: ['coin', 'horn'], revision: 4 }));
  await moving;
  await passed();
  expect(sounds()).toEqual(['coin', 'horn']);
  expect(asks('GET /boards/kitchen')).toBe(1);
});

test('a refused move goes back, to what the board has become', async () => {
  open({
    'POST /boards/kitchen/pads/coin/move': () =>
      problem(404, { code: 'unknown_pad', detail: 'No.' }),
  });
  boards.open('kitchen');
  await passed();
  served = aBoard({ sounds: ['horn', 'gong'], revision: 6 });
  await expect(boards.move('kitchen', 'coin', 'horn')).rejects.toMatchObject({ message: 'No.' });
  await passed();
  expect(sounds()).toEqual(['horn', 'gong']);
});

test('moves in a row are asked one after the other', async () => {
  const first = Promise.withResolvers<object>();
  open({
    'POST /boards/kitchen/pads/coin/move': () => first.promise,
    'POST /boards/kitchen/pads/horn/move': () => aBoard({ revision: 5 }),
  });
  boards.open('kitchen');
  await passed();
  const both = [boards.move('kitchen', 'coin', 'horn'), boards.move('kitchen', 'horn', 'coin')];
  expect(sounds()).toEqual(['horn', 'coin']);
  await passed();
  expect(asks('POST /boards/kitchen/pads/horn/move')).toBe(0);
  first.resolve(aBoard({ sounds: ['coin', 'horn'], revision: 4 }));
  await Promise.all(both);
  expect(sounds()).toEqual(['horn', 'coin']);
});

test('as many sounds as the server takes go with one request', async () => {
  const bodies: { sound_ids: string[] }[] = [];
  open({
    'POST /boards/kitchen/pads': (body) => {
      bodies.push(body as { sound_ids: string[] });
      return served;
    },
  });
  await boards.add(
    'kitchen',
    Array.from({ length: 230 }, (_, i) => `s${i}`),
  );
  expect(bodies.map((body) => body.sound_ids.length)).toEqual([100, 100, 30]);
});

test('keys of one’s own are another person’s once they have signed in', async () => {
  let own = ownKeysBoard({ revision: 9, keys: [{ key: 1, sound_id: 'horn' }] });
  open({ '/boards/own': () => own });
  await boards.load();
  own = ownKeysBoard({ revision: 2, owner_id: 'bo', keys: [{ key: 1, sound_id: 'coin' }] });
  await boards.load();
  expect(boards.keyed.value?.keys).toEqual([{ key: 1, sound_id: 'coin' }]);
});

test('without an answer the board says why, until there is one', async () => {
  let away = true;
  open({ '/boards/kitchen': () => (away ? 0 : served) });
  boards.open('kitchen');
  await passed();
  expect(boards.shown.value).toMatchObject({ board: null, error: 'Encore does not answer.' });
  away = false;
  await boards.load();
  expect(boards.shown.value).toMatchObject({ error: '', board: { name: 'Kitchen' } });
});

test('a reload that fails leaves the board on screen', async () => {
  let away = false;
  open({ '/boards/kitchen': () => (away ? 0 : served) });
  boards.open('kitchen');
  await passed();
  away = true;
  boards.hear({ type: 'resync', at: '', data: {} });
  await passed();
  expect(sounds()).toEqual(['horn', 'coin']);
});
