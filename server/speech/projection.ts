import type { Projection } from '../kernel/projections.ts';
import type { SpeechEvent } from './events.ts';

export const speechProjection: Projection<SpeechEvent> = {
  name: 'speech',
  version: 3,
  tables: {
    speeches: `CREATE TABLE speeches (
      id TEXT PRIMARY KEY,
      -- Null: the house.
      user_id TEXT,
      origin TEXT NOT NULL,
      phrase TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('requested', 'completed', 'failed')),
      sound_id TEXT,
      hash TEXT,
      was_there INTEGER CHECK (was_there IN (0, 1)),
      code TEXT,
      -- Event id of the request: the cause of what follows from it.
      request_event TEXT NOT NULL,
      correlation_id TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX speeches_by_phrase ON speeches (phrase, position) WHERE status = 'completed';
    CREATE INDEX speeches_open ON speeches (position) WHERE status = 'requested';
    CREATE INDEX speeches_by_sound ON speeches (sound_id) WHERE status = 'completed'`,
  },
  handlers(storage) {
    const request = storage.prepare(
      `INSERT INTO speeches (id, user_id, origin, phrase, status, request_event, correlation_id, position)
       VALUES (?, ?, ?, ?, 'requested', ?, ?, ?)`,
    );
    const complete = storage.prepare(
      `UPDATE speeches SET status = 'completed', sound_id = ?, hash = ?, was_there = ? WHERE id = ?`,
    );
    const fail = storage.prepare(`UPDATE speeches SET status = 'failed', code = ? WHERE id = ?`);
    return {
      SpeechRequested: ({ data, origin, eventId, correlationId, globalPosition }) =>
        request.run(
          data.speech_id,
          data.user_id,
          origin,
          data.phrase,
          eventId,
          correlationId,
          globalPosition,
        ),
      SpeechCompleted: ({ data }) =>
        complete.run(data.sound_id, data.hash, data.was_there ? 1 : 0, data.speech_id),
      SpeechFailed: ({ data }) => fail.run(data.code, data.speech_id),
    };
  },
};
