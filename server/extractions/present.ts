import type { Extraction, ExtractionProgress, ExtractionStep } from './contract.ts';
import type { ExtractionRow } from './queries.ts';

/** What the log does not know of a job: whether it is at work, and how far it is. */
export type Live = {
  /** Of a job at work. */
  readonly step: ExtractionStep | null;
  readonly progress: ExtractionProgress | null;
  /** Of a job that waits. */
  readonly ahead: number | null;
};

const time = (ms: number): string => new Date(ms).toISOString();

/** A job as it is told. */
export const present = (row: ExtractionRow, live: Live): Extraction => {
  const isOpen = row.status === 'open';
  const openStatus = live.step === null ? 'pending' : 'processing';
  return {
    id: row.id,
    url: row.url,
    status: row.status === 'open' ? openStatus : row.status,
    step: isOpen ? (live.step ?? 'queued') : row.step,
    service: row.service,
    service_id: row.service_id,
    title: row.title,
    uploader: row.uploader,
    duration: row.duration_ms,
    start_ms: row.start_ms,
    end_ms: row.end_ms,
    sponsorblock: row.sponsorblock === 1 && row.marks_missed === 0,
    playlist: row.playlist === null ? null : (JSON.parse(row.playlist) as Extraction['playlist']),
    progress: isOpen ? live.progress : null,
    ahead: isOpen ? live.ahead : null,
    error: row.error === null ? null : (JSON.parse(row.error) as Extraction['error']),
    sound_id: row.sound_id,
    duplicate: row.duplicate === 1,
    price: row.price,
    attempt: row.attempt,
    requested_by: row.user_id,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    finished_at: row.finished_at === null ? null : time(row.finished_at),
  };
};
