import type { Extraction, ExtractionStatus } from '../../server/extractions/contract.ts';

/** A job for tests: one that waits. Only what matters there is named. */
export const anExtraction = (part: Partial<Extraction> = {}): Extraction => ({
  id: 'job',
  url: 'https://youtu.be/abc',
  status: 'pending',
  step: 'queued',
  service: null,
  service_id: null,
  title: null,
  uploader: null,
  duration: null,
  start_ms: null,
  end_ms: null,
  sponsorblock: false,
  playlist: null,
  progress: null,
  ahead: 0,
  error: null,
  sound_id: null,
  duplicate: false,
  price: 5,
  attempt: 1,
  requested_by: 'mira',
  created_at: '2026-11-20T07:56:00.000Z',
  updated_at: '2026-11-20T07:56:00.000Z',
  finished_at: null,
  ...part,
});

/** One that downloads and is known by name. */
export const aDownload = (part: Partial<Extraction> = {}): Extraction =>
  anExtraction({
    status: 'processing',
    step: 'downloading',
    service: 'youtube',
    service_id: 'abc',
    title: 'Submarine klaxon, two minutes of it',
    uploader: 'Deep Sea Sounds',
    duration: 124_000,
    ahead: null,
    ...part,
  });

export const aReadyOne = (part: Partial<Extraction> = {}): Extraction =>
  aDownload({
    status: 'completed',
    step: 'completed',
    sound_id: 'klaxon',
    finished_at: '2026-11-20T07:57:00.000Z',
    updated_at: '2026-11-20T07:57:00.000Z',
    ...part,
  });

export const aFailedOne = (part: Partial<Extraction> = {}): Extraction =>
  aDownload({
    status: 'failed',
    step: 'resolving',
    error: {
      code: 'private',
      message: 'This video is private.',
      advice: 'Ask its owner for access, or take another link.',
      last_words: 'ERROR: [youtube] abc: Private video. Sign in if you have been granted access.',
    },
    finished_at: '2026-11-20T07:57:00.000Z',
    ...part,
  });

/** What GET /admin/extractions/status answers when all is well and nothing runs. */
export const aWorkersStatus = (part: Partial<ExtractionStatus> = {}): ExtractionStatus => ({
  queued: 0,
  running: [],
  workers: 2,
  yt_dlp: {
    state: 'ok',
    version: '2026.11.10',
    age_days: 13,
    source: 'own',
    previous: '2026.10.02',
    javascript: 'deno 2.6.1',
    detail: 'It is up to date.',
  },
  cookies: { set: false, updated_at: null, domains: [] },
  ...part,
});
