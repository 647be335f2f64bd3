import type { Projection } from '../kernel/projections.ts';
import type { BoardEvent } from './events.ts';

export const boardsProjection: Projection<BoardEvent> = {
  name: 'boards',
  version: 1,
  tables: {
    boards: `CREATE TABLE boards (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('board', 'own')),
      name TEXT NOT NULL,
      hue INTEGER,
      shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
      owner_id TEXT NOT NULL,
      revision INTEGER NOT NULL,
      deleted_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    board_pads: `CREATE TABLE board_pads (
      board_id TEXT NOT NULL REFERENCES boards (id),
      sound_id TEXT NOT NULL,
      rank INTEGER NOT NULL,
      PRIMARY KEY (board_id, sound_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX board_pads_by_rank ON board_pads (board_id, rank)`,
    board_keys: `CREATE TABLE board_keys (
      board_id TEXT NOT NULL REFERENCES boards (id),
      key INTEGER NOT NULL CHECK (key BETWEEN 1 AND 9),
      sound_id TEXT NOT NULL,
      PRIMARY KEY (board_id, key)
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const define = storage.prepare('INSERT INTO boards VALUES (?, ?, ?, ?, ?, ?, 1, NULL, ?, ?)');
    const set = (column: 'name' | 'hue' | 'shared' | 'deleted_at') =>
      storage.prepare(
        `UPDATE boards SET ${column} = ?, revision = revision + 1, updated_at = ? WHERE id = ?`,
      );
    const setName = set('name');
    const setHue = set('hue');
    const setShared = set('shared');
    const setDeleted = set('deleted_at');
    const touch = storage.prepare(
      'UPDATE boards SET revision = revision + 1, updated_at = ? WHERE id = ?',
    );
    const insert = storage.prepare('INSERT INTO board_pads VALUES (?, ?, ?)');
    const remove = storage.prepare('DELETE FROM board_pads WHERE board_id = ? AND sound_id = ?');
    const rankOf = storage
      .prepare<[string, string], number>(
        'SELECT rank FROM board_pads WHERE board_id = ? AND sound_id = ?',
      )
      .pluck();
    const lastRank = storage
      .prepare<[string], number | null>('SELECT max(rank) FROM board_pads WHERE board_id = ?')
      .pluck();
    // Boards are short: making room is simpler than keeping it.
    const makeRoom = storage.prepare(
      'UPDATE board_pads SET rank = rank + 1 WHERE board_id = ? AND rank >= ?',
    );
    const pin = storage.prepare('INSERT OR REPLACE INTO board_keys VALUES (?, ?, ?)');
    const unpin = storage.prepare('DELETE FROM board_keys WHERE board_id = ? AND key = ?');

    const put = (boardId: string, soundId: string, before: string | null): void => {
      if (before === null) {
        insert.run(boardId, soundId, (lastRank.get(boardId) ?? 0) + 1);
        return;
      }
      const rank = rankOf.get(boardId, before) as number;
      makeRoom.run(boardId, rank);
      insert.run(boardId, soundId, rank);
    };

    return {
      BoardDefined({ data, recordedAt }) {
        const { board_id, kind, name, hue, shared, owner_id } = data;
        define.run(board_id, kind, name, hue, Number(shared), owner_id, recordedAt, recordedAt);
      },
      BoardRenamed: ({ data, recordedAt }) => setName.run(data.name, recordedAt, data.board_id),
      BoardHueSet: ({ data, recordedAt }) => setHue.run(data.hue, recordedAt, data.board_id),
      BoardShared: ({ data, recordedAt }) =>
        setShared.run(Number(data.shared), recordedAt, data.board_id),
      PadAdded({ data: { board_id, sound_id, before }, recordedAt }) {
        put(board_id, sound_id, before);
        touch.run(recordedAt, board_id);
      },
      PadMoved({ data: { board_id, sound_id, before }, recordedAt }) {
        remove.run(board_id, sound_id);
        put(board_id, sound_id, before);
        touch.run(recordedAt, board_id);
      },
      PadRemoved({ data: { board_id, sound_id }, recordedAt }) {
        remove.run(board_id, sound_id);
        touch.run(recordedAt, board_id);
      },
      KeyPinned({ data: { board_id, key, sound_id }, recordedAt }) {
        pin.run(board_id, key, sound_id);
        touch.run(recordedAt, board_id);
      },
      KeyUnpinned({ data: { board_id, key }, recordedAt }) {
        unpin.run(board_id, key);
        touch.run(recordedAt, board_id);
      },
      BoardDeleted: ({ data, recordedAt }) => setDeleted.run(recordedAt, recordedAt, data.board_id),
      BoardRestored: ({ data, recordedAt }) => setDeleted.run(null, recordedAt, data.board_id),
    };
  },
};
