import type { Storage } from '../kernel/storage.ts';
import type { Play } from './contract.ts';

type PlayRow = Omit<Play, 'requested_at' | 'started_at' | 'ended_at'> & {
  position: number;
  requested_at: number;
  started_at: number | null;
  ended_at: number | null;
};

const time = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

const toPlay = ({ position: _, ...row }: PlayRow): Play => ({
  ...row,
  requested_at: new Date(row.requested_at).toISOString(),
  started_at: time(row.started_at),
  ended_at: time(row.ended_at),
});

export type PlayFilter = {
  user_id: string | undefined;
  sound_id: string | undefined;
  from: number | undefined;
  to: number | undefined;
  /** Position of the last play of the page before. */
  before: number | undefined;
  limit: number;
};

/** Prepared reads over the play history, newest first. */
export const createPlayQueries = (storage: Storage) => {
  const columns = `plays.id, sound_id, coalesce(sounds.name, '') AS sound_name, plays.user_id,
    people.name AS user_name, origin, status, reason, message, latency_ms, position, requested_at,
    started_at, ended_at`;
  const joined = `plays LEFT JOIN sounds ON sounds.id = sound_id
    LEFT JOIN people ON people.user_id = plays.user_id`;
  const where = `(:user_id IS NULL OR plays.user_id = :user_id)
    AND (:sound_id IS NULL OR sound_id = :sound_id)
    AND (:from IS NULL OR requested_at >= :from) AND (:to IS NULL OR requested_at < :to)`;
  const page = storage.prepare<[Record<string, unknown>], PlayRow>(
    `SELECT ${columns} FROM ${joined}
     WHERE ${where} AND (:before IS NULL OR position < :before)
     ORDER BY position DESC LIMIT :limit`,
  );
  const count = storage
    .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM plays WHERE ${where}`)
    .pluck();
  const one = storage.prepare<[string], PlayRow>(
    `SELECT ${columns} FROM ${joined} WHERE plays.id = ?`,
  );
  const open = storage
    .prepare<[], string>(`SELECT id FROM plays WHERE status IN ('requested', 'started')`)
    .pluck();
  const cause = storage.prepare<[string], { causationId: string; correlationId: string }>(
    'SELECT request_event AS causationId, correlation_id AS correlationId FROM plays WHERE id = ?',
  );
  const lastPress = storage
    .prepare<[Record<string, unknown>], number | null>(
      `SELECT max(requested_at) FROM plays
       WHERE requested_at > :since AND status <> 'failed'
         AND (:user_id IS NULL OR user_id = :user_id) AND (:sound_id IS NULL OR sound_id = :sound_id)`,
    )
    .pluck();
  return {
    /** When somebody last pressed after `since`: this person, this sound, or anybody. */
    lastPress: (since: number, who: { user_id?: string; sound_id?: string }) =>
      lastPress.get({ since, user_id: who.user_id ?? null, sound_id: who.sound_id ?? null }) ??
      undefined,
    find(id: string): Play | undefined {
      const row = one.get(id);
      return row && toPlay(row);
    },
    list({ limit, before, ...filter }: PlayFilter) {
      const values = Object.fromEntries(
        Object.entries(filter).map(([name, value]) => [name, value ?? null]),
      );
      const rows = page.all({ ...values, before: before ?? null, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(toPlay),
        next_cursor: last ? String(last.position) : null,
        total: count.get(values) ?? 0,
      };
    },
    /** Plays that were requested and have not ended. */
    open: (): string[] => open.all(),
    isOpen(id: string): boolean {
      const status = one.get(id)?.status;
      return status === 'requested' || status === 'started';
    },
    /** What the player's reports of this play follow from. */
    cause: (id: string) => cause.get(id),
  };
};
export type PlayQueries = ReturnType<typeof createPlayQueries>;
