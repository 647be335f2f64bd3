import type { SourceLimits } from './media-source.ts';

/** Of one job. */
export const mediaLimits: SourceLimits = {
  mediaBytesMax: 500 * 1024 * 1024,
  durationMsMax: 6 * 60 * 60_000,
  timeoutMs: 30 * 60_000,
};

export const jobLimits = {
  /** From the first look at the link to the sound, all steps together. */
  jobTimeoutMs: 45 * 60_000,
  /** Of one job on the feed; four a second. */
  progressEveryMs: 250,
  /** Until a job whose course could not be kept, on a full disk say, is taken up again. */
  stalledMs: 30_000,
} as const;
