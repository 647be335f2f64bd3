import type { Projection } from '../kernel/projections.ts';
import type { UserEvent } from './events.ts';

export const usersProjection: Projection<UserEvent> = {
  name: 'users',
  version: 2,
  tables: {
    users: `CREATE TABLE users (
      id TEXT PRIMARY KEY,
      role TEXT NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
      plan TEXT NOT NULL,
      disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
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
    const register = storage.prepare('INSERT INTO users VALUES (?, ?, ?, 0, ?)');
    const setRole = storage.prepare('UPDATE users SET role = ? WHERE id = ?');
    const setPlan = storage.prepare('UPDATE users SET plan = ? WHERE id = ?');
    const setDisabled = storage.prepare('UPDATE users SET disabled = ? WHERE id = ?');
    const forget = storage.prepare('DELETE FROM users WHERE id = ?');
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
      RoleAssigned: ({ data }) => setRole.run(data.role, data.user_id),
      PlanAssigned: ({ data }) => setPlan.run(data.plan, data.user_id),
      UserDisabled: ({ data }) => setDisabled.run(1, data.user_id),
      UserEnabled: ({ data }) => setDisabled.run(0, data.user_id),
      UserForgotten: ({ data }) => forget.run(data.user_id),
    };
  },
};
