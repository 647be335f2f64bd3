import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { DuplicateBy, ExtractionEvent, ExtractionFailure } from './events.ts';

type Data<Type extends ExtractionEvent['type']> = Omit<
  Extract<ExtractionEvent, { type: Type }>['data'],
  'extraction_id'
>;

/** So often a job that a killed server left behind begins again; after that it fails. */
export const interruptionsMax = 2;

/** What a run of a job reports: of no effect once the job has ended or begun anew. */
type Report =
  | ({ type: 'DetectService' } & Data<'ServiceDetected'>)
  | { type: 'FindDuplicate'; sound_id: string; hash: string; by: DuplicateBy }
  | { type: 'StartDownload' }
  | ({ type: 'RecordDownload' } & Data<'MediaDownloaded'>)
  | ({ type: 'RecordThumbnail' } & Data<'ThumbnailSaved'>)
  | ({ type: 'CreateSound' } & Data<'SoundCreated'>)
  | { type: 'Complete'; normalisation_failure: string | null }
  | { type: 'Fail'; failure: ExtractionFailure };

export type ExtractionCommand =
  | ({ type: 'RequestExtraction'; extraction_id: string } & Data<'ExtractionRequested'>)
  | (Report & { readonly attempt: number })
  /** A run broke off because the server ended, in order or not. */
  | { type: 'BreakOff'; why: 'interrupted' | 'stopped' }
  | { type: 'Retry'; price: number }
  | { type: 'Cancel' };

export type ExtractionRefusal =
  | { code: 'unknown_extraction' }
  /** Only what failed or was cancelled can be tried again. */
  | { code: 'not_to_be_retried'; status: 'open' | 'completed' }
  /** It has ended already. */
  | { code: 'extraction_ended'; status: 'completed' | 'failed' | 'cancelled' };

type Status = 'open' | 'completed' | 'failed' | 'cancelled';

export type ExtractionState =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly extraction_id: string;
      readonly user_id: string;
      readonly status: Status;
      readonly attempt: number;
      readonly price: number;
      readonly reservation_id: string;
      /** Since somebody last asked for it. */
      readonly interruptions: number;
      /** What this job put into the library, while the job is open. */
      readonly sound_id: string | null;
    };
type Known = Extract<ExtractionState, { kind: 'known' }>;

const retried = (job: Known, why: 'interrupted' | 'stopped'): ExtractionEvent => {
  const { extraction_id, price, reservation_id } = job;
  const attempt = job.attempt + 1;
  return {
    type: 'ExtractionRetried',
    data: { extraction_id, why, attempt, price, reservation_id },
  };
};

export const interrupted: ExtractionFailure = {
  code: 'interrupted',
  message: 'Encore ended in the middle of this, more than once.',
  advice: 'Try again; if it happens again, look into the log of Encore.',
  last_words: '',
};

const cancelledBefore = 'it was cancelled before that.';

/** A sound that is in the library is there, however loud: with it the job is done. */
const completed = (
  { extraction_id }: Known,
  sound_id: string,
  failure: string | null,
): readonly ExtractionEvent[] => [
  { type: 'ExtractionNormalized', data: { extraction_id, sound_id, failure } },
  { type: 'ExtractionCompleted', data: { extraction_id, sound_id, duplicate: false } },
];

const failed = (job: Known, failure: ExtractionFailure): readonly ExtractionEvent[] =>
  job.sound_id === null
    ? [{ type: 'ExtractionFailed', data: { extraction_id: job.extraction_id, ...failure } }]
    : completed(job, job.sound_id, failure.message);

const report = (job: Known, command: Report): readonly ExtractionEvent[] => {
  const { extraction_id, sound_id } = job;
  switch (command.type) {
    case 'DetectService': {
      const { type: _, ...data } = command;
      return [{ type: 'ServiceDetected', data: { extraction_id, ...data } }];
    }
    case 'FindDuplicate': {
      const { type: _, ...found } = command;
      return [
        { type: 'DuplicateDetected', data: { extraction_id, ...found } },
        {
          type: 'ExtractionCompleted',
          data: { extraction_id, sound_id: found.sound_id, duplicate: true },
        },
      ];
    }
    case 'StartDownload':
      return [{ type: 'DownloadStarted', data: { extraction_id } }];
    case 'RecordDownload': {
      const { size, has_thumbnail } = command;
      return [{ type: 'MediaDownloaded', data: { extraction_id, size, has_thumbnail } }];
    }
    case 'RecordThumbnail':
      return [{ type: 'ThumbnailSaved', data: { extraction_id, hash: command.hash } }];
    case 'CreateSound': {
      if (sound_id !== null) return [];
      const { type: _, ...data } = command;
      return [{ type: 'SoundCreated', data: { extraction_id, ...data } }];
    }
    case 'Complete':
      return sound_id === null ? [] : completed(job, sound_id, command.normalisation_failure);
    case 'Fail':
      return failed(job, command.failure);
    default:
      return unreachable(command);
  }
};

/**
 * One job, from the link to the sound. It ends once, completed, failed or cancelled; from the last
 * two somebody may begin it again. A sound that is in the library stays the job's own when a run
 * breaks off, so that it is neither made nor paid twice.
 */
export const extractionDecider: Decider<
  ExtractionState,
  ExtractionCommand,
  ExtractionEvent,
  ExtractionRefusal
> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, job) {
    if (command.type === 'RequestExtraction') {
      const { type: _, ...data } = command;
      return job.kind === 'unknown' ? accepted({ type: 'ExtractionRequested', data }) : accepted();
    }
    if (job.kind === 'unknown') return refused({ code: 'unknown_extraction' });
    const { extraction_id, status } = job;
    switch (command.type) {
      case 'BreakOff':
        if (status !== 'open') return accepted();
        if (command.why === 'interrupted' && job.interruptions >= interruptionsMax) {
          return accepted(...failed(job, interrupted));
        }
        return accepted(retried(job, command.why));
      case 'Retry': {
        if (status === 'open' || status === 'completed') {
          return refused({ code: 'not_to_be_retried', status });
        }
        const attempt = job.attempt + 1;
        const reservation_id = `${extraction_id} ${attempt}`;
        const { price } = command;
        const data = { extraction_id, why: 'asked' as const, attempt, price, reservation_id };
        return accepted({ type: 'ExtractionRetried', data });
      }
      case 'Cancel':
        if (status !== 'open') return refused({ code: 'extraction_ended', status });
        // The sound may be on somebody's board or in the air by now: it stays, and is paid.
        return job.sound_id === null
          ? accepted({ type: 'ExtractionCancelled', data: { extraction_id } })
          : accepted(...completed(job, job.sound_id, cancelledBefore));
      case 'DetectService':
      case 'FindDuplicate':
      case 'StartDownload':
      case 'RecordDownload':
      case 'RecordThumbnail':
      case 'CreateSound':
      case 'Complete':
      case 'Fail': {
        const { attempt, ...told } = command;
        if (status !== 'open' || attempt !== job.attempt) return accepted();
        return accepted(...report(job, told));
      }
      default:
        return unreachable(command);
    }
  },

  evolve(job, event) {
    if (event.type === 'ExtractionRequested') {
      const { extraction_id, user_id, price, reservation_id } = event.data;
      return {
        kind: 'known',
        extraction_id,
        user_id,
        status: 'open',
        attempt: 1,
        price,
        reservation_id,
        interruptions: 0,
        sound_id: null,
      };
    }
    if (job.kind === 'unknown') return job;
    switch (event.type) {
      case 'ServiceDetected':
      case 'DuplicateDetected':
      case 'DownloadStarted':
      case 'MediaDownloaded':
      case 'ThumbnailSaved':
      case 'ExtractionNormalized':
        return job;
      case 'SoundCreated':
        return { ...job, sound_id: event.data.sound_id };
      case 'ExtractionCompleted':
        return { ...job, status: 'completed', sound_id: null };
      case 'ExtractionFailed':
        return { ...job, status: 'failed', sound_id: null };
      case 'ExtractionCancelled':
        return { ...job, status: 'cancelled', sound_id: null };
      case 'ExtractionRetried': {
        const { why, attempt, price, reservation_id } = event.data;
        const counted = job.interruptions + (why === 'interrupted' ? 1 : 0);
        const interruptions = why === 'asked' ? 0 : counted;
        return { ...job, status: 'open', attempt, price, reservation_id, interruptions };
      }
      default:
        return unreachable(event);
    }
  },
};
