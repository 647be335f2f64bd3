import type { Projection } from '../kernel/projections.ts';
import type { InviteEvent } from './invite-events.ts';

export const invitesProjection: Projection<InviteEvent> = {
  name: 'invites',
  version: 1,
  tables: {
    invites: `CREATE TABLE invites (
      id TEXT PRIMARY KEY,
      role TEXT NOT NULL,
      plan TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      issued_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      used_by TEXT,
      used_at INTEGER,
      revoked_at INTEGER
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const issue = storage.prepare(
      'INSERT INTO invites VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL)',
    );
    const use = storage.prepare('UPDATE invites SET used_by = ?, used_at = ? WHERE id = ?');
    const revoke = storage.prepare('UPDATE invites SET revoked_at = ? WHERE id = ?');
    return {
      InviteIssued: ({ data, actor, recordedAt }) =>
        issue.run(data.invite_id, data.role, data.plan, data.expires_at, actor, recordedAt),
      InviteUsed: ({ data, recordedAt }) => use.run(data.user_id, recordedAt, data.invite_id),
      InviteRevoked: ({ data, recordedAt }) => revoke.run(recordedAt, data.invite_id),
    };
  },
};
