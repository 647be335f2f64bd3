import type { Projection } from '../kernel/projections.ts';
import type { Storage } from '../kernel/storage.ts';
import type { SoundEvent } from '../sounds/events.ts';

/**
 * What sounds were called before. An automation knows a sound by its name, and goes on doing so
 * after somebody has renamed it.
 */
export const formerNamesProjection: Projection<SoundEvent> = {
  name: 'former_names',
  version: 1,
  tables: {
    sound_names: `CREATE TABLE sound_names (
      sound_id TEXT PRIMARY KEY,
      name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    former_names: `CREATE TABLE former_names (
      name TEXT NOT NULL COLLATE NOCASE,
      sound_id TEXT NOT NULL,
      PRIMARY KEY (name, sound_id)
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const name = storage.prepare('INSERT OR REPLACE INTO sound_names VALUES (?, ?)');
    const keep = storage.prepare(
      'INSERT OR IGNORE INTO former_names SELECT name, sound_id FROM sound_names WHERE sound_id = ?',
    );
    return {
      SoundAdded: ({ data }) => name.run(data.sound_id, data.name),
      SoundRenamed({ data }) {
        keep.run(data.sound_id);
        name.run(data.sound_id, data.name);
      },
    };
  },
};

export const createFormerNames = (storage: Storage) => {
  const called = storage
    .prepare<[string], string>(
      `SELECT sound_id FROM former_names JOIN sounds ON sounds.id = sound_id
       WHERE former_names.name = ? AND missing = 0 AND removed_at IS NULL LIMIT 6`,
    )
    .pluck();
  return {
    /** Ids of listed sounds that were called so, any case; a handful at most. */
    soundsOnceCalled: (name: string): string[] => called.all(name.trim()),
  };
};
export type FormerNames = ReturnType<typeof createFormerNames>;
