import type { Upcasters } from '../kernel/upcasters.ts';
import type { Extraction, ExtractionFailureCode } from './contract.ts';

/** What happened in the end, as people and programs are told. */
export type ExtractionFailure = {
  code: ExtractionFailureCode;
  /** One plain sentence: what happened. */
  message: string;
  /** One plain sentence: what to do. */
  advice: string;
  /** The tool's last lines, bounded; empty when it said nothing. */
  last_words: string;
};

/** `asked`: somebody wants it again, and pays anew. `interrupted`: the server was killed; `stopped`: it ended in order. */
export type RetryReason = 'asked' | 'interrupted' | 'stopped';

/** `media`: the service's id was known. `content`: the library had the very same bytes. */
export type DuplicateBy = 'media' | 'content';

/** Stream `extraction-<id>`: a URL on its way to a sound. */
export type ExtractionEvent =
  | {
      type: 'ExtractionRequested';
      data: {
        extraction_id: string;
        user_id: string;
        /** As given, without spaces around it. */
        url: string;
        start_ms: number | null;
        end_ms: number | null;
        sponsorblock: boolean;
        /** Credits. */
        price: number;
        reservation_id: string;
      };
    }
  | {
      type: 'ServiceDetected';
      data: {
        extraction_id: string;
        service: string;
        service_id: string;
        webpage_url: string;
        title: string;
        uploader: string | null;
        duration_ms: number | null;
        playlist: Extraction['playlist'];
        /** Since version 2. SponsorBlock was asked and did not answer: nothing is left out. */
        marks_missed: boolean;
      };
    }
  | {
      type: 'DuplicateDetected';
      data: { extraction_id: string; sound_id: string; hash: string; by: DuplicateBy };
    }
  | { type: 'DownloadStarted'; data: { extraction_id: string } }
  | {
      type: 'MediaDownloaded';
      data: { extraction_id: string; size: number; has_thumbnail: boolean };
    }
  /** The picture lies in the folder of thumbnails, named by the content of the sound it belongs to. */
  | { type: 'ThumbnailSaved'; data: { extraction_id: string; hash: string } }
  | {
      type: 'SoundCreated';
      data: {
        extraction_id: string;
        sound_id: string;
        /** SHA-256 of the file, lower-case hex. */
        hash: string;
        size: number;
        /** false: the library knew the content, and its file came back. */
        added: boolean;
      };
    }
  | {
      type: 'ExtractionNormalized';
      data: {
        extraction_id: string;
        sound_id: string;
        /** Why the sound stays as loud as it is; null when it was levelled. */
        failure: string | null;
      };
    }
  | {
      type: 'ExtractionCompleted';
      data: { extraction_id: string; sound_id: string; duplicate: boolean };
    }
  | { type: 'ExtractionFailed'; data: ExtractionFailure & { extraction_id: string } }
  | {
      type: 'ExtractionRetried';
      data: {
        extraction_id: string;
        why: RetryReason;
        /** 2 for the first retry. */
        attempt: number;
        price: number;
        reservation_id: string;
      };
    }
  /** Who did it is the event's actor. */
  | { type: 'ExtractionCancelled'; data: { extraction_id: string } };

export const extractionUpcasters: Upcasters = {
  ServiceDetected: {
    1: (data: Record<string, unknown>) => ({ ...data, marks_missed: false }),
  },
};

export const extractionStream = (extractionId: string): string => `extraction-${extractionId}`;
