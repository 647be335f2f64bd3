import type { Projection } from '../kernel/projections.ts';
import type { SoundEvent } from './events.ts';
import type { BatchEvent } from './normalisation-events.ts';

export const normalisationProjection: Projection<SoundEvent | BatchEvent> = {
  name: 'normalisation',
  version: 2,
  tables: {
    // Joined to `sounds`, so that no column may be called as one of those.
    normalized_sounds: `CREATE TABLE normalized_sounds (
      sound_id TEXT PRIMARY KEY,
      normalized_type TEXT NOT NULL,
      normalized_filename TEXT NOT NULL,
      normalized_hash TEXT NOT NULL,
      normalized_size INTEGER NOT NULL,
      normalized_duration_ms INTEGER NOT NULL,
      normalized_demuxer TEXT NOT NULL,
      normalized_format TEXT NOT NULL,
      normalized_bitrate_kbps INTEGER,
      normalized_target_lufs REAL NOT NULL,
      normalized_unmet TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX normalized_sounds_by_hash ON normalized_sounds (normalized_hash)`,
    normalization_batches: `CREATE TABLE normalization_batches (
      position INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      target_lufs REAL NOT NULL,
      total INTEGER NOT NULL,
      done INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL DEFAULT 'running',
      started_at INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;
    CREATE INDEX normalization_batches_by_state ON normalization_batches (state)`,
    normalization_failures: `CREATE TABLE normalization_failures (
      position INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL,
      sound_id TEXT NOT NULL,
      reason TEXT NOT NULL,
      said TEXT NOT NULL
    ) STRICT;
    CREATE INDEX normalization_failures_by_job ON normalization_failures (job_id)`,
  },
  handlers(storage) {
    const keep = storage.prepare(
      'INSERT OR REPLACE INTO normalized_sounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const forget = storage.prepare('DELETE FROM normalized_sounds WHERE sound_id = ?');
    const begin = storage.prepare(
      'INSERT INTO normalization_batches (position, job_id, kind, target_lufs, total, started_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const count = storage.prepare(
      'UPDATE normalization_batches SET done = done + 1, failed = failed + ? WHERE job_id = ?',
    );
    const keepFailure = storage.prepare(
      'INSERT INTO normalization_failures VALUES (?, ?, ?, ?, ?)',
    );
    const end = storage.prepare(
      'UPDATE normalization_batches SET state = ?, done = ?, failed = ?, finished_at = ? WHERE job_id = ?',
    );
    return {
      SoundNormalized({ data }) {
        keep.run(
          data.sound_id,
          data.type,
          data.filename,
          data.hash,
          data.size,
          data.duration_ms,
          data.demuxer,
          data.format,
          data.bitrate_kbps,
          data.target_lufs,
          data.unmet,
        );
        count.run(0, data.batch_id);
      },
      NormalizationFailed({ data, globalPosition }) {
        keepFailure.run(globalPosition, data.batch_id, data.sound_id, data.reason, data.last_words);
        count.run(1, data.batch_id);
      },
      NormalizedFileLost: ({ data }) => forget.run(data.sound_id),
      SoundFileReplaced: ({ data }) => forget.run(data.sound_id),
      SoundPurged: ({ data }) => forget.run(data.sound_id),
      BatchStarted: ({ data, globalPosition, recordedAt }) =>
        begin.run(
          globalPosition,
          data.batch_id,
          data.kind,
          data.target_lufs,
          data.total,
          recordedAt,
        ),
      BatchFinished: ({ data, recordedAt }) =>
        end.run(data.state, data.done, data.failed, recordedAt, data.batch_id),
    };
  },
};
