import type { Recorded } from '../kernel/event.ts';
import type { ProjectionHandlers } from '../kernel/projections.ts';
import type { Storage } from '../kernel/storage.ts';
import type { PlayerEvent } from '../player/events.ts';

/** Of each room's jukebox the start under way; it becomes a play when enough of it was heard. */
export const trackTable = `CREATE TABLE tracks_under_way (
  room TEXT PRIMARY KEY,
  track_id TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`;

/** The jukebox's part of the play history: who listens is not known, so that nobody has played it. */
export const trackHandlers = (storage: Storage): ProjectionHandlers<PlayerEvent> => {
  const begin = storage.prepare('INSERT OR REPLACE INTO tracks_under_way VALUES (?, ?, ?)');
  const startedAt = storage
    .prepare<[string, string], number>(
      'SELECT started_at FROM tracks_under_way WHERE room = ? AND track_id = ?',
    )
    .pluck();
  const count = storage.prepare(
    `INSERT INTO plays (id, sound_id, source, origin, status, request_event, correlation_id, position, requested_at, started_at)
     VALUES (:track_id, :sound_id, 'player', :origin, 'started', :eventId, :correlationId, :globalPosition, :at, :at)`,
  );
  const endTrack = storage.prepare(
    `UPDATE plays SET status = ?, reason = ?, message = ?, ended_at = ?
     WHERE id = ? AND status = 'started'`,
  );
  const endRoom = storage.prepare(
    `UPDATE plays SET status = 'stopped', ended_at = ? WHERE status = 'started'
       AND id = (SELECT track_id FROM tracks_under_way WHERE room = ?)`,
  );
  const stopped = ({ data, recordedAt }: { data: { room: string }; recordedAt: number }) =>
    endRoom.run(recordedAt, data.room);

  return {
    TrackStarted: ({ data, recordedAt }) => begin.run(data.room, data.track_id, recordedAt),
    TrackCounted({ data, ...event }: Extract<Recorded<PlayerEvent>, { type: 'TrackCounted' }>) {
      const { track_id, sound_id, room } = data;
      const { origin, eventId, correlationId, globalPosition } = event;
      const at = startedAt.get(room, track_id) ?? event.recordedAt;
      count.run({ track_id, sound_id, origin, eventId, correlationId, globalPosition, at });
    },
    TrackFinished: ({ data, recordedAt }) =>
      endTrack.run('finished', null, null, recordedAt, data.track_id),
    TrackFailed: ({ data, recordedAt }) =>
      endTrack.run('failed', data.code, data.message, recordedAt, data.track_id),
    // Whatever else begins, or nothing: what was under way is over.
    TrackChosen: stopped,
    PlaybackStopped: stopped,
    PlaylistLoaded: stopped,
    PlaylistReloaded: (event) => {
      if (event.data.stopped) stopped(event);
    },
  };
};
