import { join } from 'node:path';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError } from '../kernel/problem.ts';
import {
  soundBytesMax,
  type MediaTools,
  type SoundIntake,
  type Thumbnails,
} from '../sounds/index.ts';
import { failedBy, notKept } from './failures.ts';
import type { JobCommands } from './job-commands.ts';
import { mediaLimits as limits } from './limits.ts';
import type { AudioExtractor, MediaSource, ResolvedMedia } from './media-source.ts';
import type { ExtractionRow } from './queries.ts';
import { requestOf, type Reports } from './reports.ts';
import type { Run } from './run.ts';
import { filenameOf, soundNameOf } from './sound-name.ts';

export type FetchPorts = {
  readonly source: MediaSource;
  readonly audio: AudioExtractor;
  readonly media: Pick<MediaTools, 'picture'>;
  readonly intake: SoundIntake;
  readonly thumbnails: Thumbnails;
  readonly commands: JobCommands;
  readonly reports: Reports;
  /** Absolute. */
  readonly tempDir: string;
  readonly soundsDir: string;
  readonly format: string;
  readonly bitrateKbps: number;
};

/** A sound that is new in the library; `ended`: what came of the job otherwise is on the log. */
type Fetched = { readonly sound_id: string } | 'ended';

type Converted = { readonly path: string; readonly thumbnail_path: string | null };

const wishesOf = ({ start_ms, end_ms }: ExtractionRow, media: ResolvedMedia) => ({
  start_ms,
  end_ms,
  leave_out: media.sponsored ?? [],
  title: media.title,
  artist: media.uploader,
  chapters: media.chapters,
  duration_ms_max: limits.durationMsMax,
  bytes_max: soundBytesMax,
});

/** Downloads, converts, and puts the sound into the library. */
export const createFetch = ({ logger }: Kernel, ports: FetchPorts) => {
  const { source, audio, intake, thumbnails, commands, format, bitrateKbps } = ports;
  const { tell, fail } = ports.reports;

  /** Where it is made, and where it is kept: these may be two disks. */
  const needRoom = async () => {
    await intake.files.needRoom(ports.tempDir);
    await intake.files.needRoom(ports.soundsDir);
  };

  const savePicture = async (job: ExtractionRow, run: Run, hash: string, path: string | null) => {
    // A sound keeps the picture it has.
    if (path === null || thumbnails.has(hash)) return;
    const drawn = await ports.media.picture(path, thumbnails.pathOf(hash), run.signal);
    if (drawn.ok) await tell(job, run, { type: 'RecordThumbnail', hash });
    else logger.warn({ extraction_id: job.id, said: drawn.last_words }, drawn.reason);
  };

  const add = async (
    job: ExtractionRow,
    run: Run,
    media: ResolvedMedia,
    made: Converted,
  ): Promise<Fetched> => {
    run.stepTo('adding');
    using file = await intake.admit(made.path, run.signal);
    await savePicture(job, run, file.hash, made.thumbnail_path);
    run.signal.throwIfAborted();
    const { hash, size } = file;
    const name = soundNameOf(media.title, `${media.service} ${media.service_id}`.slice(0, 100));
    const sound = { type: 'EXT', name, filename: filenameOf(name, format), file } as const;
    const { attempt } = run;
    let isNew = false;
    const kept = await intake.depositFile(
      requestOf(job),
      sound,
      (tx, { sound_id, was_there, added }) => {
        if (!commands.isAtWork(tx, job.id, attempt)) return 'withdrawn';
        isNew = !was_there;
        if (thumbnails.has(hash)) intake.keepPicture(hash);
        const found = { type: 'FindDuplicate', sound_id, hash, by: 'content' } as const;
        const created = { type: 'CreateSound', sound_id, hash, size, added } as const;
        commands.decide(tx, job.id, { ...(was_there ? found : created), attempt });
        return undefined;
      },
      run.signal,
    );
    if (kept.status !== 'refused') return isNew ? { sound_id: kept.sound_id } : 'ended';
    const { problem } = kept;
    return problem.code === 'withdrawn' ? 'ended' : await fail(job, run, notKept(problem));
  };

  const fetch = async (
    job: ExtractionRow,
    run: Run,
    media: ResolvedMedia,
    folder: string,
  ): Promise<Fetched> => {
    const { signal, progress: onProgress } = run;
    await needRoom();
    run.stepTo('downloading');
    await tell(job, run, { type: 'StartDownload' });
    const got = await source.download(media, { folder, limits, signal, onProgress });
    if (!got.ok) return fail(job, run, failedBy(got));
    const { size, thumbnail_path } = got;
    run.stepTo('converting');
    await tell(job, run, { type: 'RecordDownload', size, has_thumbnail: thumbnail_path !== null });
    await needRoom();
    const path = join(folder, `encore.${format}`);
    const wanted = { format, bitrateKbps, ...wishesOf(job, media) };
    const converted = await audio.extractAudio(got.path, path, wanted, signal);
    if (!converted.ok) return fail(job, run, failedBy(converted));
    return add(job, run, media, { path, thumbnail_path });
  };

  /** `folder` belongs to the run. @throws the signal's reason, StorageUnavailable, the system's errors */
  return async (...what: Parameters<typeof fetch>): Promise<Fetched> => {
    try {
      return await fetch(...what);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const [job, run] = what;
      return fail(job, run, notKept(error.problem));
    }
  };
};
export type Fetch = ReturnType<typeof createFetch>;
