import { lstat } from 'node:fs/promises';
import type { Normaliser, SoundQueries } from '../sounds/index.ts';
import { extractionLimits } from './contract.ts';
import { clipOutside, failedBy } from './failures.ts';
import type { Fetch } from './fetch.ts';
import { mediaLimits as limits } from './limits.ts';
import type { MediaSource, ResolvedMedia } from './media-source.ts';
import type { ExtractionQueries, ExtractionRow, Wanted } from './queries.ts';
import { requestOf, type Reports } from './reports.ts';
import type { Run, RunEnd } from './run.ts';
import { makeWorkFolder } from './work-folder.ts';

const wantedOf = (job: ExtractionRow, media: ResolvedMedia): Wanted => {
  const { service, service_id, sponsored } = media;
  const { start_ms, end_ms } = job;
  const sponsorblock = sponsored === null ? 0 : job.sponsorblock;
  return { service, service_id, start_ms, end_ms, sponsorblock };
};

const { clipEndToleranceMs } = extractionLimits;

/** One run of a job, from the link to the sound. */
export const createExtractor = (ports: {
  readonly source: MediaSource;
  readonly fetch: Fetch;
  readonly normaliser: Normaliser;
  readonly sounds: SoundQueries;
  readonly queries: ExtractionQueries;
  readonly reports: Reports;
  readonly tempDir: string;
}) => {
  const { source, fetch, normaliser, sounds, queries, tempDir } = ports;
  const { tell, fail } = ports.reports;

  const resolve = async (
    job: ExtractionRow,
    run: Run,
  ): Promise<{ media: ResolvedMedia } | 'ended'> => {
    if (run.media) return { media: run.media };
    run.stepTo('resolving');
    const sponsorblock = job.sponsorblock === 1;
    const media = await source.resolve(job.url, { sponsorblock, limits, signal: run.signal });
    if (!media.ok) return fail(job, run, failedBy(media));
    const { service, service_id, webpage_url, title, uploader, duration_ms, playlist } = media;
    const detected = { service, service_id, webpage_url, title, uploader, duration_ms, playlist };
    const marks_missed = media.sponsored === null;
    await tell(job, run, { type: 'DetectService', ...detected, marks_missed });
    const length = duration_ms ?? Infinity;
    if ((job.start_ms ?? 0) >= length) return fail(job, run, clipOutside('begins'));
    const end = job.end_ms ?? 0;
    return end > length + clipEndToleranceMs ? fail(job, run, clipOutside('ends')) : { media };
  };

  /** The sound made of the same media, unless its file is gone. */
  const soundThere = async (wanted: Wanted) => {
    const made = queries.soundOf(wanted);
    const sound = made && sounds.playable(made.sound_id);
    if (!sound || sound.missing) return undefined;
    const file = await lstat(sound.path).catch(() => undefined);
    return file?.isFile() ? made : undefined;
  };

  const level = async (job: ExtractionRow, run: Run, sound_id: string): Promise<'ended'> => {
    run.stepTo('normalizing');
    const of = { sound_id, job_id: job.id };
    const normalisation_failure = await normaliser.one(requestOf(job), of, run.signal);
    await tell(job, run, { type: 'Complete', normalisation_failure });
    return 'ended';
  };

  /**
   * Ends when what came of it is on the log. @throws the signal's reason, StorageUnavailable, the
   * system's errors
   */
  return async (job: ExtractionRow, run: Run): Promise<RunEnd> => {
    // An earlier run came as far as that.
    if (job.sound_id !== null) return level(job, run, job.sound_id);
    const resolved = await resolve(job, run);
    if (resolved === 'ended') return resolved;
    run.signal.throwIfAborted();
    const { media } = resolved;
    const wanted = wantedOf(job, media);
    const mediaKey = JSON.stringify(wanted);
    if (!run.claim(mediaKey)) return { waits: mediaKey, media };
    const there = await soundThere(wanted);
    if (there) {
      await tell(job, run, { type: 'FindDuplicate', ...there, by: 'media' });
      return 'ended';
    }
    await using folder = await makeWorkFolder(tempDir, job.id);
    const fetched = await fetch(job, run, media, folder.path);
    return fetched === 'ended' ? fetched : await level(job, run, fetched.sound_id);
  };
};
export type Extractor = ReturnType<typeof createExtractor>;
