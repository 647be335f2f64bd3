import type { Storage } from '../kernel/storage.ts';
import type { Board, BoardHue, BoardSummary } from './contract.ts';
import { ownKeys } from './contract.ts';
import type { BoardKind } from './events.ts';

export type BoardRow = {
  id: string;
  kind: BoardKind;
  name: string;
  hue: BoardHue | null;
  shared: boolean;
  owner_id: string;
  owner_name: string | null;
  revision: number;
  deleted_at: number | null;
  created_at: number;
  updated_at: number;
};

type StoredRow = Omit<BoardRow, 'shared'> & { shared: 0 | 1 };

const fromStored = (row: StoredRow): BoardRow => ({ ...row, shared: row.shared === 1 });

/** Prepared reads over boards. Of pads and keys, those whose sound can be played now. */
export const createBoardQueries = (storage: Storage) => {
  const columns = `boards.*, people.name AS owner_name
    FROM boards LEFT JOIN people ON people.user_id = owner_id`;
  const there = 'sounds.removed_at IS NULL AND sounds.missing = 0';
  const one = storage.prepare<[string], StoredRow>(`SELECT ${columns} WHERE boards.id = ?`);
  const visible = `kind = 'board' AND deleted_at IS NULL AND (shared = 1 OR owner_id = :viewer)`;
  const page = storage.prepare<[Record<string, unknown>], StoredRow>(
    `SELECT ${columns} WHERE ${visible}
       AND (boards.name COLLATE NOCASE, boards.id) > (:name COLLATE NOCASE, :id)
     ORDER BY boards.name COLLATE NOCASE, boards.id LIMIT :limit`,
  );
  const countVisible = storage
    .prepare<[{ viewer: string }], number>(`SELECT count(*) FROM boards WHERE ${visible}`)
    .pluck();
  const countOwned = storage
    .prepare<[string], number>(
      `SELECT count(*) FROM boards WHERE owner_id = ? AND kind = 'board' AND deleted_at IS NULL`,
    )
    .pluck();
  const privateOf = storage
    .prepare<[string], string>(
      'SELECT id FROM boards WHERE owner_id = ? AND shared = 0 AND deleted_at IS NULL ORDER BY id',
    )
    .pluck();
  const countPads = storage
    .prepare<[string], number>(
      `SELECT count(*) FROM board_pads JOIN sounds ON sounds.id = sound_id
       WHERE board_id = ? AND ${there}`,
    )
    .pluck();
  const pads = storage
    .prepare<[string], string>(
      `SELECT sound_id FROM board_pads JOIN sounds ON sounds.id = sound_id
       WHERE board_id = ? AND ${there} ORDER BY rank`,
    )
    .pluck();
  // On a board a key plays a pad of it; one's own play any sound.
  const keys = storage.prepare<[string], { key: number; sound_id: string }>(
    `SELECT key, board_keys.sound_id FROM board_keys
     JOIN boards ON boards.id = board_id JOIN sounds ON sounds.id = board_keys.sound_id
     WHERE board_id = ? AND ${there} AND (kind = 'own' OR EXISTS (
       SELECT 1 FROM board_pads WHERE board_pads.board_id = boards.id
         AND board_pads.sound_id = board_keys.sound_id))
     ORDER BY key`,
  );
  const inLibrary = storage
    .prepare<[string], 1>('SELECT 1 FROM sounds WHERE id = ? AND removed_at IS NULL')
    .pluck();

  return {
    find(id: string): BoardRow | undefined {
      const row = one.get(id);
      return row && fromStored(row);
    },
    /** Boards that this person sees, after the one given, by name. */
    list(viewer: string, after: BoardRow | undefined, limit: number) {
      const rows = page
        .all({ viewer, name: after?.name ?? '', id: after?.id ?? '', limit: limit + 1 })
        .map(fromStored);
      const items = rows.slice(0, limit);
      return {
        items,
        next_cursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
        total: countVisible.get({ viewer }) ?? 0,
      };
    },
    owned: (userId: string): number => countOwned.get(userId) ?? 0,
    /** What nobody but this person sees, their keys included. */
    privateOf: (userId: string): string[] => privateOf.all(userId),
    countPads: (id: string): number => countPads.get(id) ?? 0,
    pads: (id: string): string[] => pads.all(id),
    keys: (id: string): Board['keys'] => keys.all(id),
    soundExists: (id: string): boolean => inLibrary.get(id) !== undefined,
  };
};
export type BoardQueries = ReturnType<typeof createBoardQueries>;

/** The shape on the wire, for whoever asks. */
export const presentSummary = (row: BoardRow, pads: number, mayEdit: boolean): BoardSummary => {
  const { deleted_at: _, kind, id, created_at, updated_at, ...rest } = row;
  return {
    id: kind === 'own' ? ownKeys : id,
    ...rest,
    pads,
    may_edit: mayEdit,
    created_at: new Date(created_at).toISOString(),
    updated_at: new Date(updated_at).toISOString(),
  };
};
