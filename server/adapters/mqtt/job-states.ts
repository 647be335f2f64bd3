import type { ExtractionProgress, ExtractionStep } from '../../extractions/contract.ts';
import type { Announcement } from '../../kernel/door.ts';
import type { FeedMessage } from '../../kernel/feed.ts';
import { createPace, type Pace } from '../../kernel/pace.ts';
import type { JobProgress } from '../../sounds/contract.ts';
import { mqttLimits } from './limits.ts';

type JobState = { readonly percent: number; readonly stage: string; readonly title: string };
type Step = { readonly id: string; readonly state: JobState; readonly ended: boolean };
type Job = { last: JobState; readonly pace: Pace; clearing: NodeJS.Timeout | undefined };

type ExtractionJob = {
  readonly job: 'extraction';
  readonly job_id: string;
  readonly step: ExtractionStep;
  readonly progress: ExtractionProgress;
};

const endings: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

const percentOf = ({ done, total, state }: JobProgress): number => {
  if (state === 'finished') return 100;
  return total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
};

const isExtraction = (data: object): data is ExtractionJob => 'step' in data && 'progress' in data;

/** What people extract is their own: everybody hears that something is, and how far. */
const stepOf = ({ type, data }: Pick<FeedMessage, 'type' | 'data'>): Step | undefined => {
  if (type === 'extraction_changed') {
    const { id, status } = data['extraction'] as { id: string; status: string };
    if (!endings.has(status)) return undefined;
    const percent = status === 'completed' ? 100 : 0;
    return { id, state: { percent, stage: status, title: 'extraction' }, ended: true };
  }
  if (type !== 'job_progress') return undefined;
  if (isExtraction(data)) {
    const percent = Math.floor(data.progress.percent ?? 0);
    const state = { percent, stage: data.step, title: 'extraction' };
    return { id: data.job_id, state, ended: false };
  }
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
      // The end of what was never told of is nobody's business.
      if (!known && ended && message.type === 'extraction_changed') return;
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
