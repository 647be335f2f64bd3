import type { Projection } from '../kernel/projections.ts';
import type { PlayEvent } from './events.ts';

export const playsProjection: Projection<PlayEvent> = {
  name: 'plays',
  version: 3,
  tables: {
    plays: `CREATE TABLE plays (
      id TEXT PRIMARY KEY,
      sound_id TEXT NOT NULL,
      user_id TEXT,
      origin TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('requested', 'started', 'finished', 'stopped', 'failed')),
      reason TEXT,
      message TEXT,
      latency_ms REAL,
      gain_cap_db REAL,
      -- Event id of the request: the cause of what the player does with it.
      request_event TEXT NOT NULL,
      correlation_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      requested_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX plays_by_position ON plays (position);
    CREATE INDEX plays_by_time ON plays (requested_at);
    CREATE INDEX plays_open ON plays (status) WHERE status IN ('requested', 'started')`,
  },
  handlers(storage) {
    const request = storage.prepare(
      `INSERT INTO plays (id, sound_id, user_id, origin, status, request_event, correlation_id, position, requested_at)
       VALUES (?, ?, ?, ?, 'requested', ?, ?, ?, ?)`,
    );
    const lower = storage.prepare('UPDATE plays SET gain_cap_db = ? WHERE id = ?');
    const start = storage.prepare(
      `UPDATE plays SET status = 'started', latency_ms = ?, started_at = ? WHERE id = ?`,
    );
    const end = storage.prepare(
      'UPDATE plays SET status = ?, reason = ?, message = ?, ended_at = ? WHERE id = ?',
    );
    return {
      PlayRequested: ({ data, ...event }) =>
        request.run(
          data.play_id,
          data.sound_id,
          data.user_id,
          event.origin,
          event.eventId,
          event.correlationId,
          event.globalPosition,
          event.recordedAt,
        ),
      PlayLowered: ({ data }) => lower.run(data.gain_cap_db, data.play_id),
      PlayStarted: ({ data, recordedAt }) => start.run(data.latency_ms, recordedAt, data.play_id),
      PlayFinished: ({ data, recordedAt }) =>
        end.run('finished', null, null, recordedAt, data.play_id),
      PlayStopped: ({ data, recordedAt }) =>
        end.run('stopped', data.reason, null, recordedAt, data.play_id),
      PlayFailed: ({ data, recordedAt }) =>
        end.run('failed', data.code, data.message, recordedAt, data.play_id),
    };
  },
};
