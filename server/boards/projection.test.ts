import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { boardDecider, type BoardCommand } from './decider.ts';
import { boardStream } from './events.ts';
import { boardsProjection } from './projection.ts';

const board_id = 'b';

const openBoard = async () => {
  const kernel = testKernel({ projections: [boardsProjection] });
  const send = (command: BoardCommand) =>
    kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) =>
      done(tx.decide(boardDecider, boardStream(board_id), command).accepted),
    );
  await send({
    type: 'DefineBoard',
    board_id,
    kind: 'board',
    name: 'Kitchen',
    hue: null,
    shared: false,
    owner_id: 'mira',
  });
  const all = (sql: string) => kernel.storage.prepare(sql).all();
  return {
    kernel,
    send,
    order: () =>
      kernel.storage
        .prepare<[], string>('SELECT sound_id FROM board_pads ORDER BY rank')
        .pluck()
        .all(),
    keys: () => all('SELECT key, sound_id FROM board_keys ORDER BY key'),
    facts: () => all('SELECT name, hue, shared, revision, deleted_at IS NULL AS there FROM boards'),
  };
};

/** Five people at once: every command that there is, at places and for sounds that may not be there. */
const sound = fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5');
const before = fc.option(sound);
const key = fc.integer({ min: 1, max: 9 });
const commands = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('AddPad' as const), sound_id: sound, before }),
    fc.record({ type: fc.constant('MovePad' as const), sound_id: sound, before }),
    fc.record({ type: fc.constant('RemovePad' as const), sound_id: sound }),
    fc.record({ type: fc.constant('PinKey' as const), key, sound_id: sound }),
    fc.record({ type: fc.constant('UnpinKey' as const), key }),
    fc.constant({ type: 'DeleteBoard' as const }),
    fc.constant({ type: 'RestoreBoard' as const }),
  ),
  { maxLength: 60 },
);

/** What a plain array would be after the command. */
const ordered = (list: readonly string[], command: BoardCommand): readonly string[] => {
  if (command.type === 'RemovePad') return list.filter((one) => one !== command.sound_id);
  if (command.type !== 'AddPad' && command.type !== 'MovePad') return list;
  const { type, sound_id, before: next } = command;
  if ((type === 'AddPad' && list.includes(sound_id)) || sound_id === next) return list;
  const rest = list.filter((one) => one !== sound_id);
  return rest.toSpliced(next === null ? rest.length : rest.indexOf(next), 0, sound_id);
};

describe('boards', () => {
  it('keep the order of a plain array whatever is sent, and a rebuild gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (plan) => {
        const { kernel, send, order } = await openBoard();
        let list: readonly string[] = [];
        for (const command of plan) {
          const outcome = await send(command);
          if (outcome.ok && outcome.result) list = ordered(list, command);
          expect(order()).toEqual(list);
        }
        expect(kernel.projector.verify()).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('count their facts, and keep what was said last', async () => {
    const { kernel, send, facts, keys } = await openBoard();
    await send({ type: 'RenameBoard', name: 'Hall' });
    await send({ type: 'SetHue', hue: 52 });
    await send({ type: 'ShareBoard', shared: true });
    await send({ type: 'AddPad', sound_id: 'a', before: null });
    await send({ type: 'PinKey', key: 1, sound_id: 'a' });
    await send({ type: 'PinKey', key: 2, sound_id: 'a' });
    expect(facts()).toEqual([{ name: 'Hall', hue: 52, shared: 1, revision: 8, there: 1 }]);
    expect(keys()).toEqual([{ key: 2, sound_id: 'a' }]);
    await send({ type: 'UnpinKey', key: 2 });
    await send({ type: 'DeleteBoard' });
    expect(keys()).toEqual([]);
    expect(facts()).toEqual([{ name: 'Hall', hue: 52, shared: 1, revision: 10, there: 0 }]);
    await send({ type: 'RestoreBoard' });
    expect(facts()).toMatchObject([{ revision: 11, there: 1 }]);
    expect(kernel.projector.verify()).toEqual([]);
  });
});
