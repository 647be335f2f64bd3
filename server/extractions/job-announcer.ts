import type { Announcement } from '../kernel/door.ts';
import type { Extraction } from './contract.ts';

export const announcerLimits = {
  /** Of one job. */
  everyMs: 1000,
  /** How long the end of a job stays on its topic. */
  endedKeptMs: 60_000,
} as const;

const topicOf = (id: string): string => `state/jobs/${id}`;

const isOver = ({ status }: Extraction): boolean => status !== 'pending' && status !== 'processing';

const percentOf = ({ status, progress }: Extraction): number =>
  status === 'completed' ? 100 : Math.floor(progress?.percent ?? 0);

/** What people extract is their own: everybody hears that something is, and how far. */
export const jobAnnouncement = (job: Extraction): Announcement => ({
  topic: topicOf(job.id),
  payload: {
    percent: percentOf(job),
    stage: isOver(job) ? job.status : job.step,
    title: 'extraction',
  },
  retain: true,
  qos: 0,
});

/** An empty message takes a retained one away. */
export const clearAnnouncement = (id: string): Announcement => ({
  topic: topicOf(id),
  payload: '',
  retain: true,
  qos: 0,
});

/** Tells of jobs over MQTT: each at most once a second, and a while after its end no more. */
export const createJobAnnouncer = (ports: {
  /** The job as it is now. */
  find: (id: string) => Extraction | undefined;
  announce: (announcement: Announcement) => void;
  monotonic: () => number;
}) => {
  const { find, announce, monotonic } = ports;
  const told = new Map<string, number>();
  const due = new Map<string, NodeJS.Timeout>();
  const ending = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  const clearLater = (id: string) => {
    clearTimeout(ending.get(id));
    const timer = setTimeout(() => {
      ending.delete(id);
      told.delete(id);
      announce(clearAnnouncement(id));
    }, announcerLimits.endedKeptMs);
    ending.set(id, timer.unref());
  };
  const tell = (id: string) => {
    due.delete(id);
    const job = find(id);
    if (!job) return;
    told.set(id, monotonic());
    announce(jobAnnouncement(job));
    if (isOver(job)) clearLater(id);
    else {
      clearTimeout(ending.get(id));
      ending.delete(id);
    }
  };

  return {
    changed(id: string): void {
      // Jobs that are put by as the house stops still change.
      if (isStopped || due.has(id)) return;
      const waitMs = announcerLimits.everyMs - (monotonic() - (told.get(id) ?? -Infinity));
      if (waitMs <= 0) tell(id);
      else due.set(id, setTimeout(() => tell(id), waitMs).unref());
    },
    stop(): void {
      isStopped = true;
      for (const timer of [...due.values(), ...ending.values()]) clearTimeout(timer);
    },
  };
};
