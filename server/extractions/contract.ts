/** Wire shapes of extractions: a URL becomes a sound. Times in ms, sizes in bytes. */
import { z } from 'zod';
import { pageOf } from '../kernel/lists.ts';

export const extractionLimits = {
  urlCharactersMax: 2048,
  /** The shortest clip. */
  clipMsMin: 250,
  /** By so much a clip may end behind its original: lengths are told in whole seconds. */
  clipEndToleranceMs: 1000,
  clipStartMsMax: 24 * 60 * 60 * 1000,
  /** Of a cookies file, as browsers export it. */
  cookiesBytesMax: 256 * 1024,
  /** Jobs of one person that wait or run. */
  openPerUserMax: 20,
} as const;

const moments = z.number().int().min(0).max(extractionLimits.clipStartMsMax);

/** POST /extractions/ */
export const extractionBody = z
  .strictObject({
    /** http or https. Spaces around it are forgiven. */
    url: z.string().trim().min(1, 'paste a link').max(extractionLimits.urlCharactersMax),
    /** Where the clip begins and ends in the original; left out: its beginning, its end. */
    start_ms: moments.optional(),
    end_ms: moments.optional(),
    /** Leaves out what SponsorBlock's people marked (sponsors, self-promotion, reminders). */
    sponsorblock: z.boolean().default(false),
  })
  .refine(
    ({ start_ms = 0, end_ms = Infinity }) => end_ms - start_ms >= extractionLimits.clipMsMin,
    { path: ['end_ms'], message: `at least ${extractionLimits.clipMsMin} ms after the start` },
  )
  .meta({ id: 'ExtractionBody' });

export const extractionStatuses = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
] as const;

/** Where a job stands. `queued` waits for a worker; the last one is `completed`. */
export const extractionSteps = [
  'queued',
  'resolving',
  'downloading',
  'converting',
  'adding',
  'normalizing',
  'completed',
] as const;
export type ExtractionStep = (typeof extractionSteps)[number];

/** Why a job failed; each has a plain sentence and advice. */
export const extractionFailureCodes = [
  'unsupported_url',
  'address_refused',
  'unreachable',
  'not_found',
  'private',
  'geo_blocked',
  'sign_in_needed',
  'age_restricted',
  'rate_limited',
  'live',
  'no_audio',
  'too_long',
  'too_large',
  'timed_out',
  'clip_outside',
  'tool_missing',
  'tool_too_old',
  'disk_full',
  'not_kept',
  'interrupted',
  'unknown',
] as const;
export type ExtractionFailureCode = (typeof extractionFailureCodes)[number];

export const extractionError = z.object({
  code: z.enum(extractionFailureCodes),
  /** One plain sentence: what happened. */
  message: z.string(),
  /** One plain sentence: what to do. */
  advice: z.string(),
  /** The last lines that yt-dlp or ffmpeg said; empty when they said nothing. */
  last_words: z.string(),
});

export const extractionProgress = z.object({
  /** 0 to 100; null while the size is unknown. */
  percent: z.number().nullable(),
  bytes: z.number().int(),
  bytes_total: z.number().int().nullable(),
  bytes_per_second: z.number().nullable(),
});
export type ExtractionProgress = z.infer<typeof extractionProgress>;

export const extraction = z
  .object({
    id: z.string(),
    url: z.string(),
    status: z.enum(extractionStatuses),
    step: z.enum(extractionSteps),
    /** yt-dlp's extractor in lower case (`youtube`, `soundcloud`, `generic` …); null until known. */
    service: z.string().nullable(),
    /** The service's own id of the media; a SHA-256 of the final URL for `generic`. */
    service_id: z.string().nullable(),
    title: z.string().nullable(),
    uploader: z.string().nullable(),
    /** Of the original, ms. */
    duration: z.number().int().nullable(),
    start_ms: z.number().int().nullable(),
    end_ms: z.number().int().nullable(),
    sponsorblock: z.boolean(),
    /** The URL was a list: its first entry was taken. `entries` is null when the service does not say. */
    playlist: z
      .object({ title: z.string().nullable(), entries: z.number().int().nullable() })
      .nullable(),
    /** Of a running download; as the server knows it when asked. */
    progress: extractionProgress.nullable(),
    /** Jobs before this one while it waits; null when it does not. */
    ahead: z.number().int().nullable(),
    error: extractionError.nullable(),
    /** The sound it became, or the one that was there. */
    sound_id: z.string().nullable(),
    /** Already in the library: nothing was charged. */
    duplicate: z.boolean(),
    /** Credits reserved at the request; null without a price. */
    price: z.number().int(),
    attempt: z.number().int(),
    /** User id. */
    requested_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Extraction' });
export type Extraction = z.infer<typeof extraction>;

/** GET /extractions/{id}: the job with all that happened, oldest first. */
export const extractionDetail = extraction
  .extend({
    history: z.array(
      z.object({
        /** Event type, such as `MediaDownloaded`. */
        event: z.string(),
        at: z.string(),
        /** One sentence for a person; empty when the type says all. */
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'ExtractionDetail' });
export type ExtractionDetail = z.infer<typeof extractionDetail>;

/** GET /extractions/: newest first; admins see everybody's with `?user_id=` or `?everybody=true`. */
export const extractionPage = pageOf(extraction);

/** POST /extractions/: `balance` and `available` as in GET /credits. */
export const extractionStarted = extraction
  .extend({ balance: z.number().int(), available: z.number().int() })
  .meta({ id: 'ExtractionStarted' });

/** GET /admin/extractions/status */
export const extractionStatus = z
  .object({
    /** Waiting. */
    queued: z.number().int(),
    running: z.array(
      z.object({ id: z.string(), user_id: z.string(), step: z.enum(extractionSteps) }),
    ),
    workers: z.number().int(),
    yt_dlp: z.object({
      state: z.enum(['ok', 'old', 'missing']),
      version: z.string().nullable(),
      /** Days since that version was released. */
      age_days: z.number().int().nullable(),
      /** The copy that Encore keeps itself, the system's, or the one configured. */
      source: z.enum(['own', 'system', 'configured']).nullable(),
      /** The version that a roll-back would bring back. */
      previous: z.string().nullable(),
      /** The runtime for sites that need JavaScript; null when this yt-dlp takes none. */
      javascript: z.string().nullable(),
      /** For a person; what to do when it is old or missing. */
      detail: z.string(),
    }),
    cookies: z.object({
      set: z.boolean(),
      updated_at: z.string().nullable(),
      /** Domains in it, sorted. */
      domains: z.array(z.string()),
    }),
  })
  .meta({ id: 'ExtractionStatus' });
export type ExtractionStatus = z.infer<typeof extractionStatus>;

/** PUT /admin/extractions/cookies: Netscape format, as browser add-ons export it. */
export const cookiesBody = z.strictObject({
  cookies: z.string().min(1).max(extractionLimits.cookiesBytesMax),
});

/** POST /admin/extractions/update: what came of it. */
export const ytDlpUpdate = z
  .object({
    outcome: z.enum(['updated', 'current', 'rolled_back', 'failed']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** One sentence for a person. */
    detail: z.string(),
  })
  .meta({ id: 'YtDlpUpdate' });
export type YtDlpUpdate = z.infer<typeof ytDlpUpdate>;

/** Feed `extraction_changed`: the whole job, to whoever asked for it and admins. */
export const extractionChanged = z.object({ extraction });

/** Feed `job_progress` of a running download, at most four a second, to the same people. */
export const extractionJobProgress = z.object({
  job: z.literal('extraction'),
  job_id: z.string(),
  step: z.enum(extractionSteps),
  progress: extractionProgress,
});
