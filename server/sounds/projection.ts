import type { Projection } from '../kernel/projections.ts';
import type { PlayerEvent } from '../player/events.ts';
import type { PlayEvent } from '../soundboard/events.ts';
import type { UserEvent } from '../users/events.ts';
import type { SoundEvent } from './events.ts';

export const soundsProjection: Projection<SoundEvent | PlayEvent | PlayerEvent | UserEvent> = {
  name: 'sounds',
  version: 3,
  tables: {
    sounds: `CREATE TABLE sounds (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL CHECK (type IN ('SDB', 'TTS', 'EXT')),
      name TEXT NOT NULL,
      filename TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL CHECK (size >= 0),
      duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
      channels INTEGER NOT NULL,
      demuxer TEXT NOT NULL,
      tags TEXT NOT NULL,
      gain_db REAL NOT NULL DEFAULT 0,
      policy TEXT NOT NULL DEFAULT 'overlap',
      trim_start_ms INTEGER,
      trim_end_ms INTEGER,
      -- Who brought it; NULL: it was found in the folders.
      added_by TEXT,
      missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
      removed_at INTEGER,
      removed_by TEXT,
      -- Of a removed sound: has its file left the folders.
      trashed INTEGER NOT NULL DEFAULT 0 CHECK (trashed IN (0, 1)),
      purged_at INTEGER,
      play_count INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((trim_start_ms IS NULL) = (trim_end_ms IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sounds_by_place ON sounds (type, filename);
    CREATE INDEX sounds_removed ON sounds (removed_at) WHERE removed_at IS NOT NULL`,
    favourites: `CREATE TABLE favourites (
      user_id TEXT NOT NULL,
      sound_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (user_id, sound_id)
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const add = storage.prepare(
      `INSERT INTO sounds (id, type, name, filename, hash, size, duration_ms, channels, demuxer, tags,
         added_by, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const replace = storage.prepare(
      `UPDATE sounds SET type = ?, filename = ?, hash = ?, size = ?, duration_ms = ?, channels = ?,
         demuxer = ?, updated_at = ? WHERE id = ?`,
    );
    const set = (assignments: string) =>
      storage.prepare(`UPDATE sounds SET ${assignments}, updated_at = ? WHERE id = ?`);
    const move = set('type = ?, filename = ?');
    const setMissing = set('missing = ?');
    const rename = set('name = ?');
    const tag = set('tags = ?');
    const setGain = set('gain_db = ?');
    const setPolicy = set('policy = ?');
    const trim = set('trim_start_ms = ?, trim_end_ms = ?');
    const remove = storage.prepare('UPDATE sounds SET removed_at = ?, removed_by = ? WHERE id = ?');
    const trash = storage.prepare('UPDATE sounds SET trashed = 1 WHERE id = ?');
    const purge = storage.prepare('UPDATE sounds SET purged_at = ? WHERE id = ?');
    const restore = set('removed_at = NULL, removed_by = NULL, trashed = 0, purged_at = NULL');
    const count = storage.prepare('UPDATE sounds SET play_count = play_count + 1 WHERE id = ?');
    const favourite = storage.prepare('INSERT OR IGNORE INTO favourites VALUES (?, ?, ?)');
    const unfavourite = storage.prepare(
      'DELETE FROM favourites WHERE user_id = ? AND sound_id = ?',
    );
    const forget = storage.prepare('DELETE FROM favourites WHERE user_id = ?');
    return {
      SoundAdded: ({ data, actor, recordedAt }) =>
        add.run(
          data.sound_id,
          data.type,
          data.name,
          data.filename,
          data.hash,
          data.size,
          data.duration_ms,
          data.channels,
          data.demuxer,
          JSON.stringify(data.tags),
          actor === 'system' ? null : actor,
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
          data.channels,
          data.demuxer,
          recordedAt,
          data.sound_id,
        ),
      SoundFileMoved: ({ data, recordedAt }) =>
        move.run(data.type, data.filename, recordedAt, data.sound_id),
      SoundMissing: ({ data, recordedAt }) => setMissing.run(1, recordedAt, data.sound_id),
      SoundFound: ({ data, recordedAt }) => setMissing.run(0, recordedAt, data.sound_id),
      SoundRenamed: ({ data, recordedAt }) => rename.run(data.name, recordedAt, data.sound_id),
      SoundTagged: ({ data, recordedAt }) =>
        tag.run(JSON.stringify(data.tags), recordedAt, data.sound_id),
      SoundGainSet: ({ data, recordedAt }) => setGain.run(data.gain_db, recordedAt, data.sound_id),
      SoundPolicySet: ({ data, recordedAt }) =>
        setPolicy.run(data.policy, recordedAt, data.sound_id),
      SoundTrimmed: ({ data, recordedAt }) =>
        trim.run(data.trim?.start_ms ?? null, data.trim?.end_ms ?? null, recordedAt, data.sound_id),
      SoundRemoved: ({ data, actor, recordedAt }) => remove.run(recordedAt, actor, data.sound_id),
      SoundFileTrashed: ({ data }) => trash.run(data.sound_id),
      SoundRestored: ({ data, recordedAt }) => restore.run(recordedAt, data.sound_id),
      SoundPurged: ({ data, recordedAt }) => purge.run(recordedAt, data.sound_id),
      SoundFavourited: ({ data, recordedAt }) =>
        favourite.run(data.user_id, data.sound_id, recordedAt),
      SoundUnfavourited: ({ data }) => unfavourite.run(data.user_id, data.sound_id),
      UserForgotten: ({ data }) => forget.run(data.user_id),
      // Board plays count when they start.
      PlayStarted: ({ data }) => count.run(data.sound_id),
      // A track of the jukebox when enough of it was heard.
      TrackCounted: ({ data }) => count.run(data.sound_id),
    };
  },
};
