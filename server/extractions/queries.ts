import type { Storage } from '../kernel/storage.ts';
import type { Extraction } from './contract.ts';

/** The table `extractions` as it is read. */
export type ExtractionRow = {
  id: string;
  user_id: string;
  origin: string;
  url: string;
  start_ms: number | null;
  end_ms: number | null;
  sponsorblock: 0 | 1;
  marks_missed: 0 | 1;
  status: 'open' | 'completed' | 'failed' | 'cancelled';
  step: Extraction['step'];
  service: string | null;
  service_id: string | null;
  title: string | null;
  uploader: string | null;
  duration_ms: number | null;
  /** JSON. */
  playlist: string | null;
  error: string | null;
  sound_id: string | null;
  duplicate: 0 | 1;
  price: number;
  attempt: number;
  created_at: number;
  updated_at: number;
  finished_at: number | null;
  request_event: string;
  correlation_id: string;
  position: number;
};

/** Which piece of which media: two jobs that agree in it make the same sound. */
export type Wanted = Pick<ExtractionRow, 'start_ms' | 'end_ms' | 'sponsorblock'> & {
  readonly service: string;
  readonly service_id: string;
};

export type ExtractionFilter = {
  /** undefined: everybody's. */
  user_id: string | undefined;
  status: Extraction['status'] | undefined;
  /** Position of the last job of the page before. */
  before: number | undefined;
  limit: number;
};

const conditions = {
  user_id: 'user_id = :user_id',
  pending: `status = 'open' AND id NOT IN (SELECT value FROM json_each(:running))`,
  processing: `status = 'open' AND id IN (SELECT value FROM json_each(:running))`,
  ended: 'status = :status',
  before: 'position < :before',
} as const;

/** Prepared reads over the jobs. */
export const createExtractionQueries = (storage: Storage) => {
  const one = storage.prepare<[string], ExtractionRow>('SELECT * FROM extractions WHERE id = ?');
  const open = storage.prepare<[], ExtractionRow>(
    `SELECT * FROM extractions WHERE status = 'open' ORDER BY queued_position`,
  );
  const openOf = storage
    .prepare<[string], number>(
      `SELECT count(*) FROM extractions WHERE status = 'open' AND user_id = ?`,
    )
    .pluck();
  const ended = storage.prepare<[number], ExtractionRow>(
    `SELECT * FROM extractions WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT ?`,
  );
  const began = storage
    .prepare<[], string>(
      `SELECT id FROM extraction_runs JOIN extractions USING (id) WHERE status = 'open'
       ORDER BY queued_position`,
    )
    .pluck();
  // A sound whose file was replaced since is another one.
  const made = storage.prepare<[Wanted], { sound_id: string; hash: string }>(
    `SELECT sounds.id AS sound_id, sounds.hash FROM extractions JOIN sounds
       ON sounds.id = extractions.sound_id AND sounds.hash = extractions.hash
     WHERE extractions.status = 'completed' AND service = :service AND service_id = :service_id
       AND extractions.start_ms IS :start_ms AND extractions.end_ms IS :end_ms
       AND (sponsorblock AND NOT marks_missed) = :sponsorblock AND missing = 0 AND removed_at IS NULL
     ORDER BY extractions.position DESC LIMIT 1`,
  );
  return {
    find: (id: string): ExtractionRow | undefined => one.get(id),
    /** Neither completed, failed nor cancelled; in the order in which they were asked for. */
    open: (): ExtractionRow[] => open.all(),
    openOf: (userId: string): number => openOf.get(userId) ?? 0,
    /** The latest to end. */
    ended: (most: number): ExtractionRow[] => ended.all(most),
    /** Ids of open jobs that were at work when this was last kept. */
    began: (): string[] => began.all(),
    /** The sound in the library that was made of the same media. */
    soundOf: (wanted: Wanted) => made.get(wanted),
    /** Newest first; `running` tells those that wait from those at work. */
    list({ limit, before, status, user_id }: ExtractionFilter, running: readonly string[]) {
      const ofStatus =
        status === 'pending' || status === 'processing' ? conditions[status] : conditions.ended;
      const asked = [
        ...(user_id === undefined ? [] : [conditions.user_id]),
        ...(status === undefined ? [] : [ofStatus]),
      ];
      const where = (all: readonly string[]) =>
        all.length > 0 ? `WHERE ${all.join(' AND ')}` : '';
      const values = { user_id, status, running: JSON.stringify(running) };
      const rows = storage
        .prepare<[Record<string, unknown>], ExtractionRow>(
          `SELECT * FROM extractions ${where(before === undefined ? asked : [...asked, conditions.before])}
           ORDER BY position DESC LIMIT :limit`,
        )
        .all({ ...values, before, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const total = storage
        .prepare<[Record<string, unknown>], number>(
          `SELECT count(*) FROM extractions ${where(asked)}`,
        )
        .pluck()
        .get(values);
      return { rows, next_cursor: last ? String(last.position) : null, total: total ?? 0 };
    },
  };
};
export type ExtractionQueries = ReturnType<typeof createExtractionQueries>;
