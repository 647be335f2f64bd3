import type { Projection } from '../kernel/projections.ts';
import type { BackupEvent } from './events.ts';

export const backupsProjection: Projection<BackupEvent> = {
  name: 'backups',
  version: 2,
  tables: {
    backups: `CREATE TABLE backups (
      at_position INTEGER PRIMARY KEY,
      folder TEXT NOT NULL,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      position INTEGER NOT NULL,
      head TEXT NOT NULL,
      encore_version TEXT NOT NULL,
      database_bytes INTEGER NOT NULL,
      files INTEGER NOT NULL,
      files_bytes INTEGER NOT NULL,
      missing INTEGER NOT NULL,
      left_out INTEGER NOT NULL,
      duration_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX backups_by_name ON backups (folder, name)`,
    backup_failures: `CREATE TABLE backup_failures (
      at_position INTEGER PRIMARY KEY,
      failed_at INTEGER NOT NULL,
      code TEXT NOT NULL,
      reason TEXT NOT NULL
    ) STRICT`,
  },
  handlers(storage) {
    const keep = storage.prepare(
      'INSERT INTO backups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const prune = storage.prepare('DELETE FROM backups WHERE folder = ? AND name = ?');
    const mend = storage.prepare('DELETE FROM backup_failures');
    const fail = storage.prepare('INSERT INTO backup_failures VALUES (?, ?, ?, ?)');
    return {
      BackupCompleted({ globalPosition, recordedAt, data }) {
        for (const name of data.pruned) prune.run(data.folder, name);
        keep.run(
          globalPosition,
          data.folder,
          data.name,
          recordedAt,
          data.position,
          data.head,
          data.encore_version,
          data.database_bytes,
          data.files,
          data.files_bytes,
          data.missing,
          data.left_out,
          data.duration_ms,
        );
        mend.run();
      },
      BackupFailed({ globalPosition, recordedAt, data }) {
        fail.run(globalPosition, recordedAt, data.code, data.reason);
      },
    };
  },
};
