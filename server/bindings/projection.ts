import type { Projection } from '../kernel/projections.ts';
import type { BindingEvent } from './events.ts';

export const bindingsProjection: Projection<BindingEvent> = {
  name: 'bindings',
  version: 2,
  tables: {
    bindings: `CREATE TABLE bindings (
      id TEXT PRIMARY KEY,
      terms TEXT NOT NULL,
      position INTEGER NOT NULL,
      triggered_at INTEGER,
      triggers INTEGER NOT NULL DEFAULT 0,
      problem TEXT,
      paused TEXT
    ) STRICT, WITHOUT ROWID`,
    // What the house gave away, also by bindings that were removed since.
    house_runs: `CREATE TABLE house_runs (
      position INTEGER PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX house_runs_by_time ON house_runs (at)`,
  },
  handlers(storage) {
    const define = storage.prepare(
      `INSERT INTO bindings (id, terms, position) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, position = excluded.position`,
    );
    const remove = storage.prepare('DELETE FROM bindings WHERE id = ?');
    const trigger = storage.prepare(
      `UPDATE bindings SET triggered_at = ?, triggers = triggers + 1, problem = ? WHERE id = ?`,
    );
    const pause = storage.prepare('UPDATE bindings SET paused = ? WHERE id = ?');
    const run = storage.prepare('INSERT INTO house_runs VALUES (?, ?)');
    return {
      BindingDefined: ({ data: { binding_id, ...terms }, globalPosition }) =>
        define.run(binding_id, JSON.stringify(terms), globalPosition),
      BindingRemoved: ({ data }) => remove.run(data.binding_id),
      BindingPaused({ data: { binding_id, ...rest }, recordedAt }) {
        pause.run(JSON.stringify({ ...rest, since: recordedAt }), binding_id);
      },
      BindingResumed: ({ data }) => pause.run(null, data.binding_id),
      BindingTriggered({ data, recordedAt, globalPosition }) {
        const { outcome } = data;
        const problem = outcome.result === 'refused' ? outcome.message : null;
        trigger.run(recordedAt, problem, data.binding_id);
        if (data.house_run) run.run(globalPosition, recordedAt);
      },
    };
  },
};
