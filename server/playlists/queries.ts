import type { Storage } from '../kernel/storage.ts';
import type { SoundType } from '../sounds/contract.ts';
import type { Playlist, PlaylistEntry, PlaylistRules, Visibility } from './contract.ts';
import { mainPlaylistId } from './events.ts';
import { createRuleCache, sizeOfRows, type RuleVersions } from './rule-cache.ts';
import { ruleEntriesSql, ruleValues } from './rules.ts';

export type PlaylistRow = {
  id: string;
  name: string;
  description: string;
  visibility: Visibility;
  owner_id: string | null;
  owner_name: string | null;
  rules: PlaylistRules | null;
  deleted_at: number | null;
  created_at: number;
  updated_at: number;
};

/** What plays in which place: all that a player needs. */
export type ListedEntry = {
  readonly entry_id: string;
  readonly sound_id: string;
  /** The file is not there now. */
  readonly missing: boolean;
};

type StoredRow = Omit<PlaylistRow, 'rules'> & { rules: string | null };
type EntryRow = {
  entry_id: string;
  id: string;
  type: SoundType;
  name: string;
  duration_ms: number;
  tags: string;
  missing: 0 | 1;
};

const fromStored = ({ rules, ...row }: StoredRow): PlaylistRow => ({
  ...row,
  rules: rules === null ? null : (JSON.parse(rules) as PlaylistRules),
});

const toEntry = (row: EntryRow, position: number): PlaylistEntry => {
  const { entry_id, duration_ms, tags, missing, ...sound } = row;
  return {
    entry_id,
    position,
    sound: {
      ...sound,
      duration: duration_ms,
      tags: JSON.parse(tags) as string[],
      missing: missing === 1,
    },
  };
};

/**
 * Prepared reads over playlists. The entries of a list that follows rules are worked out at each
 * reading, or with `versions` only after something changed.
 */
export const createPlaylistQueries = (
  storage: Storage,
  now: () => number,
  versions?: () => RuleVersions,
) => {
  const columns = `playlists.*, people.name AS owner_name
    FROM playlists LEFT JOIN people ON people.user_id = owner_id`;
  const one = storage.prepare<[string], StoredRow>(`SELECT ${columns} WHERE playlists.id = ?`);
  // The main list first, then by name.
  const visible = `deleted_at IS NULL AND (visibility = 'household' OR owner_id = :viewer)`;
  const page = storage.prepare<[Record<string, unknown>], StoredRow>(
    `SELECT ${columns} WHERE ${visible}
       AND (playlists.id <> '${mainPlaylistId}', playlists.name COLLATE NOCASE, playlists.id)
         > (:main, :name COLLATE NOCASE, :id)
     ORDER BY playlists.id <> '${mainPlaylistId}', playlists.name COLLATE NOCASE, playlists.id
     LIMIT :limit`,
  );
  const countVisible = storage
    .prepare<[{ viewer: string }], number>(`SELECT count(*) FROM playlists WHERE ${visible}`)
    .pluck();
  const countOwned = storage
    .prepare<[string], number>(
      'SELECT count(*) FROM playlists WHERE owner_id = ? AND deleted_at IS NULL',
    )
    .pluck();
  const countRuled = storage
    .prepare<[string], number>(
      `SELECT count(*) FROM playlists
       WHERE owner_id = ? AND deleted_at IS NULL AND rules IS NOT NULL`,
    )
    .pluck();
  const privateOf = storage
    .prepare<[string], string>(
      `SELECT id FROM playlists
       WHERE owner_id = ? AND visibility = 'private' AND deleted_at IS NULL`,
    )
    .pluck();
  const soundsDuration = storage
    .prepare<[string], number>(
      `SELECT coalesce(sum(duration_ms), 0) FROM json_each(?) AS wanted
       JOIN sounds ON sounds.id = wanted.value`,
    )
    .pluck();
  const named = storage.prepare<[string, string], StoredRow>(
    `SELECT ${columns} WHERE playlists.name = ? COLLATE NOCASE AND deleted_at IS NULL
       AND (visibility = 'household' OR owner_id = ?) LIMIT 6`,
  );
  const names = storage
    .prepare<[{ viewer: string }], string>(`SELECT name FROM playlists WHERE ${visible}`)
    .pluck();
  const totals = storage.prepare<[string], { length: number; duration: number | null }>(
    `SELECT count(*) AS length, sum(duration_ms) AS duration
     FROM playlist_entries JOIN sounds ON sounds.id = sound_id WHERE playlist_id = ?`,
  );
  const order = storage.prepare<[string], Omit<ListedEntry, 'missing'> & { missing: 0 | 1 }>(
    `SELECT entry_id, sound_id, missing FROM playlist_entries JOIN sounds ON sounds.id = sound_id
     WHERE playlist_id = ? ORDER BY rank`,
  );
  const entryPage = storage.prepare<[string, number, number], EntryRow>(
    `SELECT entry_id, sounds.id, type, sounds.name, duration_ms, tags, missing
     FROM playlist_entries JOIN sounds ON sounds.id = sound_id
     WHERE playlist_id = ? ORDER BY rank LIMIT ? OFFSET ?`,
  );
  const soundOf = storage
    .prepare<[string, string], string>(
      'SELECT sound_id FROM playlist_entries WHERE playlist_id = ? AND entry_id = ?',
    )
    .pluck();
  const entryAt = storage
    .prepare<[string, number], string>(
      'SELECT entry_id FROM playlist_entries WHERE playlist_id = ? ORDER BY rank LIMIT 1 OFFSET ?',
    )
    .pluck();
  const inLibrary = storage
    .prepare<[string], 1>('SELECT 1 FROM sounds WHERE id = ? AND removed_at IS NULL')
    .pluck();
  const holding = storage.prepare<[string], { playlist_id: string; entry_id: string }>(
    'SELECT playlist_id, entry_id FROM playlist_entries WHERE sound_id = ?',
  );
  const outside = storage
    .prepare<[], string>(
      `SELECT id FROM sounds WHERE removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM playlist_entries
         WHERE playlist_id = '${mainPlaylistId}' AND sound_id = sounds.id)
       ORDER BY created_at, id`,
    )
    .pluck();
  const ruled = storage.prepare<[Record<string, unknown>], EntryRow>(ruleEntriesSql);

  const ask = (rules: PlaylistRules, ownerId: string | null, at: number): EntryRow[] =>
    ruled.all(ruleValues(rules, ownerId, at));
  const cache = versions && createRuleCache(versions, ask);
  /** A command sees what is not committed yet: nothing of that may be kept. */
  const kept = () => (storage.inTransaction ? undefined : cache);
  const ruleRows = (list: PlaylistRow, rules: PlaylistRules): readonly EntryRow[] =>
    (kept()?.rows ?? ask)(rules, list.owner_id, now());

  const sizeOf = (list: PlaylistRow): { length: number; duration: number } => {
    if (list.rules) {
      const { rules, owner_id } = list;
      return kept()?.size(rules, owner_id, now()) ?? sizeOfRows(ask(rules, owner_id, now()));
    }
    const { length, duration } = totals.get(list.id) ?? { length: 0, duration: 0 };
    return { length, duration: duration ?? 0 };
  };

  return {
    find(id: string): PlaylistRow | undefined {
      const row = one.get(id);
      return row && fromStored(row);
    },
    /** Lists that this person sees, after the one given: the main list first, then by name. */
    list(viewer: string, after: PlaylistRow | undefined, limit: number) {
      const rows = page
        .all({
          viewer,
          main: after ? Number(after.id !== mainPlaylistId) : -1,
          name: after?.name ?? '',
          id: after?.id ?? '',
          limit: limit + 1,
        })
        .map(fromStored);
      const items = rows.slice(0, limit);
      return {
        items,
        next_cursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
        total: countVisible.get({ viewer }) ?? 0,
      };
    },
    owned: (userId: string): number => countOwned.get(userId) ?? 0,
    ownedWithRules: (userId: string): number => countRuled.get(userId) ?? 0,
    /** Lists that nobody but this person sees. */
    privateOf: (userId: string): string[] => privateOf.all(userId),
    /** In ms, each as often as it is named. */
    soundsDuration: (soundIds: readonly string[]): number =>
      soundsDuration.get(JSON.stringify(soundIds)) ?? 0,
    /** By name, any case, among those that this person sees. */
    byName: (name: string, viewer: string): PlaylistRow[] =>
      named.all(name.trim(), viewer).map(fromStored),
    /** Of all lists that this person sees. */
    names: (viewer: string): string[] => names.all({ viewer }),
    sizeOf,
    /** What plays, in order. */
    order(list: PlaylistRow): ListedEntry[] {
      if (!list.rules) {
        return order.all(list.id).map((row) => ({ ...row, missing: row.missing === 1 }));
      }
      return ruleRows(list, list.rules).map(({ entry_id, id, missing }) => ({
        entry_id,
        sound_id: id,
        missing: missing === 1,
      }));
    },
    entries(list: PlaylistRow, from: number, limit: number): PlaylistEntry[] {
      const rows = list.rules
        ? ruleRows(list, list.rules).slice(from, from + limit)
        : entryPage.all(list.id, limit, from);
      return rows.map((row, at) => toEntry(row, from + at));
    },
    soundOf: (playlistId: string, entryId: string): string | undefined =>
      soundOf.get(playlistId, entryId),
    entryAt: (playlistId: string, position: number): string | undefined =>
      entryAt.get(playlistId, position),
    soundExists: (id: string): boolean => inLibrary.get(id) !== undefined,
    /** Everywhere that a sound stands, in deleted lists too. */
    holding: (soundId: string) => holding.all(soundId),
    /** Sounds that the main list does not have yet. */
    outsideMain: (): string[] => outside.all(),
  };
};
export type PlaylistQueries = ReturnType<typeof createPlaylistQueries>;

/** The shape on the wire, for whoever asks. */
export const present = (
  row: PlaylistRow,
  size: { length: number; duration: number },
  may: { edit: boolean; manage: boolean },
): Playlist => {
  const { deleted_at: _, created_at, updated_at, ...rest } = row;
  return {
    ...rest,
    main: row.id === mainPlaylistId,
    ...size,
    may_edit: may.edit,
    may_manage: may.manage,
    created_at: new Date(created_at).toISOString(),
    updated_at: new Date(updated_at).toISOString(),
  };
};
