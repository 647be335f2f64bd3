import type { Projection } from '../kernel/projections.ts';
import type { PlayEvent } from '../soundboard/events.ts';
import type { SoundEvent } from './events.ts';

export const soundsProjection: Projection<SoundEvent | PlayEvent> = {
  name: 'sounds',
  version: 1,
  tables: {
    sounds: `CREATE TABLE sounds (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL CHECK (type IN ('SDB', 'TTS', 'EXT')),
      name TEXT NOT NULL,
      filename TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL CHECK (size >= 0),
      duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
      demuxer TEXT NOT NULL,
      tags TEXT NOT NULL,
      missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
      play_count INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sounds_by_place ON sounds (type, filename);
    CREATE INDEX sounds_by_plays ON sounds (missing, play_count DESC, name)`,
  },
  handlers(storage) {
    const add = storage.prepare(
      `INSERT INTO sounds (id, type, name, filename, hash, size, duration_ms, demuxer, tags, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const replace = storage.prepare(
      'UPDATE sounds SET type = ?, filename = ?, hash = ?, size = ?, duration_ms = ?, demuxer = ?, updated_at = ? WHERE id = ?',
    );
    const move = storage.prepare(
      'UPDATE sounds SET type = ?, filename = ?, updated_at = ? WHERE id = ?',
    );
    const setMissing = storage.prepare(
      'UPDATE sounds SET missing = ?, updated_at = ? WHERE id = ?',
    );
    const count = storage.prepare('UPDATE sounds SET play_count = play_count + 1 WHERE id = ?');
    return {
      SoundAdded: ({ data, recordedAt }) =>
        add.run(
          data.sound_id,
          data.type,
          data.name,
          data.filename,
          data.hash,
          data.size,
          data.duration_ms,
          data.demuxer,
          JSON.stringify(data.tags),
          recordedAt,
          recordedAt,
        ),
      SoundFileReplaced: ({ data, recordedAt }) =>
        replace.run(
          data.type,
          data.filename,
          data.hash,
          data.size,
          data.duration_ms,
          data.demuxer,
          recordedAt,
          data.sound_id,
        ),
      SoundFileMoved: ({ data, recordedAt }) =>
        move.run(data.type, data.filename, recordedAt, data.sound_id),
      SoundMissing: ({ data, recordedAt }) => setMissing.run(1, recordedAt, data.sound_id),
      SoundFound: ({ data, recordedAt }) => setMissing.run(0, recordedAt, data.sound_id),
      // Board plays count when they start.
      PlayStarted: ({ data }) => count.run(data.sound_id),
    };
  },
};
