import type { Projection } from '../kernel/projections.ts';
import type { PlayerEvent } from '../player/events.ts';
import type { PlayEvent } from './events.ts';
import { trackHandlers, trackTable } from './track-plays.ts';

export const playsProjection: Projection<PlayEvent | PlayerEvent> = {
  name: 'plays',
  version: 4,
  tables: {
    plays: `CREATE TABLE plays (
      id TEXT PRIMARY KEY,
      sound_id TEXT NOT NULL,
      user_id TEXT,
      -- Pressed on the board, or a track of the jukebox.
      source TEXT NOT NULL CHECK (source IN ('soundboard', 'player')),
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
    CREATE INDEX plays_open ON plays (source, status) WHERE status IN ('requested', 'started')`,
    tracks_under_way: trackTable,
  },
  handlers(storage) {
    const request = storage.prepare(
      `INSERT INTO plays (id, sound_id, user_id, source, origin, status, request_event, correlation_id, position, requested_at)
       VALUES (?, ?, ?, 'soundboard', ?, 'requested', ?, ?, ?, ?)`,
    );
    const lower = storage.prepare('UPDATE plays SET gain_cap_db = ? WHERE id = ?');
    const start = storage.prepare(
      `UPDATE plays SET status = 'started', latency_ms = ?, started_at = ? WHERE id = ?`,
    );
    const end = storage.prepare(
      'UPDATE plays SET status = ?, reason = ?, message = ?, ended_at = ? WHERE id = ?',
    );
    return {
      ...trackHandlers(storage),
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
