import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { boardDecider } from './decider.ts';
import { padsMax, type BoardEvent } from './events.ts';

const spec = specification(boardDecider);
const board_id = 'b1';
const facts = {
  board_id,
  kind: 'board',
  name: 'Kitchen',
  hue: null,
  shared: false,
  owner_id: 'mira',
} as const;
const defined: BoardEvent = { type: 'BoardDefined', data: facts };
const ownKeys: BoardEvent = { type: 'BoardDefined', data: { ...facts, kind: 'own' } };
const added = (sound_id: string, before: string | null = null): BoardEvent => ({
  type: 'PadAdded',
  data: { board_id, sound_id, before },
});
const removed = (sound_id: string): BoardEvent => ({
  type: 'PadRemoved',
  data: { board_id, sound_id },
});
const pinned = (key: number, sound_id: string): BoardEvent => ({
  type: 'KeyPinned',
  data: { board_id, key, sound_id },
});
const unpinned = (key: number): BoardEvent => ({ type: 'KeyUnpinned', data: { board_id, key } });
const deleted: BoardEvent = { type: 'BoardDeleted', data: { board_id } };
const restored: BoardEvent = { type: 'BoardRestored', data: { board_id } };

describe('a board', () => {
  it('is made once', () => {
    const make = { type: 'DefineBoard', ...facts } as const;
    spec.given().when(make).thenAccepted(defined);
    spec.given(defined).when(make).thenAccepted();
  });

  it('keeps only what is new in a change', () => {
    spec.given(defined).when({ type: 'RenameBoard', name: 'Kitchen' }).thenAccepted();
    spec
      .given(defined)
      .when({ type: 'RenameBoard', name: 'Hall' })
      .thenAccepted({ type: 'BoardRenamed', data: { board_id, name: 'Hall' } });
    spec.given(defined).when({ type: 'SetHue', hue: null }).thenAccepted();
    spec
      .given(defined)
      .when({ type: 'SetHue', hue: 52 })
      .thenAccepted({ type: 'BoardHueSet', data: { board_id, hue: 52 } });
    spec.given(defined).when({ type: 'ShareBoard', shared: false }).thenAccepted();
    spec
      .given(defined)
      .when({ type: 'ShareBoard', shared: true })
      .thenAccepted({ type: 'BoardShared', data: { board_id, shared: true } });
  });

  it('is nowhere before it is made, and while it is deleted', () => {
    const rename = { type: 'RenameBoard', name: 'Hall' } as const;
    spec.given().when(rename).thenRefused({ code: 'unknown_board' });
    spec.given(defined, deleted).when(rename).thenRefused({ code: 'unknown_board' });
    spec.given().when({ type: 'RestoreBoard' }).thenRefused({ code: 'unknown_board' });
  });

  it('comes back as it was', () => {
    spec.given(defined, added('a'), deleted).when({ type: 'RestoreBoard' }).thenAccepted(restored);
    spec.given(defined).when({ type: 'RestoreBoard' }).thenAccepted();
    spec
      .given(defined, added('a'), deleted, restored)
      .when({ type: 'RemovePad', sound_id: 'a' })
      .thenAccepted(removed('a'));
  });

  it('is changed by who has seen it as it is, and by nobody else who says what they saw', () => {
    const history = [defined, added('a'), pinned(1, 'a')];
    spec
      .given(...history)
      .when({ type: 'ExpectRevision', revision: 3 })
      .thenAccepted();
    spec
      .given(...history)
      .when({ type: 'ExpectRevision', revision: 2 })
      .thenRefused({ code: 'board_changed', revision: 3 });
  });
});

describe('pads', () => {
  it('stand at the end, or before another', () => {
    spec
      .given(defined)
      .when({ type: 'AddPad', sound_id: 'a', before: null })
      .thenAccepted(added('a'));
    spec
      .given(defined, added('a'))
      .when({ type: 'AddPad', sound_id: 'b', before: 'a' })
      .thenAccepted(added('b', 'a'));
    spec
      .given(defined)
      .when({ type: 'AddPad', sound_id: 'b', before: 'a' })
      .thenRefused({ code: 'unknown_pad' });
  });

  it('stand on a board once', () => {
    spec
      .given(defined, added('a'))
      .when({ type: 'AddPad', sound_id: 'a', before: null })
      .thenAccepted();
  });

  it('are so many at most', () => {
    const full = Array.from({ length: padsMax }, (_, at) => added(`s${at}`));
    spec
      .given(defined, ...full)
      .when({ type: 'AddPad', sound_id: 'a', before: null })
      .thenRefused({ code: 'board_full' });
    spec
      .given(defined, ...full, removed('s0'))
      .when({ type: 'AddPad', sound_id: 'a', before: null })
      .thenAccepted(added('a'));
  });

  it('move before one another, and nowhere else', () => {
    const move = (sound_id: string, before: string | null) =>
      spec.given(defined, added('a'), added('b')).when({ type: 'MovePad', sound_id, before });
    move('b', 'a').thenAccepted({
      type: 'PadMoved',
      data: { board_id, sound_id: 'b', before: 'a' },
    });
    move('a', null).thenAccepted({
      type: 'PadMoved',
      data: { board_id, sound_id: 'a', before: null },
    });
    move('a', 'a').thenAccepted();
    move('a', 'z').thenRefused({ code: 'unknown_pad' });
    move('z', 'a').thenRefused({ code: 'unknown_pad' });
  });

  it('are taken off once', () => {
    const take = { type: 'RemovePad', sound_id: 'a' } as const;
    spec.given(defined, added('a')).when(take).thenAccepted(removed('a'));
    spec.given(defined, added('a'), removed('a')).when(take).thenRefused({ code: 'unknown_pad' });
  });
});

describe('keys', () => {
  const pin = (key: number, sound_id: string) => ({ type: 'PinKey', key, sound_id }) as const;

  it('play pads of the board', () => {
    spec.given(defined, added('a')).when(pin(1, 'a')).thenAccepted(pinned(1, 'a'));
    spec.given(defined).when(pin(1, 'a')).thenRefused({ code: 'unknown_pad' });
    spec.given(defined, added('a'), pinned(1, 'a')).when(pin(1, 'a')).thenAccepted();
  });

  it('have one sound each, and a sound one key', () => {
    const history = [defined, added('a'), added('b'), pinned(1, 'a')];
    spec
      .given(...history)
      .when(pin(2, 'a'))
      .thenAccepted(unpinned(1), pinned(2, 'a'));
    spec
      .given(...history)
      .when(pin(1, 'b'))
      .thenAccepted(pinned(1, 'b'));
  });

  it('wait for a pad that was taken off', () => {
    const history = [defined, added('a'), pinned(1, 'a'), removed('a'), added('a')];
    spec
      .given(...history)
      .when(pin(1, 'a'))
      .thenAccepted();
  });

  it('are let go once', () => {
    const unpin = { type: 'UnpinKey', key: 1 } as const;
    spec.given(defined, added('a'), pinned(1, 'a')).when(unpin).thenAccepted(unpinned(1));
    spec.given(defined).when(unpin).thenAccepted();
  });
});

describe('one’s own keys', () => {
  it('play any sound', () => {
    spec
      .given(ownKeys)
      .when({ type: 'PinKey', key: 9, sound_id: 'a' })
      .thenAccepted(pinned(9, 'a'));
  });

  it('are no page', () => {
    for (const command of [
      { type: 'RenameBoard', name: 'Hall' },
      { type: 'SetHue', hue: 52 },
      { type: 'ShareBoard', shared: true },
      { type: 'AddPad', sound_id: 'a', before: null },
    ] as const) {
      spec.given(ownKeys).when(command).thenRefused({ code: 'keys_only' });
    }
  });
});
