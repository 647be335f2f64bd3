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

const conditions = {
  user_id: 'plays.user_id = :user_id',
  sound_id: 'sound_id = :sound_id',
  from: 'requested_at >= :from',
  to: 'requested_at < :to',
} as const;

/** Prepared reads over the play history, newest first. */
export const createPlayQueries = (storage: Storage) => {
  const columns = `plays.id, sound_id, coalesce(sounds.name, '') AS sound_name, plays.user_id,
    people.name AS user_name, source, origin, status, reason, message, latency_ms, position, requested_at,
    started_at, ended_at`;
  const joined = `plays LEFT JOIN sounds ON sounds.id = sound_id
    LEFT JOIN people ON people.user_id = plays.user_id`;
  const one = storage.prepare<[string], PlayRow>(
    `SELECT ${columns} FROM ${joined} WHERE plays.id = ?`,
  );
  const open = storage
    .prepare<[], string>(
      `SELECT id FROM plays WHERE source = 'soundboard' AND status IN ('requested', 'started')`,
    )
    .pluck();
  const cause = storage.prepare<[string], { causationId: string; correlationId: string }>(
    'SELECT request_event AS causationId, correlation_id AS correlationId FROM plays WHERE id = ?',
  );
  const gainCap = storage
    .prepare<[string], number | null>('SELECT gain_cap_db FROM plays WHERE id = ?')
    .pluck();
  const lastPress = storage
    .prepare<[Record<string, unknown>], number | null>(
      `SELECT max(requested_at) FROM plays
       WHERE requested_at > :since AND source = 'soundboard' AND status <> 'failed'
         AND (:user_id IS NULL OR user_id = :user_id) AND (:sound_id IS NULL OR sound_id = :sound_id)`,
    )
    .pluck();
  const lastSound = storage
    .prepare<[], string>(
      `SELECT sound_id FROM plays WHERE source = 'soundboard' ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  return {
    /** What was pressed last on the board, if anything ever was. */
    lastSound: (): string | undefined => lastSound.get(),
    /** When somebody last pressed after `since`: this person, this sound, or anybody. */
    lastPress: (since: number, who: { user_id?: string; sound_id?: string }) =>
      lastPress.get({ since, user_id: who.user_id ?? null, sound_id: who.sound_id ?? null }) ??
      undefined,
    find(id: string): Play | undefined {
      const row = one.get(id);
      return row && toPlay(row);
    },
    list({ limit, before, ...filter }: PlayFilter) {
      // Only what is asked for becomes SQL, so that SQLite can use the index that fits.
      const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
      const sql = asked.map(([name]) => conditions[name as keyof typeof conditions]);
      const where = (all: string[]) => (all.length > 0 ? `WHERE ${all.join(' AND ')}` : '');
      const values = Object.fromEntries(asked);
      const rows = storage
        .prepare<[Record<string, unknown>], PlayRow>(
          `SELECT ${columns} FROM ${joined} ${where(before === undefined ? sql : [...sql, 'position < :before'])}
           ORDER BY position DESC LIMIT :limit`,
        )
        .all({ ...values, ...(before === undefined ? {} : { before }), limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const total = storage
        .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM plays ${where(sql)}`)
        .pluck()
        .get(values);
      return {
        items: rows.map(toPlay),
        next_cursor: last ? String(last.position) : null,
        total: total ?? 0,
      };
    },
    /** Presses that were requested and have not ended. */
    open: (): string[] => open.all(),
    isOpen(id: string): boolean {
      const status = one.get(id)?.status;
      return status === 'requested' || status === 'started';
    },
    /** The gain in dB that it gets at most; null: no cap. */
    gainCapDb: (id: string): number | null => gainCap.get(id) ?? null,
    /** What the player's reports of this play follow from. */
    cause: (id: string) => cause.get(id),
  };
};
export type PlayQueries = ReturnType<typeof createPlayQueries>;
