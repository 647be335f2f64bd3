import { expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { soundsProjection } from '../sounds/projection.ts';
import { usersSideTables } from '../users/side-tables.ts';
import { boardDecider, type BoardCommand } from './decider.ts';
import { boardStream, ownKeysId } from './events.ts';
import { boards } from './index.ts';
import { boardsProjection } from './projection.ts';

const openFeed = () => {
  const kernel = testKernel({
    projections: [boardsProjection, soundsProjection],
    sideTables: [usersSideTables],
  });
  const { feed } = boards.setup(kernel, undefined);
  const committed: Recorded[] = [];
  kernel.bus.onCommitted((events) => void committed.push(...events));
  const send = async (id: string, ...commands: BoardCommand[]) => {
    committed.length = 0;
    await kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) => {
      for (const command of commands) tx.decide(boardDecider, boardStream(id), command);
      return done(null);
    });
    return committed.flatMap((event) => feed?.[event.type]?.(event) ?? []);
  };
  return { kernel, send };
};

const define = (board_id: string, kind: 'board' | 'own', shared: boolean): BoardCommand => ({
  type: 'DefineBoard',
  board_id,
  kind,
  name: 'Kitchen',
  hue: null,
  shared,
  owner_id: 'mira',
});

/** Who hears: its owner, another person, an admin. */
const hearers = (message: Awaited<ReturnType<ReturnType<typeof openFeed>['send']>>[number]) =>
  [
    { actor: 'mira', role: 'user' },
    { actor: 'ben', role: 'user' },
    { actor: 'ada', role: 'admin' },
  ]
    .filter((viewer) => message.audience?.(viewer) ?? true)
    .map(({ actor }) => actor);

it('a private board is its owner’s to hear of, and one just made private everybody’s once more', async () => {
  const { kernel, send } = openFeed();
  const [made] = await send('p', define('p', 'board', false));
  expect(made && hearers(made)).toEqual(['mira']);
  const [shared] = await send('p', { type: 'ShareBoard', shared: true });
  expect(shared && hearers(shared)).toEqual(['mira', 'ben', 'ada']);
  const [renamed] = await send('p', { type: 'RenameBoard', name: 'Hall' });
  expect(renamed?.data).toEqual({ board_id: 'p', change: 'described', revision: 3 });
  expect(renamed && hearers(renamed)).toEqual(['mira', 'ben', 'ada']);
  const [hidden] = await send('p', { type: 'ShareBoard', shared: false });
  expect(hidden && hearers(hidden)).toEqual(['mira', 'ben', 'ada']);
  const [deleted] = await send('p', { type: 'DeleteBoard' });
  // Whoever looked now would find no such board.
  kernel.storage.exec('DELETE FROM boards');
  expect(deleted && hearers(deleted)).toEqual(['mira']);
});

it('pads that join together are one change for who listens', async () => {
  const { send } = openFeed();
  await send('p', define('p', 'board', true));
  const messages = await send(
    'p',
    { type: 'AddPad', sound_id: 'a', before: null },
    { type: 'AddPad', sound_id: 'b', before: null },
  );
  expect(new Set(messages.map(({ same }) => same))).toEqual(new Set(['pads of p']));
});

it('one’s own keys are told to oneself, under the name by which they are reached', async () => {
  const { send } = openFeed();
  const id = ownKeysId('mira');
  const messages = await send(id, define(id, 'own', false), {
    type: 'PinKey',
    key: 1,
    sound_id: 'a',
  });
  expect(messages.map(({ data }) => data)).toEqual([
    { board_id: 'own', change: 'made', revision: 1 },
    { board_id: 'own', change: 'keys', revision: 2 },
  ]);
  expect(messages.map(hearers)).toEqual([['mira'], ['mira']]);
});
