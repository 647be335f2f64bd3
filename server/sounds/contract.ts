/** Wire shapes of the sound library. Durations in ms, sizes in bytes, times RFC 3339 UTC. */
import { z } from 'zod';
import { pageOf } from '../kernel/lists.ts';

export { tagOf } from './tags.ts';

/** SDB soundboard, TTS text to speech, EXT extracted. */
export const soundTypes = ['SDB', 'TTS', 'EXT'] as const;
export const soundType = z.enum(soundTypes);
export type SoundType = z.infer<typeof soundType>;

/** What a press does while the same sound still sounds. */
export const soundPolicies = ['overlap', 'restart', 'ignore', 'queue'] as const;
export type SoundPolicy = (typeof soundPolicies)[number];

/** Cue points in the file: what is played of it. */
export const soundTrim = z
  .object({ start_ms: z.number().int(), end_ms: z.number().int() })
  .meta({ id: 'SoundTrim' });
export type SoundTrim = z.infer<typeof soundTrim>;

export const soundLimits = {
  nameCharactersMax: 200,
  tagsMax: 20,
  tagCharactersMax: 40,
  gainDbMin: -24,
  gainDbMax: 12,
  /** Less is a click. */
  trimmedMsMin: 50,
} as const;

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
    /** null: the whole file is played. `duration` is the file's either way. */
    trim: soundTrim.nullable(),
    /** User id of who brought it; null when Encore found it in the folders by itself. */
    added_by: z.string().nullable(),
    /** Of whoever asks. */
    favourite: z.boolean(),
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

/** Of `?limit=`; without it there is none. */
export const catalogueLimitMax = 500;

/** GET /sounds/catalogue: every sound that can be played, most played first; or the first of them. */
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

// oxlint-disable-next-line no-control-regex
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

const tag = z
  .string()
  .trim()
  .min(1, 'a tag needs a letter')
  .max(soundLimits.tagCharactersMax, `at most ${soundLimits.tagCharactersMax} characters`)
  .refine((text) => !controlCharacters.test(text), 'no control characters');

export const soundName = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(soundLimits.nameCharactersMax, `use at most ${soundLimits.nameCharactersMax} characters`)
  .refine((text) => !controlCharacters.test(text), 'no control characters');

export const soundTags = z
  .array(tag)
  .max(soundLimits.tagsMax, `at most ${soundLimits.tagsMax} tags`);

/** PATCH /sounds/{id}: what is left out stays as it is. */
export const soundChangesBody = z
  .strictObject({
    name: soundName.optional(),
    /** All tags it shall have; kept in lower case, each once. */
    tags: soundTags.optional(),
    /** Decibels, rounded to a tenth. */
    gain: z.number().min(soundLimits.gainDbMin).max(soundLimits.gainDbMax).optional(),
    policy: z.enum(soundPolicies).optional(),
    /** null: the whole sound. */
    trim: z
      .strictObject({ start_ms: z.number().int().min(0), end_ms: z.number().int() })
      .refine(({ start_ms, end_ms }) => end_ms - start_ms >= soundLimits.trimmedMsMin, {
        path: ['end_ms'],
        message: `at least ${soundLimits.trimmedMsMin} ms after the start`,
      })
      .nullable()
      .optional(),
  })
  .meta({ id: 'SoundChangesBody' });
export type SoundChangesBody = z.infer<typeof soundChangesBody>;

/** GET /sounds/favourites: ids of the caller's favourites, oldest first. */
export const favourites = pageOf(z.string());

/** A removed sound: what it was, and until when it can come back. */
export const trashedSound = z
  .object({
    id: z.string(),
    type: soundType,
    name: z.string(),
    duration: z.number().int(),
    size: z.number().int(),
    tags: z.array(z.string()),
    play_count: z.number().int(),
    added_by: z.string().nullable(),
    removed_at: z.string(),
    removed_by: z.string(),
    /** When the file is deleted for good. */
    purged_after: z.string(),
  })
  .meta({ id: 'TrashedSound' });
export type TrashedSound = z.infer<typeof trashedSound>;

export const trash = pageOf(trashedSound);

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

/** NORMALIZED_AUDIO_FORMAT; also the ending of the files. */
export const normalizedFormats = ['mp3', 'opus', 'ogg', 'm4a', 'flac', 'wav'] as const;
export type NormalizedFormat = (typeof normalizedFormats)[number];

export const normalizationKinds = ['all', 'type', 'sound', 'picked'] as const;
/** POST /sounds/normalize: as many as a request may name. */
export const normalizedIdsMax = 1000;
export const normalizationStates = ['running', 'finished', 'cancelled', 'interrupted'] as const;

/** A normalisation of many sounds, or of one. */
export const normalizationJob = z
  .object({
    job_id: z.string(),
    kind: z.enum(normalizationKinds),
    /** Sounds that were not normalised in this way yet; with `force`, all of them. */
    total: z.number().int(),
    /** Sounds dealt with, the failed ones included. */
    done: z.number().int(),
    failed: z.number().int(),
    state: z.enum(normalizationStates),
  })
  .meta({ id: 'NormalizationJob' });
export type NormalizationJob = z.infer<typeof normalizationJob>;

/** GET /sounds/normalize: the job that runs, or the last one. */
export const normalizationReport = normalizationJob
  .extend({
    target_lufs: z.number(),
    /** At most 100; `file` is the path below the type's folder, `said` the tool's last lines. */
    failures: z.array(
      z.object({
        sound_id: z.string(),
        file: z.string(),
        reason: z.string(),
        said: z.string(),
      }),
    ),
    started_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'NormalizationReport' });
export type NormalizationReport = z.infer<typeof normalizationReport>;
