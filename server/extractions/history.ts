import { unreachable } from '../kernel/decider.ts';
import type { Recorded } from '../kernel/event.ts';
import type { ExtractionDetail } from './contract.ts';
import type { ExtractionEvent, RetryReason } from './events.ts';

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

const why: Record<RetryReason, string> = {
  asked: 'Somebody asked for it again.',
  interrupted: 'Encore was killed meanwhile and begins it again.',
  stopped: 'Encore was stopped meanwhile and begins it again.',
};

/** One sentence of what is special about it; empty when the type says all. */
const detailOf = (event: ExtractionEvent): string => {
  switch (event.type) {
    case 'ExtractionRequested': {
      const { price } = event.data;
      return price === 0 ? 'Free of charge.' : `${price} credits are reserved.`;
    }
    case 'ServiceDetected': {
      const { service, title, playlist, marks_missed } = event.data;
      const list = playlist ? ' It is a list: its first entry is taken.' : '';
      const missed = marks_missed ? ' SponsorBlock did not answer: nothing is left out.' : '';
      return `${service}: ${title}.${list}${missed}`;
    }
    case 'DuplicateDetected':
      return event.data.by === 'media'
        ? 'It is in the library already.'
        : 'The library has the very same sound already.';
    case 'MediaDownloaded':
      return `${megabytes(event.data.size)}${event.data.has_thumbnail ? ' and a picture' : ''}.`;
    case 'SoundCreated':
      return event.data.added ? '' : 'The library knew the sound; its file is back.';
    case 'ExtractionNormalized': {
      const { failure } = event.data;
      return failure === null ? '' : `It stays as loud as it is: ${failure}`;
    }
    case 'ExtractionCompleted':
      return event.data.duplicate ? 'Nothing is charged.' : '';
    case 'ExtractionFailed':
      return `${event.data.message} Nothing is charged.`;
    case 'ExtractionRetried':
      return why[event.data.why];
    case 'ExtractionCancelled':
      return 'Nothing is charged.';
    case 'DownloadStarted':
    case 'ThumbnailSaved':
      return '';
    default:
      return unreachable(event);
  }
};

/** All that happened to a job, oldest first. */
export const historyOf = (events: readonly Recorded[]): ExtractionDetail['history'] =>
  events.map((event) => ({
    event: event.type,
    at: new Date(event.recordedAt).toISOString(),
    detail: detailOf(event as Recorded<ExtractionEvent>),
  }));
