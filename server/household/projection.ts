import type { Projection } from '../kernel/projections.ts';
import type { HouseholdEvent } from './events.ts';

export const settingsProjection: Projection<HouseholdEvent> = {
  name: 'settings',
  version: 1,
  tables: {
    settings: `CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL,
      chosen_at INTEGER NOT NULL,
      chosen_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const choose = storage.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?)');
    return {
      SettingChosen: ({ data, recordedAt, actor }) =>
        choose.run(data.name, JSON.stringify(data.value), recordedAt, actor),
    };
  },
};
