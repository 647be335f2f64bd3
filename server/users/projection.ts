import type { Projection } from '../kernel/projections.ts';
import type { UserEvent } from './events.ts';

export const usersProjection: Projection<UserEvent> = {
  name: 'users',
  version: 1,
  tables: {
    users: `CREATE TABLE users (
      id TEXT PRIMARY KEY,
      role TEXT NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
      plan TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    api_tokens: `CREATE TABLE api_tokens (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL,
      scopes TEXT NOT NULL,
      kind TEXT NOT NULL,
      prefixes TEXT NOT NULL,
      act_as INTEGER NOT NULL,
      expires_at TEXT,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const register = storage.prepare('INSERT INTO users VALUES (?, ?, ?, ?)');
    const issue = storage.prepare('INSERT INTO api_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const revoke = storage.prepare('DELETE FROM api_tokens WHERE id = ?');
    return {
      UserRegistered: ({ data, recordedAt }) =>
        register.run(data.user_id, data.role, data.plan, recordedAt),
      ApiTokenIssued: ({ data, recordedAt }) =>
        issue.run(
          data.token_id,
          data.user_id,
          JSON.stringify(data.scopes),
          data.kind,
          JSON.stringify(data.prefixes),
          data.act_as ? 1 : 0,
          data.expires_at,
          recordedAt,
        ),
      ApiTokenRevoked: ({ data }) => revoke.run(data.token_id),
    };
  },
};
