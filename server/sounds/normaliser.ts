import { done, refuse, type CommandRequest, type Outcome, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { NormalizationJob } from './contract.ts';
import type { DerivedFiles } from './derived-files.ts';
import type { LoudnessTools } from './loudness.ts';
import { createJobLimit } from './job-limit.ts';
import { batchDecider } from './normalisation-decider.ts';
import { batchStream } from './normalisation-events.ts';
import {
  createNormalisationQueries,
  type BatchOf,
  type Candidate,
  type NormalisationQueries,
} from './normalisation-queries.ts';
import { createBatchRun, recordOfSound, type Batch } from './normalise-batch.ts';
import { isLossless, type NormaliseSettings } from './normalise-plan.ts';
import { alreadyNormalising, originalMissing } from './normalise-problems.ts';
import { createNormalisedFiles, type NormalisedFiles } from './normalised-files.ts';
import { soundUnknown } from './problems.ts';
import { createSoundQueries, type SoundQueries } from './queries.ts';

export type NormaliseRequest = {
  readonly of: BatchOf;
  /** Also what is normalised in this way already. */
  readonly force: boolean;
  readonly one_pass: boolean;
};

/** Makes all sounds equally loud, in batches: one at a time, each on the log with its end. */
export const createNormaliser = (
  kernel: Kernel,
  ports: {
    sounds: SoundQueries;
    queries: NormalisationQueries;
    files: NormalisedFiles;
    tools: LoudnessTools;
    wavPath: (hash: string) => string;
    settings: NormaliseSettings;
  },
) => {
  const { bus, logger } = kernel;
  const { queries, files, sounds } = ports;
  const { runBatch, runOne } = createBatchRun(kernel, ports);
  const singly = createJobLimit(1);
  let running: { batch: Batch; work: Promise<void> } | undefined;
  /** Batches of this process whose end could not be kept, on a full disk say. */
  const endNotKept = new Set<string>();

  /** Batches that nobody works on any more: what they did is on the log. */
  const endLeftOvers = (tx: Tx, open: readonly NormalizationJob[]) => {
    for (const { job_id, done: completed, failed } of open) {
      const report = {
        batch_id: job_id,
        state: 'interrupted' as const,
        done: completed,
        failed,
        unmet: 0,
        failures: queries.failuresOf(job_id).map(({ file, reason }) => ({ file, reason })),
      };
      tx.decide(batchDecider, batchStream(job_id), { type: 'FinishBatch', report });
    }
  };

  const run = (batch: Batch) => {
    const work = runBatch(batch)
      .then(() => files.sweep(queries.recorded))
      .then(() => undefined)
      .catch((error: unknown) => {
        endNotKept.add(batch.job.job_id);
        logger.error({ err: error }, 'the end of a normalisation could not be kept');
      })
      .finally(() => {
        // The next one may have begun while this one swept.
        if (running?.batch === batch) running = undefined;
      });
    running = { batch, work };
  };

  const start = async (
    by: CommandRequest,
    { of, force, one_pass }: NormaliseRequest,
  ): Promise<Outcome<NormalizationJob, Problem>> => {
    const settings: NormaliseSettings = { ...ports.settings, ...(one_pass ? { passes: 1 } : {}) };
    const { repeat: _repeat, ...request } = by;
    let todo: readonly Candidate[] = [];
    const outcome = await bus.execute<NormalizationJob, Problem>(by, (tx) => {
      if (of.kind === 'sound') {
        const sound = sounds.playable(of.sound_id);
        if (!sound) return refuse(soundUnknown().problem);
        if (sound.missing) return refuse(originalMissing);
      }
      const open = queries.open();
      if (open.some(({ job_id }) => !endNotKept.has(job_id))) return refuse(alreadyNormalising);
      endLeftOvers(tx, open);
      todo = queries.candidates(of, settings, force);
      const { target_lufs, format, passes, bitrate_kbps } = settings;
      const job_id = tx.newId();
      const total = todo.length;
      const batch = {
        batch_id: job_id,
        kind: of.kind,
        of: of.kind === 'type' ? of.type : of.kind === 'sound' ? of.sound_id : null,
        force,
        passes,
        target_lufs,
        format,
        bitrate_kbps: isLossless(format) ? null : bitrate_kbps,
        total,
      };
      tx.decide(batchDecider, batchStream(job_id), { type: 'StartBatch', batch });
      return done({ job_id, kind: of.kind, total, done: 0, failed: 0, state: 'running' });
    });
    if (outcome.ok && !outcome.repeated) {
      const cancelling = new AbortController();
      run({ job: { ...outcome.result }, todo, request, settings, cancelling });
    }
    return outcome;
  };

  const breakOff = async (state: 'cancelled' | 'interrupted') => {
    if (!running) return;
    const { batch, work } = running;
    if (batch.job.state === 'running') batch.job.state = state;
    batch.cancelling.abort(new Error(`the normalisation was ${state}`));
    await work;
  };

  return {
    start,
    /**
     * A new sound, beside whatever batch runs, as part of the job that made it. Answers why it stays
     * as it is; null when it is levelled. @throws the signal's reason, StorageUnavailable
     */
    one: (
      request: CommandRequest,
      of: { readonly sound_id: string; readonly job_id: string },
      signal: AbortSignal,
    ): Promise<string | null> =>
      singly(async () => {
        const { settings } = ports;
        const { sound_id, job_id } = of;
        const [candidate] = queries.candidates({ kind: 'sound', sound_id }, settings, false);
        if (!candidate) return null;
        const result = await runOne(candidate, { job_id, request, settings, signal });
        return result?.ok === false ? result.reason : null;
      }, signal),
    /** Resolves when nothing runs any more and the end is on the log; undefined: nothing ran. */
    async cancel(): Promise<NormalizationJob | undefined> {
      const job = running?.batch.job;
      await breakOff('cancelled');
      return job;
    },
    /** Says which normalised files are gone, and removes those that nobody has. */
    async tidy(request: CommandRequest): Promise<void> {
      for (const { sound_id, hash } of await files.lost(queries.recorded())) {
        await recordOfSound(kernel, request, sound_id, { type: 'RecordNormalizedFileLost', hash });
      }
      await files.sweep(queries.recorded);
    },
    /** To be called before any batch: ends what a killed server left open. */
    async recover(): Promise<void> {
      const open = queries.open();
      if (open.length === 0) return;
      await bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
        endLeftOvers(tx, open);
        return done(null);
      });
    },
    stop: () => breakOff('interrupted'),
  };
};
export type Normaliser = ReturnType<typeof createNormaliser>;

/** The one normaliser of the house: for the library's doors, and for what makes sounds. */
export const openNormaliser = (
  kernel: Kernel,
  ports: {
    readonly media: LoudnessTools;
    readonly derived: Pick<DerivedFiles, 'wavPath'>;
    readonly soundsDir: string;
    readonly settings: NormaliseSettings;
  },
): Normaliser => {
  const { media, derived, soundsDir, settings } = ports;
  return createNormaliser(kernel, {
    sounds: createSoundQueries(kernel.storage, soundsDir),
    queries: createNormalisationQueries(kernel.storage, soundsDir),
    files: createNormalisedFiles(soundsDir),
    tools: media,
    wavPath: derived.wavPath,
    settings,
  });
};
