import type { Projection } from '../kernel/projections.ts';
import type { ScheduleEvent } from './events.ts';

export const schedulesProjection: Projection<ScheduleEvent> = {
  name: 'schedules',
  version: 1,
  tables: {
    schedules: `CREATE TABLE schedules (
      id TEXT PRIMARY KEY,
      terms TEXT NOT NULL,
      defined_at INTEGER NOT NULL,
      fired_at INTEGER,
      problem TEXT
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const define = storage.prepare(
      `INSERT INTO schedules (id, terms, defined_at) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, defined_at = excluded.defined_at`,
    );
    const remove = storage.prepare('DELETE FROM schedules WHERE id = ?');
    const fire = storage.prepare('UPDATE schedules SET fired_at = ?, problem = NULL WHERE id = ?');
    const fail = storage.prepare('UPDATE schedules SET problem = ? WHERE id = ?');
    return {
      ScheduleDefined: ({ data: { schedule_id, ...terms }, recordedAt }) =>
        define.run(schedule_id, JSON.stringify(terms), recordedAt),
      ScheduleRemoved: ({ data }) => remove.run(data.schedule_id),
      ScheduleFired: ({ data, recordedAt }) => fire.run(recordedAt, data.schedule_id),
      ScheduleFailed: ({ data }) => fail.run(data.message, data.schedule_id),
    };
  },
};
