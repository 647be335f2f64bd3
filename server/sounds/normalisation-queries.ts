import { join } from 'node:path';
import type { Storage } from '../kernel/storage.ts';
import type { NormalizationJob, NormalizationReport, SoundType } from './contract.ts';
import { typeFolders } from './library-walk.ts';
import type { NormalisedPlace } from './normalised-files.ts';
import { isLossless, type NormaliseSettings } from './normalise-plan.ts';
import { batchFailuresKeptMax } from './normalisation-events.ts';
import { isListed } from './sound-rows.ts';

/** Which sounds a batch is about. */
export type BatchOf =
  | { readonly kind: 'all' }
  | { readonly kind: 'type'; readonly type: SoundType }
  | { readonly kind: 'sound'; readonly sound_id: string }
  | { readonly kind: 'picked'; readonly sound_ids: readonly string[] };

/** A sound that waits to be normalised. */
export type Candidate = {
  readonly sound_id: string;
  readonly name: string;
  readonly type: SoundType;
  readonly filename: string;
  readonly path: string;
  readonly hash: string;
  readonly duration_ms: number;
};

type RecordedFile = NormalisedPlace & {
  readonly sound_id: string;
  readonly hash: string;
  readonly size: number;
};

type BatchRow = Omit<NormalizationReport, 'failures' | 'started_at' | 'finished_at'> & {
  started_at: number;
  finished_at: number | null;
};

const toJob = ({ job_id, kind, total, done, failed, state }: BatchRow): NormalizationJob => ({
  job_id,
  kind,
  total,
  done,
  failed,
  state,
});

/** As JSON; null where no sound is named. */
const idsOf = (of: BatchOf): string | null => {
  if (of.kind === 'sound') return JSON.stringify([of.sound_id]);
  return of.kind === 'picked' ? JSON.stringify(of.sound_ids) : null;
};

/** Prepared reads over normalised files and batches. */
export const createNormalisationQueries = (storage: Storage, soundsDir: string) => {
  const candidates = storage.prepare<[Record<string, unknown>], Omit<Candidate, 'path'>>(
    `SELECT id AS sound_id, name, type, filename, hash, duration_ms
     FROM sounds LEFT JOIN normalized_sounds ON sound_id = id
     WHERE ${isListed}
       AND (:type IS NULL OR type = :type)
       AND (:sound_ids IS NULL OR id IN (SELECT value FROM json_each(:sound_ids)))
       AND (:force = 1 OR sound_id IS NULL
         OR normalized_target_lufs <> :target_lufs
         OR normalized_format <> :format
         OR normalized_bitrate_kbps IS NOT :bitrate_kbps)
     ORDER BY play_count DESC, id`,
  );
  const recorded = storage.prepare<[], RecordedFile>(
    `SELECT sound_id, normalized_type AS type, normalized_filename AS filename,
       normalized_hash AS hash, normalized_size AS size FROM normalized_sounds`,
  );
  const ofHash = storage.prepare<[string]>(
    'SELECT 1 FROM normalized_sounds WHERE normalized_hash = ?',
  );
  const job = storage.prepare<[string], BatchRow>(
    'SELECT * FROM normalization_batches WHERE job_id = ?',
  );
  const last = storage.prepare<[], BatchRow>(
    'SELECT * FROM normalization_batches ORDER BY position DESC LIMIT 1',
  );
  const open = storage.prepare<[], BatchRow>(
    `SELECT * FROM normalization_batches WHERE state = 'running' ORDER BY position`,
  );
  const failures = storage.prepare<[string, number], NormalizationReport['failures'][number]>(
    `SELECT sound_id, coalesce(filename, '') AS file, reason, said
     FROM normalization_failures LEFT JOIN sounds ON id = sound_id
     WHERE job_id = ? ORDER BY position LIMIT ?`,
  );
  const failuresOf = (jobId: string) => failures.all(jobId, batchFailuresKeptMax);

  return {
    /** Sounds that are not normalised in this way, the most played first; with `force`, all. */
    candidates(of: BatchOf, settings: NormaliseSettings, force: boolean): Candidate[] {
      const { target_lufs, format, bitrate_kbps } = settings;
      const rows = candidates.all({
        type: of.kind === 'type' ? of.type : null,
        sound_ids: idsOf(of),
        force: force ? 1 : 0,
        target_lufs,
        format,
        bitrate_kbps: isLossless(format) ? null : bitrate_kbps,
      });
      return rows.map((row) => ({
        ...row,
        path: join(soundsDir, 'originals', typeFolders[row.type], row.filename),
      }));
    },
    /** Every normalised file that the board may play. */
    recorded: (): RecordedFile[] => recorded.all(),
    holds: (hash: string): boolean => ofHash.get(hash) !== undefined,
    job(jobId: string): NormalizationJob | undefined {
      const row = job.get(jobId);
      return row && toJob(row);
    },
    /** Batches without an end: one that runs, or that a killed server left behind. */
    open: (): NormalizationJob[] => open.all().map(toJob),
    failuresOf,
    last(): NormalizationReport | undefined {
      const row = last.get();
      if (!row) return undefined;
      return {
        ...toJob(row),
        target_lufs: row.target_lufs,
        failures: failuresOf(row.job_id),
        started_at: new Date(row.started_at).toISOString(),
        finished_at: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
      };
    },
  };
};
export type NormalisationQueries = ReturnType<typeof createNormalisationQueries>;
