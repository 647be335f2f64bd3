import type { Projection } from '../kernel/projections.ts';
import type { PlaylistEvent } from './events.ts';

/** Room between neighbours, so that a move touches one row; where it is used up the list is numbered anew. */
const rankStep = 2 ** 32;

/**
 * Room left behind an entry that is put before another: several that are added together go in from
 * the last to the first, and a whole request of them fits into one gap.
 */
const insertStep = 2 ** 20;

export const playlistsProjection: Projection<PlaylistEvent> = {
  name: 'playlists',
  version: 1,
  tables: {
    playlists: `CREATE TABLE playlists (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      visibility TEXT NOT NULL CHECK (visibility IN ('private', 'household')),
      owner_id TEXT,
      rules TEXT,
      deleted_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    playlist_entries: `CREATE TABLE playlist_entries (
      playlist_id TEXT NOT NULL REFERENCES playlists (id),
      entry_id TEXT NOT NULL,
      sound_id TEXT NOT NULL,
      rank INTEGER NOT NULL,
      PRIMARY KEY (playlist_id, entry_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX playlist_entries_by_rank ON playlist_entries (playlist_id, rank, entry_id, sound_id);
    CREATE INDEX playlist_entries_by_sound ON playlist_entries (sound_id)`,
  },
  handlers(storage) {
    const create = storage.prepare('INSERT INTO playlists VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)');
    const set = (column: 'name' | 'description' | 'visibility' | 'rules' | 'deleted_at') =>
      storage.prepare(`UPDATE playlists SET ${column} = ?, updated_at = ? WHERE id = ?`);
    const setName = set('name');
    const setDescription = set('description');
    const setVisibility = set('visibility');
    const setRules = set('rules');
    const setDeleted = set('deleted_at');
    const touch = storage.prepare('UPDATE playlists SET updated_at = ? WHERE id = ?');
    const insert = storage.prepare('INSERT INTO playlist_entries VALUES (?, ?, ?, ?)');
    const remove = storage.prepare(
      'DELETE FROM playlist_entries WHERE playlist_id = ? AND entry_id = ?',
    );
    const setRank = storage.prepare(
      'UPDATE playlist_entries SET rank = ? WHERE playlist_id = ? AND entry_id = ?',
    );
    const rankOf = storage
      .prepare<[string, string], number>(
        'SELECT rank FROM playlist_entries WHERE playlist_id = ? AND entry_id = ?',
      )
      .pluck();
    const lastRank = storage
      .prepare<[string, string], number | null>(
        'SELECT max(rank) FROM playlist_entries WHERE playlist_id = ? AND entry_id <> ?',
      )
      .pluck();
    const rankBelow = storage
      .prepare<[string, number, string], number | null>(
        'SELECT max(rank) FROM playlist_entries WHERE playlist_id = ? AND rank < ? AND entry_id <> ?',
      )
      .pluck();
    const numberAnew = storage.prepare(
      `UPDATE playlist_entries SET rank = numbered.place * ${rankStep}
       FROM (SELECT entry_id, row_number() OVER (ORDER BY rank) AS place
             FROM playlist_entries WHERE playlist_id = :playlist_id) AS numbered
       WHERE playlist_id = :playlist_id AND playlist_entries.entry_id = numbered.entry_id`,
    );

    /** The rank between `before` and what stands in front of it, the entry itself not counted. */
    const rankFor = (playlistId: string, entryId: string, before: string | null): number => {
      if (before === null) return (lastRank.get(playlistId, entryId) ?? 0) + rankStep;
      const after = rankOf.get(playlistId, before) as number;
      const front = rankBelow.get(playlistId, after, entryId) ?? 0;
      const room = Math.min(insertStep, Math.floor((after - front) / 2));
      if (room > 0) return after - room;
      numberAnew.run({ playlist_id: playlistId });
      return rankFor(playlistId, entryId, before);
    };

    return {
      PlaylistCreated({ data, recordedAt }) {
        const { playlist_id, name, description, visibility, owner_id } = data;
        const rules = data.rules && JSON.stringify(data.rules);
        create.run(
          playlist_id,
          name,
          description,
          visibility,
          owner_id,
          rules,
          recordedAt,
          recordedAt,
        );
      },
      PlaylistRenamed: ({ data, recordedAt }) =>
        setName.run(data.name, recordedAt, data.playlist_id),
      PlaylistDescribed: ({ data, recordedAt }) =>
        setDescription.run(data.description, recordedAt, data.playlist_id),
      PlaylistShared: ({ data, recordedAt }) =>
        setVisibility.run(data.visibility, recordedAt, data.playlist_id),
      PlaylistRulesSet: ({ data, recordedAt }) =>
        setRules.run(JSON.stringify(data.rules), recordedAt, data.playlist_id),
      PlaylistMaterialised: ({ data, recordedAt }) =>
        setRules.run(null, recordedAt, data.playlist_id),
      EntryAdded({ data: { playlist_id, entry_id, sound_id, before }, recordedAt }) {
        insert.run(playlist_id, entry_id, sound_id, rankFor(playlist_id, entry_id, before));
        touch.run(recordedAt, playlist_id);
      },
      EntryMoved({ data: { playlist_id, entry_id, before }, recordedAt }) {
        setRank.run(rankFor(playlist_id, entry_id, before), playlist_id, entry_id);
        touch.run(recordedAt, playlist_id);
      },
      EntryRemoved({ data: { playlist_id, entry_id }, recordedAt }) {
        remove.run(playlist_id, entry_id);
        touch.run(recordedAt, playlist_id);
      },
      EntriesOrdered({ data: { playlist_id, entry_ids }, recordedAt }) {
        entry_ids.forEach((entry_id, at) =>
          setRank.run((at + 1) * rankStep, playlist_id, entry_id),
        );
        touch.run(recordedAt, playlist_id);
      },
      PlaylistDeleted: ({ data, recordedAt }) =>
        setDeleted.run(recordedAt, recordedAt, data.playlist_id),
      PlaylistRestored: ({ data, recordedAt }) =>
        setDeleted.run(null, recordedAt, data.playlist_id),
    };
  },
};
