import type { NormalizationReport, ScanJob, Sound } from '../../server/sounds/contract.ts';

/** A sound in full for tests; only what matters there is named. */
export const aFullSound = (part: Partial<Sound> = {}): Sound => ({
  id: 'horn',
  type: 'SDB',
  name: 'Air horn',
  filename: 'Air horn.wav',
  duration: 1_900,
  size: 182_444,
  hash: 'a'.repeat(64),
  is_normalized: false,
  normalized_filename: null,
  normalized_duration: null,
  normalized_size: null,
  normalized_hash: null,
  play_count: 0,
  thumbnail: null,
  tags: [],
  gain: 0,
  policy: 'overlap',
  trim: null,
  added_by: null,
  favourite: false,
  created_at: '2026-11-20T07:56:00.000Z',
  updated_at: '2026-11-20T07:56:00.000Z',
  ...part,
});

/** A scan that has ended, with a bit of everything. */
export const aScan = (part: Partial<ScanJob> = {}): ScanJob => ({
  job_id: 'scan-1',
  state: 'finished',
  started_at: '2026-11-20T07:56:00.000Z',
  finished_at: '2026-11-20T07:56:04.000Z',
  progress: null,
  counts: { added: 2, updated: 0, deleted: 0, moved: 0, duplicates: 1, skipped: 40 },
  errors: [{ file: 'broken.mp3', reason: 'no audio in it' }],
  report: {
    added: ['Gong.wav', 'Café.wav'],
    updated: [],
    deleted: [],
    moved: [],
    duplicates: ['Gong copy.wav'],
    skipped: 40,
    errors: [{ file: 'broken.mp3', reason: 'no audio in it' }],
  },
  reason: null,
  ...part,
});

/** A normalisation that has ended, one file of it in vain. */
export const aNormalization = (part: Partial<NormalizationReport> = {}): NormalizationReport => ({
  job_id: 'norm-1',
  kind: 'all',
  total: 3,
  done: 3,
  failed: 1,
  state: 'finished',
  target_lufs: -23,
  failures: [
    { sound_id: 'horn', file: 'Air horn.wav', reason: 'It is silent.', said: 'ffmpeg: -inf LUFS' },
  ],
  started_at: '2026-11-20T07:56:00.000Z',
  finished_at: '2026-11-20T07:56:04.000Z',
  ...part,
});
