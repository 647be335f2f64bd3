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

/** NORMALIZED_AUDIO_FORMAT; also the ending of the files. */
export const normalizedFormats = ['mp3', 'opus', 'ogg', 'm4a', 'flac', 'wav'] as const;
export type NormalizedFormat = (typeof normalizedFormats)[number];

export const normalizationKinds = ['all', 'type', 'sound'] as const;
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
