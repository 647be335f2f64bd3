import { accepted, refused, unreachable, type Decider, type Decision } from '../kernel/decider.ts';
import type { BoardHue } from './contract.ts';
import { padsMax, type BoardEvent, type BoardKind } from './events.ts';

type Defined = Extract<BoardEvent, { type: 'BoardDefined' }>['data'];

export type BoardCommand =
  | ({ type: 'DefineBoard' } & Defined)
  /** Appends nothing: whoever sends it goes on only where the board is as they saw it. */
  | { type: 'ExpectRevision'; revision: number }
  | { type: 'RenameBoard'; name: string }
  | { type: 'SetHue'; hue: BoardHue | null }
  | { type: 'ShareBoard'; shared: boolean }
  | { type: 'AddPad'; sound_id: string; before: string | null }
  | { type: 'MovePad'; sound_id: string; before: string | null }
  | { type: 'RemovePad'; sound_id: string }
  | { type: 'PinKey'; key: number; sound_id: string }
  | { type: 'UnpinKey'; key: number }
  | { type: 'DeleteBoard' }
  | { type: 'RestoreBoard' };

export type BoardRefusal =
  | { code: 'unknown_board' }
  | { code: 'board_changed'; revision: number }
  /** The sound, or the one it was to stand before, is not on the board. */
  | { code: 'unknown_pad' }
  | { code: 'board_full' }
  /** One's own keys are no page: they have no name and no pads. */
  | { code: 'keys_only' };

export type BoardState =
  | { kind: 'unknown' }
  | (Omit<Defined, 'kind'> & {
      kind: BoardKind;
      deleted: boolean;
      revision: number;
      pads: ReadonlySet<string>;
      keys: ReadonlyMap<number, string>;
    });

type Known = Exclude<BoardState, { kind: 'unknown' }>;

const pin = (
  { board_id, kind, pads, keys }: Known,
  { key, sound_id }: { key: number; sound_id: string },
): Decision<BoardEvent, BoardRefusal> => {
  if (kind === 'board' && !pads.has(sound_id)) return refused({ code: 'unknown_pad' });
  if (keys.get(key) === sound_id) return accepted();
  const before = [...keys].find(([, pinned]) => pinned === sound_id);
  const unpinned: BoardEvent[] = before
    ? [{ type: 'KeyUnpinned', data: { board_id, key: before[0] } }]
    : [];
  return accepted(...unpinned, { type: 'KeyPinned', data: { board_id, key, sound_id } });
};

/** One board. Who may command it is asked before; see `boards.ts`. */
export const boardDecider: Decider<BoardState, BoardCommand, BoardEvent, BoardRefusal> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, board) {
    if (command.type === 'DefineBoard') {
      const { type: _type, ...data } = command;
      if (board.kind !== 'unknown') return accepted();
      return accepted({ type: 'BoardDefined', data });
    }
    if (board.kind === 'unknown') return refused({ code: 'unknown_board' });
    const { board_id, pads, keys, revision } = board;
    if (command.type === 'RestoreBoard') {
      if (!board.deleted) return accepted();
      return accepted({ type: 'BoardRestored', data: { board_id } });
    }
    if (board.deleted) return refused({ code: 'unknown_board' });

    switch (command.type) {
      case 'ExpectRevision':
        return command.revision === revision
          ? accepted()
          : refused({ code: 'board_changed', revision });
      case 'RenameBoard': {
        const { name } = command;
        if (board.kind === 'own') return refused({ code: 'keys_only' });
        if (name === board.name) return accepted();
        return accepted({ type: 'BoardRenamed', data: { board_id, name } });
      }
      case 'SetHue': {
        const { hue } = command;
        if (board.kind === 'own') return refused({ code: 'keys_only' });
        if (hue === board.hue) return accepted();
        return accepted({ type: 'BoardHueSet', data: { board_id, hue } });
      }
      case 'ShareBoard': {
        const { shared } = command;
        if (board.kind === 'own') return refused({ code: 'keys_only' });
        if (shared === board.shared) return accepted();
        return accepted({ type: 'BoardShared', data: { board_id, shared } });
      }
      case 'AddPad': {
        const { sound_id, before } = command;
        if (board.kind === 'own') return refused({ code: 'keys_only' });
        if (before !== null && !pads.has(before)) return refused({ code: 'unknown_pad' });
        if (pads.has(sound_id)) return accepted();
        if (pads.size >= padsMax) return refused({ code: 'board_full' });
        return accepted({ type: 'PadAdded', data: { board_id, sound_id, before } });
      }
      case 'MovePad': {
        const { sound_id, before } = command;
        if (!pads.has(sound_id)) return refused({ code: 'unknown_pad' });
        if (before !== null && !pads.has(before)) return refused({ code: 'unknown_pad' });
        if (before === sound_id) return accepted();
        return accepted({ type: 'PadMoved', data: { board_id, sound_id, before } });
      }
      case 'RemovePad': {
        const { sound_id } = command;
        if (!pads.has(sound_id)) return refused({ code: 'unknown_pad' });
        return accepted({ type: 'PadRemoved', data: { board_id, sound_id } });
      }
      case 'PinKey':
        return pin(board, command);
      case 'UnpinKey': {
        const { key } = command;
        if (!keys.has(key)) return accepted();
        return accepted({ type: 'KeyUnpinned', data: { board_id, key } });
      }
      case 'DeleteBoard':
        return accepted({ type: 'BoardDeleted', data: { board_id } });
      default:
        return unreachable(command);
    }
  },

  evolve(board, event) {
    if (event.type === 'BoardDefined') {
      return { ...event.data, deleted: false, revision: 1, pads: new Set(), keys: new Map() };
    }
    if (board.kind === 'unknown') return board;
    const next = { ...board, revision: board.revision + 1 };
    switch (event.type) {
      case 'BoardRenamed':
        return { ...next, name: event.data.name };
      case 'BoardHueSet':
        return { ...next, hue: event.data.hue };
      case 'BoardShared':
        return { ...next, shared: event.data.shared };
      case 'PadAdded':
        return { ...next, pads: new Set([...board.pads, event.data.sound_id]) };
      case 'PadMoved':
        return next;
      case 'PadRemoved':
        return {
          ...next,
          pads: new Set([...board.pads].filter((one) => one !== event.data.sound_id)),
        };
      case 'KeyPinned':
        return { ...next, keys: new Map([...board.keys, [event.data.key, event.data.sound_id]]) };
      case 'KeyUnpinned':
        return {
          ...next,
          keys: new Map([...board.keys].filter(([key]) => key !== event.data.key)),
        };
      case 'BoardDeleted':
        return { ...next, deleted: true };
      case 'BoardRestored':
        return { ...next, deleted: false };
      default:
        return unreachable(event);
    }
  },
};
