import { setTimeout as sleep } from 'node:timers/promises';
import { cachedDurationMsMax } from './derived-files.ts';
import { createJobLimit } from './job-limit.ts';
import type { EncodeJob, LoudnessTools, MeasureJob } from './loudness.ts';

/** Processes at the same time: playing must not be disturbed. */
const processesMax = 2;
/** Files of one process. */
const togetherMax = 4;
/** Files to have under way, so that a process that ends finds the next ones waiting. */
export const filesUnderWayMax = 3 * togetherMax;
/** What comes within this of the first goes along with it. */
const gatherMs = 10;

type Member<Job, Answer> = {
  readonly job: Job;
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
  readonly reject: (reason: unknown) => void;
};
type Group<Job, Answer> = {
  readonly signal: AbortSignal | undefined;
  readonly members: Member<Job, Answer>[];
};

type Work<Job, Answer> = {
  alone(job: Job, signal: AbortSignal | undefined): Promise<Answer>;
  together(
    jobs: readonly Job[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Answer[] | undefined>;
};

/** Of one kind of work: what is asked for while all slots are taken goes into the next one together. */
const createGatherer = <Job extends { readonly options: { duration_ms: number } }, Answer>(
  slots: ReturnType<typeof createJobLimit>,
  work: Work<Job, Answer>,
) => {
  let open: Group<Job, Answer> | undefined;

  const run = async ({ members, signal }: Group<Job, Answer>): Promise<void> => {
    const jobs = members.map(({ job }) => job);
    // Whatever went wrong, by itself each gets an answer about itself.
    const answers =
      jobs.length > 1 ? await work.together(jobs, signal).catch(() => undefined) : undefined;
    for (const [index, { job, resolve, reject }] of members.entries()) {
      const answer = answers?.[index];
      if (answer !== undefined) resolve(answer);
      else await work.alone(job, signal).then(resolve, reject);
    }
  };

  const begin = (signal: AbortSignal | undefined): Group<Job, Answer> => {
    const group: Group<Job, Answer> = { signal, members: [] };
    const start = async () => {
      if (group.members.length < togetherMax) await sleep(gatherMs);
      if (open === group) open = undefined;
      signal?.throwIfAborted();
      await run(group);
    };
    slots(start, signal).catch((error: unknown) => {
      if (open === group) open = undefined;
      for (const { reject } of group.members) reject(error);
    });
    return group;
  };

  return (job: Job, signal: AbortSignal | undefined): Promise<Answer> => {
    if (job.options.duration_ms > cachedDurationMsMax) {
      return slots(() => work.alone(job, signal), signal);
    }
    return new Promise((resolve, reject) => {
      if (open?.signal !== signal) open = undefined;
      open ??= begin(signal);
      open.members.push({ job, resolve, reject });
      if (open.members.length === togetherMax) open = undefined;
    });
  };
};

export type LevellingQueue = Pick<LoudnessTools, 'measure' | 'encode'>;

/**
 * The same tools, two processes at a time, each with several clips of the same kind of work: to
 * start a process costs more than to level a clip. Longer sounds have one to themselves.
 */
export const createLevellingQueue = (tools: LoudnessTools): LevellingQueue => {
  const slots = createJobLimit(processesMax);
  const measure = createGatherer(slots, {
    alone: ({ path, options }: MeasureJob, signal) => tools.measure(path, options, signal),
    together: tools.measureTogether,
  });
  const encode = createGatherer(slots, {
    alone: ({ path, outPath, options }: EncodeJob, signal) =>
      tools.encode(path, outPath, options, signal),
    together: tools.encodeTogether,
  });
  return {
    measure: (path, options, signal) => measure({ path, options }, signal),
    encode: (path, outPath, options, signal) => encode({ path, outPath, options }, signal),
  };
};
