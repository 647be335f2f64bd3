import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  Extraction,
  ExtractionProgress,
  ExtractionStep,
} from '../../server/extractions/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { randomId } from '../design/ids.ts';
import type { Told } from './job-state.ts';

/** What POST /extractions/ takes. */
export type Wish = { url: string; start_ms?: number; end_ms?: number; sponsorblock: boolean };

/** GET /extractions/ */
type Page = { items: Extraction[]; next_cursor: string | null; total: number };

export type Extractions = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** Newest first, without a gap from now on back. */
  readonly jobs: ReadonlySignal<readonly Extraction[]>;
  readonly mayHaveOlder: ReadonlySignal<boolean>;
  /** Job id → what the feed said last of its download. */
  readonly told: ReadonlySignal<ReadonlyMap<string, Told>>;
  /** Whether everybody's are shown, which is for admins; `load()` after a change. */
  readonly everybody: ReadonlySignal<boolean>;
  /** The newest page; once there is one, what is new since. */
  load(): Promise<void>;
  /** One page further back; rejects where that fails. */
  older(): Promise<void>;
  show(everybody: boolean): Promise<void>;
  /** The row is there at once, and goes again where the server refuses: then this rejects. */
  start(wish: Wish): Promise<void>;
  cancel(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  /** A message of the feed, for what it says about these jobs. */
  hear(message: FeedMessage): void;
  /** A job that is here in another state than before, and was seen in that one. */
  onTurn(listener: (job: Extraction, before: Extraction) => void): void;
};

const pageSize = 25;

/** Rows that the server does not know yet. */
const newPrefix = 'new-';
export const isNew = (id: string): boolean => id.startsWith(newPrefix);

const newJob = (userId: string, wish: Wish): Extraction => {
  const now = new Date().toISOString();
  return {
    id: `${newPrefix}${randomId()}`,
    url: wish.url,
    status: 'pending',
    step: 'queued',
    service: null,
    service_id: null,
    title: null,
    uploader: null,
    duration: null,
    start_ms: wish.start_ms ?? null,
    end_ms: wish.end_ms ?? null,
    sponsorblock: wish.sponsorblock,
    playlist: null,
    progress: null,
    ahead: null,
    error: null,
    sound_id: null,
    duplicate: false,
    price: 0,
    attempt: 1,
    requested_by: userId,
    created_at: now,
    updated_at: now,
    finished_at: null,
  };
};

/** Of two tellings of one job the later; the second where nothing that is recorded is between them. */
const later = (a: Extraction, b: Extraction): Extraction => (b.updated_at < a.updated_at ? a : b);

/**
 * The newest page with what the feed has said since, and the older jobs where the two meet.
 *
 * @param isHeard of a job that the feed has told of since the page was asked for
 */
export const withNewest = (
  known: readonly Extraction[],
  newest: readonly Extraction[],
  isHeard: (id: string) => boolean = () => false,
): { jobs: readonly Extraction[]; meet: boolean } => {
  const before = new Map(known.map((job) => [job.id, job]));
  const ids = new Set(newest.map(({ id }) => id));
  const meet = newest.some(({ id }) => before.has(id));
  const fresh = known.filter(({ id }) => isNew(id));
  const rest = meet ? known.filter(({ id }) => !ids.has(id) && !isNew(id)) : [];
  const told = newest.map((job) => {
    const one = before.get(job.id) ?? job;
    return isHeard(job.id) ? later(job, one) : later(one, job);
  });
  return { jobs: [...fresh, ...told, ...rest], meet };
};

/** A job among those that are known, in its place by when it was asked for. */
export const withJob = (known: readonly Extraction[], job: Extraction): readonly Extraction[] => {
  if (known.some(({ id }) => id === job.id)) {
    return known.map((one) => (one.id === job.id ? later(one, job) : one));
  }
  // The feed may tell of one's own before the answer does: it is the row that stands there already.
  const mine = known.findLast(
    ({ id, url, requested_by }) =>
      isNew(id) && url === job.url && requested_by === job.requested_by,
  );
  if (mine) return known.map((one) => (one === mine ? job : one));
  const at = known.findIndex(({ id, created_at }) => !isNew(id) && created_at <= job.created_at);
  return at < 0 ? [...known, job] : [...known.slice(0, at), job, ...known.slice(at)];
};

export const createExtractions = (http: Http, userId: string): Extractions => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const jobs = signal<readonly Extraction[]>([]);
  const told = signal<ReadonlyMap<string, Told>>(new Map());
  const cursor = signal<string | null>(null);
  const everybody = signal(false);
  const listeners: ((job: Extraction, before: Extraction) => void)[] = [];
  /** Job id → the number of the message that told of it last: answers and the feed overtake each other. */
  const heard = new Map<string, number>();
  let messages = 0;
  let asked = 0;
  let going: Promise<void> | undefined;

  const heardSince =
    (mark: number) =>
    (id: string): boolean =>
      (heard.get(id) ?? 0) > mark;

  const pageFrom = (from: string | null): Promise<Page> =>
    http.get(
      `/extractions/?limit=${pageSize}${everybody.peek() ? '&everybody=true' : ''}${
        from === null ? '' : `&cursor=${encodeURIComponent(from)}`
      }`,
    );

  const know = (job: Extraction): void => {
    const before = jobs.peek().find(({ id }) => id === job.id);
    jobs.value = withJob(jobs.peek(), job);
    const after = jobs.peek().find(({ id }) => id === job.id);
    if (after?.status !== 'processing') quieten(job.id);
    if (before && after && before.status !== after.status) {
      for (const listener of listeners) listener(after, before);
    }
  };

  /** What was said of the download of an attempt that is over. */
  const quieten = (id: string): void => {
    const rest = new Map(told.peek());
    if (rest.delete(id)) told.value = rest;
  };

  /** An answer to something that was asked for after the message of this number. */
  const answer = (job: Extraction, mark: number): void => {
    const known = jobs.peek().find(({ id }) => id === job.id);
    know(known && heardSince(mark)(job.id) ? later(job, known) : job);
  };

  const ask = async (path: string, mark = messages): Promise<void> =>
    answer(await http.post<Extraction>(path), mark);

  const load = async (): Promise<void> => {
    const turn = ++asked;
    const mark = messages;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const page = await pageFrom(null);
      if (turn !== asked) return;
      batch(() => {
        const { jobs: laid, meet } = withNewest(jobs.peek(), page.items, heardSince(mark));
        jobs.value = laid;
        if (!meet || status.peek() !== 'ready') cursor.value = page.next_cursor;
        status.value = 'ready';
      });
    } catch (cause) {
      // With a list on screen a failed reload is no reason to take it away.
      if (turn !== asked || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  const fetchOlder = async (): Promise<void> => {
    const from = cursor.peek();
    if (from === null) return;
    const page = await pageFrom(from);
    // What was loaded anew meanwhile goes back as far as it goes.
    if (cursor.peek() !== from) return;
    batch(() => {
      const ids = new Set(jobs.peek().map(({ id }) => id));
      jobs.value = [...jobs.peek(), ...page.items.filter(({ id }) => !ids.has(id))];
      cursor.value = page.next_cursor;
    });
  };

  const onProgress = (jobId: string, now: Told): void => {
    if (!jobs.peek().some(({ id }) => id === jobId)) return;
    told.value = new Map(told.peek()).set(jobId, now);
  };

  const forget = (id: string): void => {
    jobs.value = jobs.peek().filter((one) => one.id !== id);
  };

  return {
    status,
    error,
    jobs,
    told,
    everybody,
    mayHaveOlder: computed(() => cursor.value !== null),
    load,
    older() {
      going ??= fetchOlder().finally(() => (going = undefined));
      return going;
    },
    show(all) {
      batch(() => {
        everybody.value = all;
        status.value = 'loading';
        jobs.value = jobs.peek().filter(({ id }) => isNew(id));
        cursor.value = null;
      });
      return load();
    },
    async start(wish) {
      const mine = newJob(userId, wish);
      const mark = messages;
      jobs.value = [mine, ...jobs.peek()];
      try {
        const job = await http.post<Extraction>('/extractions/', wish);
        const known = jobs.peek();
        if (known.some(({ id }) => id === job.id)) forget(mine.id);
        else jobs.value = known.map((one) => (one.id === mine.id ? job : one));
        answer(job, mark);
      } catch (cause) {
        forget(mine.id);
        throw cause;
      }
    },
    cancel: (id) => ask(`/extractions/${id}/cancel`),
    retry: (id) => ask(`/extractions/${id}/retry`),
    hear({ type, data }) {
      if (type === 'resync') return void load();
      if (type === 'extraction_changed') {
        const { extraction } = data as { extraction: Extraction };
        // Admins hear of everybody's.
        if (!everybody.peek() && extraction.requested_by !== userId) return;
        heard.set(extraction.id, ++messages);
        know(extraction);
      }
      if (type !== 'job_progress') return;
      const { job, job_id, step, progress } = data as {
        job: string;
        job_id: string;
        step: ExtractionStep;
        progress: ExtractionProgress;
      };
      if (job === 'extraction') onProgress(job_id, { step, progress });
    },
    onTurn: (listener) => void listeners.push(listener),
  };
};
