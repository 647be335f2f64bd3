import type { Announcement } from '../../kernel/door.ts';
import type { FeedMessage } from '../../kernel/feed.ts';
import { createPace, type Pace } from '../../kernel/pace.ts';
import type { JobProgress } from '../../sounds/contract.ts';
import { mqttLimits } from './limits.ts';

type JobState = { readonly percent: number; readonly stage: string; readonly title: string };
type Step = { readonly id: string; readonly state: JobState; readonly ended: boolean };
type Job = { last: JobState; readonly pace: Pace; clearing: NodeJS.Timeout | undefined };

const percentOf = ({ done, total, state }: JobProgress): number => {
  if (state === 'finished') return 100;
  return total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
};

/** Of extractions their own room tells: more than their progress is to be told of. */
const stepOf = ({ type, data }: Pick<FeedMessage, 'type' | 'data'>): Step | undefined => {
  if (type !== 'job_progress' || data['job'] === 'extraction') return undefined;
  const progress = data as JobProgress;
  const { job_id: id, job, state: stage, title = job } = progress;
  const state = { percent: percentOf(progress), stage, title };
  return { id, state, ended: stage !== 'running' };
};

/** Keeps `state/jobs/<id>` of what the feed tells of long work, and clears it some time after. */
export const createJobStates = (announce: (announcement: Announcement) => void) => {
  const jobs = new Map<string, Job>();

  const tell = (id: string, payload: Announcement['payload']) =>
    announce({ topic: `state/jobs/${id}`, payload, retain: true, qos: 0 });

  const begin = (id: string, state: JobState): Job => {
    const pace = createPace(mqttLimits.jobStateMs, () => tell(id, job.last));
    const job: Job = { last: state, pace, clearing: undefined };
    jobs.set(id, job);
    return job;
  };

  const end = (id: string, job: Job) => {
    job.pace.stop();
    tell(id, job.last);
    job.clearing = setTimeout(() => {
      jobs.delete(id);
      tell(id, '');
    }, mqttLimits.endedJobMs).unref();
  };

  return {
    hear(message: Pick<FeedMessage, 'type' | 'data'>): void {
      const step = stepOf(message);
      if (!step) return;
      const { id, state, ended } = step;
      const known = jobs.get(id);
      if (known?.clearing || (!known && jobs.size >= mqttLimits.jobsMax)) return;
      const job = known ?? begin(id, state);
      job.last = state;
      if (ended) end(id, job);
      else job.pace.soon();
    },
    /** Nobody clears them later: what is told after the next start is told of new jobs. */
    stop(): void {
      for (const [id, { pace, clearing }] of jobs) {
        pace.stop();
        clearTimeout(clearing);
        tell(id, '');
      }
      jobs.clear();
    },
  };
};
export type JobStates = ReturnType<typeof createJobStates>;
