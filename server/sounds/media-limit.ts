import { createJobLimit } from './job-limit.ts';
import type { LoudnessTools } from './loudness.ts';
import type { MediaTools } from './media.ts';

/** The same tools, of which at most `jobsMax` run at a time, whoever asks: scan, upload or preview. */
export const limitMedia = (
  media: MediaTools & LoudnessTools,
  jobsMax: number,
): MediaTools & LoudnessTools => {
  const limit = createJobLimit(jobsMax);
  return {
    // The normaliser has a limit of its own, below everybody else's.
    ...media,
    probe: (path, signal) => limit(() => media.probe(path, signal), signal),
    decodeToWav: (path, outPath, options, signal) =>
      limit(() => media.decodeToWav(path, outPath, options, signal), signal),
    peaks: (path, signal) => limit(() => media.peaks(path, signal), signal),
    picture: (path, outPath, signal) => limit(() => media.picture(path, outPath, signal), signal),
  };
};
