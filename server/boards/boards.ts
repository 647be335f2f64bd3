import { done, refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { invalidField } from '../kernel/problem.ts';
import {
  boardLimits,
  ownKeys,
  type Board,
  type BoardChanges,
  type BoardSummary,
  type NewBoard,
  type NewPads,
} from './contract.ts';
import { boardDecider, type BoardCommand } from './decider.ts';
import { boardStream, ownKeysId } from './events.ts';
import { boardProblem, type BoardsRefusal } from './problems.ts';
import { presentSummary, type BoardQueries, type BoardRow } from './queries.ts';

/** Which board, and what it must still be like; undefined: whatever it has become. */
export type Which = { readonly id: string; readonly revision: number | undefined };

/** A board is its owner's; a shared one is read by all, and changed by its owner and admins. */
const maySee = ({ actor }: Identity, row: BoardRow): boolean =>
  row.owner_id === actor || row.shared;
const mayEdit = ({ actor, role }: Identity, row: BoardRow): boolean =>
  row.owner_id === actor || (row.shared && role === 'admin');

/** The commands of boards. Functions throw `ProblemError` for a refusal. */
export const createBoards = (kernel: Kernel, queries: BoardQueries) => {
  const summary = (identity: Identity, row: BoardRow): BoardSummary =>
    presentSummary(row, queries.countPads(row.id), mayEdit(identity, row));

  const noKeysYet = ({ actor, name }: Identity): BoardRow => ({
    id: ownKeysId(actor),
    kind: 'own',
    name: '',
    hue: null,
    shared: false,
    owner_id: actor,
    owner_name: name,
    revision: 0,
    deleted_at: null,
    created_at: kernel.clock.now(),
    updated_at: kernel.clock.now(),
  });

  /** Of one's own keys there is always a board, also before the first is pinned. */
  const rowOf = (identity: Identity, id: string): BoardRow | undefined => {
    if (id === ownKeys) return queries.find(ownKeysId(identity.actor)) ?? noKeysYet(identity);
    const row = queries.find(id);
    return row?.kind === 'board' ? row : undefined;
  };

  const show = (identity: Identity, id: string): Board => {
    const row = rowOf(identity, id);
    if (!row || row.deleted_at !== null || !maySee(identity, row)) {
      throw boardProblem({ code: 'unknown_board' });
    }
    return {
      ...summary(identity, row),
      sounds: queries.pads(row.id),
      keys: queries.keys(row.id),
    };
  };

  const run = async <T>(
    request: CommandRequest,
    work: (tx: Tx) => Answer<T, BoardsRefusal>,
  ): Promise<{ result: T; position: number }> => {
    const outcome = await kernel.bus.execute(request, work);
    if (!outcome.ok) throw boardProblem(outcome.reason);
    return { result: outcome.result, position: outcome.position };
  };

  /** All of the commands, or none. */
  const decideAll = (
    tx: Tx,
    id: string,
    commands: readonly BoardCommand[],
  ): BoardsRefusal | undefined => {
    for (const command of commands) {
      const decision = tx.decide(boardDecider, boardStream(id), command);
      if (!decision.accepted) return decision.reason;
    }
    return undefined;
  };

  /** Rights are asked inside the command, so that a board just made private is not changed. */
  const change = async (
    request: CommandRequest,
    identity: Identity,
    { id, revision }: Which,
    commands: readonly BoardCommand[],
  ): Promise<{ board: Board; position: number }> => {
    const { position } = await run(request, (tx) => {
      const row = rowOf(identity, id);
      if (!row || row.deleted_at !== null || !maySee(identity, row)) {
        return refuse({ code: 'unknown_board' });
      }
      if (!mayEdit(identity, row)) return refuse({ code: 'not_your_board' });
      const { id: board_id, kind, name, hue, shared, owner_id } = row;
      const first: BoardCommand[] =
        kind === 'own'
          ? [{ type: 'DefineBoard', board_id, kind, name, hue, shared, owner_id }]
          : [];
      if (revision !== undefined && row.revision > 0) {
        first.push({ type: 'ExpectRevision', revision });
      }
      const refusal = decideAll(tx, board_id, [...first, ...commands]);
      return refusal ? refuse(refusal) : done(null);
    });
    return { board: show(identity, id), position };
  };

  const known = (soundIds: readonly string[]): void => {
    if (!soundIds.every(queries.soundExists)) throw boardProblem({ code: 'unknown_sound' });
  };

  const additions = (soundIds: readonly string[], before: string | null): BoardCommand[] =>
    soundIds.map((sound_id) => ({ type: 'AddPad', sound_id, before }));

  return {
    show,

    list(identity: Identity, cursor: string | undefined, limit: number) {
      const after = cursor === undefined ? undefined : queries.find(cursor);
      // A board that was deleted meanwhile still has its place in the order.
      if (cursor !== undefined && !(after?.kind === 'board' && maySee(identity, after))) {
        throw invalidField('cursor', 'not a cursor of this list');
      }
      const { items, ...page } = queries.list(identity.actor, after, limit);
      return { items: items.map((row) => summary(identity, row)), ...page };
    },

    /** With these pads on it from the start, if any. */
    async create(request: CommandRequest, identity: Identity, wanted: NewBoard) {
      const { sound_ids, name, hue, shared } = wanted;
      known(sound_ids);
      const owner_id = identity.actor;
      const { result, position } = await run(request, (tx) => {
        if (queries.owned(owner_id) >= boardLimits.boardsMax) {
          return refuse({ code: 'too_many_boards' });
        }
        const board_id = tx.newId();
        const refusal = decideAll(tx, board_id, [
          { type: 'DefineBoard', board_id, kind: 'board', name, hue, shared, owner_id },
          ...additions(sound_ids, null),
        ]);
        return refusal ? refuse(refusal) : done(board_id);
      });
      return { board: show(identity, result), position };
    },

    change(
      request: CommandRequest,
      identity: Identity,
      which: Which,
      { name, hue, shared }: BoardChanges,
    ) {
      const commands: BoardCommand[] = [];
      if (name !== undefined) commands.push({ type: 'RenameBoard', name });
      if (hue !== undefined) commands.push({ type: 'SetHue', hue });
      if (shared !== undefined) commands.push({ type: 'ShareBoard', shared });
      return change(request, identity, which, commands);
    },

    /** Sounds that stay together in this order; those that stand on it already stay where they are. */
    add(request: CommandRequest, identity: Identity, which: Which, { sound_ids, before }: NewPads) {
      known(sound_ids);
      return change(request, identity, which, additions(sound_ids, before));
    },

    move: (
      request: CommandRequest,
      identity: Identity,
      which: Which,
      { sound_id, before }: { sound_id: string; before: string | null },
    ) => change(request, identity, which, [{ type: 'MovePad', sound_id, before }]),

    take: (request: CommandRequest, identity: Identity, which: Which, sound_id: string) =>
      change(request, identity, which, [{ type: 'RemovePad', sound_id }]),

    pin(
      request: CommandRequest,
      identity: Identity,
      which: Which,
      { key, sound_id }: { key: number; sound_id: string },
    ) {
      known([sound_id]);
      return change(request, identity, which, [{ type: 'PinKey', key, sound_id }]);
    },

    unpin: (request: CommandRequest, identity: Identity, which: Which, key: number) =>
      change(request, identity, which, [{ type: 'UnpinKey', key }]),

    async remove(request: CommandRequest, identity: Identity, { id, revision }: Which) {
      const { position } = await run(request, (tx) => {
        const row = id === ownKeys ? undefined : rowOf(identity, id);
        if (!row || row.deleted_at !== null || !maySee(identity, row)) {
          return refuse({ code: 'unknown_board' });
        }
        if (!mayEdit(identity, row)) return refuse({ code: 'not_your_board' });
        const expected: BoardCommand[] =
          revision === undefined ? [] : [{ type: 'ExpectRevision', revision }];
        const refusal = decideAll(tx, id, [...expected, { type: 'DeleteBoard' }]);
        return refusal ? refuse(refusal) : done(null);
      });
      return position;
    },

    async restore(request: CommandRequest, identity: Identity, id: string) {
      const { position } = await run(request, (tx) => {
        const row = id === ownKeys ? undefined : rowOf(identity, id);
        // The private boards of somebody who was forgotten have no owner to come back for.
        if (!row || !mayEdit(identity, row)) return refuse({ code: 'unknown_board' });
        if (row.deleted_at === null) return done(null);
        if (tx.at - row.deleted_at > boardLimits.restoreMsMax) {
          return refuse({ code: 'restore_too_late' });
        }
        if (queries.owned(row.owner_id) >= boardLimits.boardsMax) {
          return refuse({ code: 'too_many_boards' });
        }
        const refusal = decideAll(tx, id, [{ type: 'RestoreBoard' }]);
        return refusal ? refuse(refusal) : done(null);
      });
      return { board: show(identity, id), position };
    },
  };
};
export type Boards = ReturnType<typeof createBoards>;
