import { done, refuse, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import type { NormalizationJob } from './contract.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { soundStream, type SoundEvent } from './events.ts';
import { createJobLimit } from './job-limit.ts';
import { mediaFailure, type MediaFailure } from './media.ts';
import { batchDecider } from './normalisation-decider.ts';
import { batchFailuresKeptMax, batchStream } from './normalisation-events.ts';
import type { Candidate } from './normalisation-queries.ts';
import { normaliseFile, type NormalisedFile, type NormalisePorts } from './normalise-file.ts';
import type { NormaliseSettings } from './normalise-plan.ts';

/** Files at the same time: playing must not be disturbed. */
const filesAtOnceMax = 2;
const progressEveryMs = 250;

/** A batch at work; `job` is kept up to date, and its state may be set to how it is to end. */
export type Batch = {
  readonly job: { -readonly [Key in keyof NormalizationJob]: NormalizationJob[Key] };
  readonly todo: readonly Candidate[];
  readonly request: CommandRequest;
  readonly settings: NormaliseSettings;
  readonly cancelling: AbortController;
};

type Failures = { file: string; reason: string }[];

/** On whose behalf a sound is normalised; `job_id`: the batch, or the job that made the sound. */
type Work = Pick<Batch, 'request' | 'settings'> & {
  readonly job_id: string;
  readonly signal: AbortSignal;
};

const originalFacts = (events: readonly { type: string; data: unknown }[]) => {
  const known = events as readonly SoundEvent[];
  const event = known.findLast(
    (one) => one.type === 'SoundAdded' || one.type === 'SoundFileReplaced',
  );
  return event?.type === 'SoundAdded' || event?.type === 'SoundFileReplaced'
    ? event.data
    : undefined;
};

export const recordOfSound = (
  { bus }: Pick<Kernel, 'bus'>,
  request: CommandRequest,
  soundId: string,
  command: SoundCommand,
) =>
  bus.execute(request, (tx) => {
    const decision = tx.decide(soundDecider, soundStream(soundId), command);
    return decision.accepted ? done(null) : refuse(decision.reason);
  });

/** Works through batches; each sound is on the log as soon as it is done. */
export const createBatchRun = (kernel: Kernel, ports: Omit<NormalisePorts, 'newId'>) => {
  const { bus, clock, logger } = kernel;
  const filePorts: NormalisePorts = { ...ports, newId: kernel.ids };

  const progressOf = ({ job }: Batch) => {
    let last = -Infinity;
    return (title: string | null) => {
      if (job.state === 'running' && clock.monotonic() - last < progressEveryMs) return;
      last = clock.monotonic();
      const { kind: _, ...progress } = job;
      kernel.publish({ type: 'job_progress', data: { job: 'normalize', ...progress, title } });
    };
  };

  /** One sound; null when its original became another one meanwhile. */
  const normaliseOne = async (
    { sound_id, type, path, hash }: Candidate,
    { job_id, request, settings, signal }: Work,
  ): Promise<{ ok: true; unmet: boolean } | MediaFailure | null> => {
    const facts = originalFacts(kernel.log.readStream(soundStream(sound_id)));
    if (!facts || facts.hash !== hash) return null;
    const { channels, sample_rate, duration_ms } = facts;
    const original = { sound_id, type, path, hash, channels, sample_rate, duration_ms };
    let unmet = false;
    let replaced = false;
    const record = async (file: NormalisedFile) => {
      const command = {
        type: 'RecordNormalized',
        file: { ...file, batch_id: job_id },
      } as const;
      replaced = !(await recordOfSound(kernel, request, sound_id, command)).ok;
      unmet = file.unmet !== null;
    };
    const result = await normaliseFile(original, settings, filePorts, record, signal);
    if (!result.ok) return result;
    return replaced ? null : { ok: true, unmet };
  };

  /** What is no answer about a file ends one sound, not the batch; a log that is closed does. */
  const asFailure = (error: unknown, signal: AbortSignal): MediaFailure => {
    signal.throwIfAborted();
    if (error instanceof StorageUnavailable) throw error;
    logger.error({ err: error }, 'a sound could not be normalised');
    const code = (error as NodeJS.ErrnoException).code;
    return code === undefined
      ? mediaFailure('corrupt', 'something unforeseen went wrong; the log has the details')
      : mediaFailure('not_written', `the normalised file cannot be written (${code})`);
  };

  const keepFailure = async (
    { sound_id, filename, hash }: Candidate,
    { job_id, request, settings }: Work,
    { reason, last_words }: MediaFailure,
  ) => {
    logger.warn({ file: filename, said: last_words }, `normalise: ${reason}`);
    const failure = {
      sound_id,
      batch_id: job_id,
      source_hash: hash,
      target_lufs: settings.target_lufs,
      reason,
      last_words,
    };
    const command = { type: 'RecordNormalizationFailed', failure } as const;
    await recordOfSound(kernel, request, sound_id, command);
  };

  const keepEnd = async ({ job, request }: Batch, unmet: number, failures: Failures) => {
    const report = {
      batch_id: job.job_id,
      // A batch that is over has an end of some kind.
      state: job.state === 'running' ? ('interrupted' as const) : job.state,
      done: job.done,
      failed: job.failed,
      unmet,
      failures: failures.slice(0, batchFailuresKeptMax),
    };
    await bus.execute(request, (tx) => {
      tx.decide(batchDecider, batchStream(job.job_id), { type: 'FinishBatch', report });
      return done(null);
    });
    logger.info(report, 'sounds normalised');
  };

  /** One sound to its end on the log; null when it was given up because it is another one now. */
  const runOne = async (
    candidate: Candidate,
    work: Work,
  ): Promise<{ ok: true; unmet: boolean } | MediaFailure | null> => {
    const result = await normaliseOne(candidate, work).catch((error: unknown) =>
      asFailure(error, work.signal),
    );
    if (result?.ok === false) await keepFailure(candidate, work, result);
    return result;
  };

  /** Ends when nothing runs any more and the end is on the log. @throws StorageUnavailable */
  const runBatch = async (batch: Batch): Promise<void> => {
    const { job, todo, request, settings, cancelling } = batch;
    const { signal } = cancelling;
    const work: Work = { job_id: job.job_id, request, settings, signal };
    const limit = createJobLimit(filesAtOnceMax);
    const progress = progressOf(batch);
    const failures: Failures = [];
    let unmet = 0;
    let fault: unknown;
    const one = async (candidate: Candidate) => {
      if (fault !== undefined) return;
      progress(candidate.name);
      const result = await runOne(candidate, work);
      if (result?.ok === false) {
        failures.push({ file: candidate.filename, reason: result.reason });
        job.failed += 1;
      } else if (result?.unmet) unmet += 1;
      job.done += 1;
      progress(candidate.name);
    };
    const remember = (error: unknown) => {
      fault ??= error;
    };
    await Promise.all(todo.map((candidate) => limit(() => one(candidate), signal).catch(remember)));
    if (job.done === job.total) job.state = 'finished';
    else if (job.state === 'running') job.state = 'interrupted';
    if (job.state === 'interrupted') logger.warn({ err: fault }, 'the normalisation broke off');
    await keepEnd(batch, unmet, failures);
    progress(null);
  };

  return { runBatch, runOne };
};
