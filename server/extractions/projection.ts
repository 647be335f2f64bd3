import type { Projection } from '../kernel/projections.ts';
import type { ExtractionEvent } from './events.ts';

export const extractionsProjection: Projection<ExtractionEvent> = {
  name: 'extractions',
  version: 2,
  tables: {
    extractions: `CREATE TABLE extractions (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL,
      origin TEXT NOT NULL,
      url TEXT NOT NULL,
      start_ms INTEGER,
      end_ms INTEGER,
      sponsorblock INTEGER NOT NULL CHECK (sponsorblock IN (0, 1)),
      -- Asked for, and SponsorBlock did not answer.
      marks_missed INTEGER NOT NULL DEFAULT 0 CHECK (marks_missed IN (0, 1)),
      status TEXT NOT NULL CHECK (status IN ('open', 'completed', 'failed', 'cancelled')),
      -- How far the last run came.
      step TEXT NOT NULL,
      service TEXT,
      service_id TEXT,
      title TEXT,
      uploader TEXT,
      duration_ms INTEGER,
      -- JSON.
      playlist TEXT,
      error TEXT,
      sound_id TEXT,
      -- Of the sound's content.
      hash TEXT,
      duplicate INTEGER NOT NULL DEFAULT 0 CHECK (duplicate IN (0, 1)),
      price INTEGER NOT NULL CHECK (price >= 0),
      reservation_id TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      finished_at INTEGER,
      -- Where somebody asked for it last: its place in the queue.
      queued_position INTEGER NOT NULL,
      -- Event id of the request: the cause of what follows from it.
      request_event TEXT NOT NULL,
      correlation_id TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX extractions_by_position ON extractions (position);
    CREATE INDEX extractions_by_user ON extractions (user_id, position);
    CREATE INDEX extractions_open ON extractions (queued_position) WHERE status = 'open';
    CREATE INDEX extractions_ended ON extractions (finished_at) WHERE finished_at IS NOT NULL;
    CREATE INDEX extractions_by_media ON extractions (service, service_id) WHERE status = 'completed'`,
  },
  handlers(storage) {
    const request = storage.prepare(
      `INSERT INTO extractions (id, user_id, origin, url, start_ms, end_ms, sponsorblock, status, step,
         price, reservation_id, attempt, created_at, updated_at, queued_position, request_event,
         correlation_id, position)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'open', 'queued', ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
    );
    const set = (assignments: string) =>
      storage.prepare(`UPDATE extractions SET ${assignments}, updated_at = ? WHERE id = ?`);
    const detect = set(
      `step = 'resolving', service = ?, service_id = ?, title = ?, uploader = ?, duration_ms = ?, playlist = ?,
       marks_missed = ?`,
    );
    const find = set('sound_id = ?, hash = ?');
    const stepTo = set('step = ?');
    const complete = set(
      `status = 'completed', step = 'completed', sound_id = ?, duplicate = ?, finished_at = ?`,
    );
    const fail = set(`status = 'failed', error = ?, finished_at = ?`);
    const cancel = set(`status = 'cancelled', sound_id = NULL, hash = NULL, finished_at = ?`);
    const askAgain = set(
      `status = 'open', step = 'queued', error = NULL, sound_id = NULL, hash = NULL,
       finished_at = NULL, price = ?, reservation_id = ?, attempt = ?, queued_position = ?`,
    );
    const goOn = set(`step = 'queued', attempt = ?`);
    return {
      ExtractionRequested: ({ data, origin, eventId, correlationId, globalPosition, recordedAt }) =>
        request.run(
          data.extraction_id,
          data.user_id,
          origin,
          data.url,
          data.start_ms,
          data.end_ms,
          data.sponsorblock ? 1 : 0,
          data.price,
          data.reservation_id,
          recordedAt,
          recordedAt,
          globalPosition,
          eventId,
          correlationId,
          globalPosition,
        ),
      ServiceDetected: ({ data, recordedAt }) =>
        detect.run(
          data.service,
          data.service_id,
          data.title,
          data.uploader,
          data.duration_ms,
          data.playlist && JSON.stringify(data.playlist),
          data.marks_missed ? 1 : 0,
          recordedAt,
          data.extraction_id,
        ),
      DuplicateDetected: ({ data, recordedAt }) =>
        find.run(data.sound_id, data.hash, recordedAt, data.extraction_id),
      DownloadStarted: ({ data, recordedAt }) =>
        stepTo.run('downloading', recordedAt, data.extraction_id),
      MediaDownloaded: ({ data, recordedAt }) =>
        stepTo.run('converting', recordedAt, data.extraction_id),
      ThumbnailSaved: ({ data, recordedAt }) =>
        stepTo.run('adding', recordedAt, data.extraction_id),
      SoundCreated({ data, recordedAt }) {
        find.run(data.sound_id, data.hash, recordedAt, data.extraction_id);
        stepTo.run('normalizing', recordedAt, data.extraction_id);
      },
      ExtractionNormalized: ({ data, recordedAt }) =>
        stepTo.run('normalizing', recordedAt, data.extraction_id),
      ExtractionCompleted: ({ data, recordedAt }) =>
        complete.run(
          data.sound_id,
          data.duplicate ? 1 : 0,
          recordedAt,
          recordedAt,
          data.extraction_id,
        ),
      ExtractionFailed({ data, recordedAt }) {
        const { extraction_id, ...error } = data;
        fail.run(JSON.stringify(error), recordedAt, recordedAt, extraction_id);
      },
      ExtractionRetried({ data, globalPosition, recordedAt }) {
        const { extraction_id, why, attempt, price, reservation_id } = data;
        if (why !== 'asked') goOn.run(attempt, recordedAt, extraction_id);
        else
          askAgain.run(price, reservation_id, attempt, globalPosition, recordedAt, extraction_id);
      },
      ExtractionCancelled: ({ data, recordedAt }) =>
        cancel.run(recordedAt, recordedAt, data.extraction_id),
    };
  },
};
