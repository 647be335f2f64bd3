import { done, refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { additions } from './additions.ts';
import type { Playlist, PlaylistChanges, PlaylistRules, Visibility } from './contract.ts';
import { playlistLimits } from './contract.ts';
import { playlistDecider, type PlaylistCommand } from './decider.ts';
import { playlistStream } from './events.ts';
import { movesBetween } from './order-changes.ts';
import { playlistProblem, wrongCursor, type PlaylistsRefusal } from './problems.ts';
import { present, type PlaylistQueries, type PlaylistRow } from './queries.ts';

/** Up to this share of a list is written as single moves, more as the whole order. */
const movedShareMax = 0.1;

export type NewPlaylist = {
  name: string;
  description: string;
  visibility: Visibility;
  rules?: PlaylistRules | undefined;
};

type Right = 'read' | 'edit' | 'manage';

/** Private lists are their owner's, household lists are read by all and edited by members. */
export const may = (identity: Identity, row: PlaylistRow, right: Right): boolean => {
  if (identity.role === 'admin' || row.owner_id === identity.actor) return true;
  if (right === 'read') return row.visibility === 'household';
  if (identity.role === 'guest' || right === 'manage') return false;
  return row.visibility === 'household' && row.owner_id !== null;
};

/** A private list of a person who was forgotten. */
const isOrphan = (row: PlaylistRow): boolean =>
  row.visibility === 'private' && row.owner_id !== null && row.owner_name === null;

/** The commands of playlists. Functions throw `ProblemError` for a refusal. */
export const createPlaylists = (kernel: Kernel, queries: PlaylistQueries) => {
  const show = (identity: Identity, row: PlaylistRow, size = queries.sizeOf(row)): Playlist =>
    present(row, size, {
      edit: may(identity, row, 'edit') && row.rules === null,
      manage: may(identity, row, 'manage') && row.owner_id !== null,
    });

  /** What the caller may see; anything else is nowhere. */
  const seen = (identity: Identity, id: string, deleted = false): PlaylistRow => {
    const row = queries.find(id);
    if (!row || (row.deleted_at !== null) !== deleted || !may(identity, row, 'read')) {
      throw playlistProblem({ code: 'unknown_playlist' });
    }
    return row;
  };

  /** Of one person, before another list joins theirs. */
  const tooMany = (ownerId: string, rules: PlaylistRules | null): PlaylistsRefusal | undefined => {
    if (queries.owned(ownerId) >= playlistLimits.playlistsMax) {
      return { code: 'too_many_playlists' };
    }
    if (rules && queries.ownedWithRules(ownerId) >= playlistLimits.ruledPlaylistsMax) {
      return { code: 'too_many_ruled_playlists' };
    }
    return undefined;
  };

  const run = async <T>(
    request: CommandRequest,
    work: (tx: Tx) => Answer<T, PlaylistsRefusal>,
  ): Promise<{ result: T; position: number }> => {
    const outcome = await kernel.bus.execute(request, work);
    if (!outcome.ok) throw playlistProblem(outcome.reason);
    return { result: outcome.result, position: outcome.position };
  };

  /** All of the commands, or none. */
  const decideAll = (
    tx: Tx,
    id: string,
    commands: readonly PlaylistCommand[],
  ): PlaylistsRefusal | undefined => {
    for (const command of commands) {
      const decision = tx.decide(playlistDecider, playlistStream(id), command);
      if (!decision.accepted) return decision.reason;
    }
    return undefined;
  };

  /** Rights are asked inside the command, so that a list just made private is not edited. */
  const change = <T>(
    request: CommandRequest,
    { identity, id, right }: { identity: Identity; id: string; right: Right },
    commandsOf: (
      tx: Tx,
      row: PlaylistRow,
    ) => { commands: PlaylistCommand[]; result: T } | PlaylistsRefusal,
  ) =>
    run<T>(request, (tx) => {
      const row = queries.find(id);
      if (!row || row.deleted_at !== null || !may(identity, row, 'read')) {
        return refuse({ code: 'unknown_playlist' });
      }
      if (!may(identity, row, right)) return refuse({ code: 'not_your_playlist' });
      const wanted = commandsOf(tx, row);
      if ('code' in wanted) return refuse(wanted);
      const refusal = decideAll(tx, id, wanted.commands);
      return refusal ? refuse(refusal) : done(wanted.result);
    });

  const knownEntry = (id: string, entryId: string | null): boolean =>
    entryId === null || queries.soundOf(id, entryId) !== undefined;

  return {
    show,
    find: (identity: Identity, id: string): PlaylistRow => seen(identity, id),

    list(identity: Identity, cursor: string | undefined, limit: number) {
      const after = cursor === undefined ? undefined : queries.find(cursor);
      // A list that was deleted meanwhile still has its place in the order.
      const listed = after?.visibility === 'household' || after?.owner_id === identity.actor;
      if (cursor !== undefined && !listed) throw wrongCursor();
      const { items, ...page } = queries.list(identity.actor, after, limit);
      return { items: items.map((row) => show(identity, row)), ...page };
    },

    /** With these sounds in it from the start, if any. */
    async create(
      request: CommandRequest,
      identity: Identity,
      { name, description, visibility, rules }: NewPlaylist,
      soundIds: readonly string[] = [],
    ) {
      const { result, position } = await run(request, (tx) => {
        const full = tooMany(identity.actor, rules ?? null);
        if (full) return refuse(full);
        const playlist_id = tx.newId();
        const refusal = decideAll(tx, playlist_id, [
          {
            type: 'CreatePlaylist',
            playlist_id,
            name,
            description,
            visibility,
            owner_id: identity.actor,
            rules: rules ?? null,
          },
          ...additions(soundIds, null, tx.newId),
        ]);
        if (refusal) return refuse(refusal);
        const row = {
          id: playlist_id,
          name,
          description,
          visibility,
          owner_id: identity.actor,
          owner_name: identity.name,
          rules: rules ?? null,
          deleted_at: null,
          created_at: tx.at,
          updated_at: tx.at,
        };
        const listed = { length: soundIds.length, duration: queries.soundsDuration(soundIds) };
        return done(show(identity, row, rules ? undefined : listed));
      });
      return { playlist: result, position };
    },

    async change(
      request: CommandRequest,
      identity: Identity,
      id: string,
      { name, description, visibility, rules }: PlaylistChanges,
    ) {
      const { position } = await change(request, { identity, id, right: 'manage' }, () => {
        const commands: PlaylistCommand[] = [];
        if (name !== undefined) commands.push({ type: 'RenamePlaylist', name });
        if (description !== undefined) commands.push({ type: 'DescribePlaylist', description });
        if (visibility !== undefined) commands.push({ type: 'SharePlaylist', visibility });
        if (rules !== undefined) commands.push({ type: 'SetRules', rules });
        return { commands, result: null };
      });
      return { playlist: show(identity, seen(identity, id)), position };
    },

    remove: (request: CommandRequest, identity: Identity, id: string) =>
      change(request, { identity, id, right: 'manage' }, () => ({
        commands: [{ type: 'DeletePlaylist' }],
        result: null,
      })),

    async restore(request: CommandRequest, identity: Identity, id: string) {
      const { result, position } = await run(request, (tx) => {
        const row = queries.find(id);
        if (!row || !may(identity, row, 'manage') || isOrphan(row)) {
          return refuse({ code: 'unknown_playlist' });
        }
        if (row.deleted_at !== null && tx.at - row.deleted_at > playlistLimits.restoreMsMax) {
          return refuse({ code: 'restore_too_late' });
        }
        if (row.deleted_at === null) return done(show(identity, row));
        const full = row.owner_id === null ? undefined : tooMany(row.owner_id, row.rules);
        if (full) return refuse(full);
        const refusal = decideAll(tx, id, [{ type: 'RestorePlaylist' }]);
        if (refusal) return refuse(refusal);
        return done(show(identity, { ...row, deleted_at: null, updated_at: tx.at }));
      });
      return { playlist: result, position };
    },

    /** Sounds that stay together, at a 0-based place; beyond the end, or left out, at the end. */
    add: (
      request: CommandRequest,
      identity: Identity,
      id: string,
      { sound_ids, position }: { sound_ids: readonly string[]; position: number | undefined },
    ) =>
      change(request, { identity, id, right: 'edit' }, (tx) => {
        if (!sound_ids.every(queries.soundExists)) return { code: 'unknown_sound' };
        const before = position === undefined ? undefined : queries.entryAt(id, position);
        const commands = additions(sound_ids, before ?? null, tx.newId);
        const entry_ids = commands.map(({ entry_id }) => entry_id);
        return { commands, result: before === undefined ? entry_ids : entry_ids.toReversed() };
      }),

    removeEntry: (request: CommandRequest, identity: Identity, id: string, entry_id: string) =>
      change(request, { identity, id, right: 'edit' }, () => {
        const sound_id = queries.soundOf(id, entry_id);
        const others = sound_id === undefined ? [] : queries.holding(sound_id);
        const spare = others.some((one) => one.playlist_id === id && one.entry_id !== entry_id);
        return { commands: [{ type: 'RemoveEntry', entry_id, sound_id, spare }], result: null };
      }),

    moveEntry: (
      request: CommandRequest,
      identity: Identity,
      id: string,
      { entry_id, before }: { entry_id: string; before: string | null },
    ) =>
      change(request, { identity, id, right: 'edit' }, () => {
        const known = knownEntry(id, entry_id) && knownEntry(id, before);
        return { commands: [{ type: 'MoveEntry', entry_id, before, known }], result: null };
      }),

    order: (request: CommandRequest, identity: Identity, id: string, entry_ids: string[]) =>
      change(request, { identity, id, right: 'edit' }, (_tx, row) => {
        const present = row.rules ? [] : queries.order(row).map(({ entry_id }) => entry_id);
        const moves = movesBetween(present, entry_ids);
        if (moves && moves.length <= present.length * movedShareMax) {
          const commands = moves.map((move): PlaylistCommand => ({
            type: 'MoveEntry',
            ...move,
            known: true,
          }));
          return { commands, result: null };
        }
        const known = moves !== undefined;
        return { commands: [{ type: 'OrderEntries', entry_ids, known }], result: null };
      }),

    /** What the rules give now becomes a list that people order themselves. */
    async materialise(request: CommandRequest, identity: Identity, id: string) {
      const made = await change(request, { identity, id, right: 'manage' }, (tx, row) => {
        const sounds = row.rules ? queries.order(row).map(({ sound_id }) => sound_id) : [];
        const ordinary = { ...row, rules: null, updated_at: tx.at };
        return {
          commands: [{ type: 'MaterialisePlaylist' }, ...additions(sounds, null, tx.newId)],
          result: show(identity, ordinary, queries.sizeOf(row)),
        };
      });
      return { playlist: made.result, position: made.position };
    },
  };
};
export type Playlists = ReturnType<typeof createPlaylists>;
