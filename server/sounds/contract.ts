/** Wire shapes of the sound library. Durations in ms, sizes in bytes, times RFC 3339 UTC. */
import { z } from 'zod';

/** SDB soundboard, TTS text to speech, EXT extracted. */
export const soundTypes = ['SDB', 'TTS', 'EXT'] as const;
export const soundType = z.enum(soundTypes);
export type SoundType = z.infer<typeof soundType>;

export const soundPolicies = ['overlap', 'restart', 'ignore', 'queue'] as const;

export const sound = z
  .object({
    id: z.string(),
    type: soundType,
    name: z.string(),
    /** Path below the type's folder, `/` between folders. */
    filename: z.string(),
    duration: z.number().int(),
    size: z.number().int(),
    /** SHA-256 of the original file, lower-case hex. */
    hash: z.string(),
    is_normalized: z.boolean(),
    normalized_filename: z.string().nullable(),
    normalized_duration: z.number().int().nullable(),
    normalized_size: z.number().int().nullable(),
    normalized_hash: z.string().nullable(),
    play_count: z.number().int(),
    thumbnail: z.string().nullable(),
    tags: z.array(z.string()),
    /** Decibels added when played. */
    gain: z.number(),
    policy: z.enum(soundPolicies),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Sound' });
export type Sound = z.infer<typeof sound>;

/** What the board needs of every sound, small enough to send 5,000 of them at once. */
export const catalogueItem = z
  .object({
    id: z.string(),
    type: soundType,
    name: z.string(),
    duration: z.number().int(),
    play_count: z.number().int(),
    tags: z.array(z.string()),
  })
  .meta({ id: 'CatalogueItem' });
export type CatalogueItem = z.infer<typeof catalogueItem>;

/** GET /sounds/catalogue: every sound that can be played, most played first. */
export const catalogue = z.object({ items: z.array(catalogueItem) });
export type Catalogue = z.infer<typeof catalogue>;

/** Bars of a waveform thumbnail; each is one hex digit, 0 silent … f the sound's own peak. */
export const waveformBars = 44;

/** GET /sounds/waveforms: sound id → `waveformBars` hex digits. */
export const waveforms = z.object({ items: z.record(z.string(), z.string()) });
export type Waveforms = z.infer<typeof waveforms>;

/** GET /sounds/{id}/waveform: `peaks` are 800 levels along the sound, 0 silent … 255 its own peak. */
export const waveform = z
  .object({ duration: z.number().int(), peaks: z.array(z.number().int().min(0).max(255)) })
  .meta({ id: 'Waveform' });
export type Waveform = z.infer<typeof waveform>;

export const scanReport = z
  .object({
    added: z.array(z.string()),
    updated: z.array(z.string()),
    deleted: z.array(z.string()),
    moved: z.array(z.string()),
    duplicates: z.array(z.string()),
    skipped: z.number().int(),
    errors: z.array(z.object({ file: z.string(), reason: z.string() })),
  })
  .meta({ id: 'ScanReport' });
export type ScanReport = z.infer<typeof scanReport>;

export const jobStates = ['running', 'finished', 'cancelled', 'failed'] as const;

/** Feed message `job_progress`, at most four a second; the last one of a job is not `running`. */
export const jobProgress = z
  .object({
    job: z.string(),
    job_id: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    state: z.enum(jobStates),
    /** What is under work, for people. */
    title: z.string().optional(),
  })
  .meta({ id: 'JobProgress' });
export type JobProgress = z.infer<typeof jobProgress>;

const count = z.number().int();

/** GET /sounds/scan: the scan that runs, or the last that was asked for or found something. */
export const scanJob = z
  .object({
    job_id: z.string(),
    state: z.enum(jobStates),
    started_at: z.string(),
    /** Null while it runs, and for one that the server did not survive. */
    finished_at: z.string().nullable(),
    /** Files; null once it is over. */
    progress: z.object({ done: count, total: count }).nullable(),
    counts: z.object({
      added: count,
      updated: count,
      deleted: count,
      moved: count,
      duplicates: count,
      skipped: count,
    }),
    /** The first hundred. */
    errors: scanReport.shape.errors,
    /** The whole lists; null once the server has been started anew. */
    report: scanReport.nullable(),
    /** Why it failed, for people. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'ScanJob' });
export type ScanJob = z.infer<typeof scanJob>;

export const currentScan = z.object({ scan: scanJob.nullable() });
