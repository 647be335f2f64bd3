import type { Storage } from '../kernel/storage.ts';
import type { SoundType, TrashedSound } from './contract.ts';
import { isLeaving, type SoundRow } from './sound-rows.ts';

/** How long a removed sound's file is kept. */
export const trashKeptMs = 30 * 24 * 60 * 60_000;

/** Where a sound's file is and whose the sound is, removed ones included. */
export type SoundFileRow = Pick<
  SoundRow,
  'id' | 'type' | 'filename' | 'hash' | 'added_by' | 'removed_at' | 'trashed' | 'purged_at'
>;

/** The removal and id of the last sound of the page before. */
type TrashCursor = { readonly value: number; readonly id: string };
type TrashPage = {
  readonly items: TrashedSound[];
  readonly next: TrashCursor | undefined;
  readonly total: number;
};

const toTrashed = (row: SoundRow & { removed_at: number; removed_by: string }): TrashedSound => ({
  id: row.id,
  type: row.type,
  name: row.name,
  duration: row.duration_ms,
  size: row.size,
  tags: JSON.parse(row.tags) as string[],
  play_count: row.play_count,
  added_by: row.added_by,
  removed_at: new Date(row.removed_at).toISOString(),
  removed_by: row.removed_by,
  purged_after: new Date(row.removed_at + trashKeptMs).toISOString(),
});

export const createTrashQueries = (storage: Storage) => {
  const byId = storage.prepare<[string], SoundFileRow>(
    `SELECT id, type, filename, hash, added_by, removed_at, trashed, purged_at
     FROM sounds WHERE id = ?`,
  );
  const atPlace = storage.prepare<[string, string, string]>(
    'SELECT 1 FROM sounds WHERE type = ? AND filename = ? AND id <> ? AND removed_at IS NULL',
  );
  const inTrash = `FROM sounds WHERE removed_at IS NOT NULL AND purged_at IS NULL
       AND (:added_by IS NULL OR added_by = :added_by)`;
  const removed = storage.prepare<
    [{ added_by: string | null; value: number | null; id: string | null; limit: number }],
    SoundRow & { removed_at: number; removed_by: string }
  >(
    `SELECT * ${inTrash}
       AND (:value IS NULL OR removed_at < :value OR (removed_at = :value AND id > :id))
     ORDER BY removed_at DESC, id LIMIT :limit`,
  );
  const total = storage
    .prepare<[{ added_by: string | null }], number>(`SELECT count(*) ${inTrash}`)
    .pluck();
  const leaving = storage.prepare<[], string>(`SELECT id FROM sounds WHERE ${isLeaving}`).pluck();
  const due = storage
    .prepare<[number], string>(
      'SELECT id FROM sounds WHERE removed_at < ? AND trashed = 1 AND purged_at IS NULL',
    )
    .pluck();
  return {
    fileOf: (id: string): SoundFileRow | undefined => byId.get(id),
    /** Whether another sound has its file there. */
    isTaken: (type: SoundType, filename: string, by: string) =>
      atPlace.get(type, filename, by) !== undefined,
    /** A page, latest first; null: of everybody. */
    removed(added_by: string | null, limit: number, after?: TrashCursor): TrashPage {
      const { value = null, id = null } = after ?? {};
      const rows = removed.all({ added_by, value, id, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(toTrashed),
        next: last && { value: last.removed_at, id: last.id },
        total: total.get({ added_by }) ?? 0,
      };
    },
    /** Removed, their files not in the trash yet. */
    leaving: (): string[] => leaving.all(),
    /** Removed before this moment, and still kept. */
    due: (beforeMs: number): string[] => due.all(beforeMs),
  };
};
export type TrashQueries = ReturnType<typeof createTrashQueries>;
