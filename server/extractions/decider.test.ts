import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { extractionDecider, interrupted, type ExtractionCommand } from './decider.ts';
import type { ExtractionEvent } from './events.ts';

const { given } = specification(extractionDecider);
const extraction_id = 'x1';

const asked = {
  extraction_id,
  user_id: 'ann',
  url: 'https://example.com/a',
  start_ms: null,
  end_ms: null,
  sponsorblock: false,
  price: 5,
  reservation_id: 'x1',
};
const requested: ExtractionEvent = { type: 'ExtractionRequested', data: asked };
const media = {
  service: 'youtube',
  service_id: 'abc',
  webpage_url: 'https://example.com/a',
  title: 'A song',
  uploader: null,
  duration_ms: 60_000,
  playlist: null,
  marks_missed: false,
};
const detected: ExtractionEvent = { type: 'ServiceDetected', data: { extraction_id, ...media } };
const created = (added = true): ExtractionEvent => ({
  type: 'SoundCreated',
  data: { extraction_id, sound_id: 's1', hash: 'h1', size: 10, added },
});
const completed = (duplicate = false): ExtractionEvent => ({
  type: 'ExtractionCompleted',
  data: { extraction_id, sound_id: 's1', duplicate },
});
const failure = { code: 'not_found', message: 'Gone.', advice: 'Look.', last_words: '' } as const;
const failed: ExtractionEvent = {
  type: 'ExtractionFailed',
  data: { extraction_id, ...failure },
};
const cancelled: ExtractionEvent = { type: 'ExtractionCancelled', data: { extraction_id } };
const retried = (
  why: 'asked' | 'interrupted' | 'stopped',
  attempt: number,
  reservation_id = 'x1',
): ExtractionEvent => ({
  type: 'ExtractionRetried',
  data: { extraction_id, why, attempt, price: 5, reservation_id },
});
const levelled = (why: string | null): ExtractionEvent => ({
  type: 'ExtractionNormalized',
  data: { extraction_id, sound_id: 's1', failure: why },
});
const fail: ExtractionCommand = { type: 'Fail', attempt: 1, failure };

describe('an extraction', () => {
  it('is requested once', () => {
    const request = { type: 'RequestExtraction', ...asked } as const;
    given().when(request).thenAccepted(requested);
    given(requested).when(request).thenAccepted();
  });

  it('that was never requested takes no command', () => {
    given().when({ type: 'Cancel' }).thenRefused({ code: 'unknown_extraction' });
  });

  it('tells each step of its run', () => {
    given(requested)
      .when({ type: 'DetectService', attempt: 1, ...media })
      .thenAccepted(detected);
    given(requested, detected)
      .when({ type: 'StartDownload', attempt: 1 })
      .thenAccepted({ type: 'DownloadStarted', data: { extraction_id } });
    given(requested, detected)
      .when({ type: 'RecordDownload', attempt: 1, size: 10, has_thumbnail: true })
      .thenAccepted({
        type: 'MediaDownloaded',
        data: { extraction_id, size: 10, has_thumbnail: true },
      });
    given(requested, detected)
      .when({ type: 'RecordThumbnail', attempt: 1, hash: 'h1' })
      .thenAccepted({ type: 'ThumbnailSaved', data: { extraction_id, hash: 'h1' } });
    given(requested, detected)
      .when({
        type: 'CreateSound',
        attempt: 1,
        sound_id: 's1',
        hash: 'h1',
        size: 10,
        added: true,
      })
      .thenAccepted(created());
    given(requested, detected, created())
      .when({ type: 'Complete', attempt: 1, normalisation_failure: null })
      .thenAccepted(levelled(null), completed());
  });

  it('is complete although the sound could not be levelled', () => {
    given(requested, created())
      .when({ type: 'Complete', attempt: 1, normalisation_failure: 'it is silent' })
      .thenAccepted(levelled('it is silent'), completed());
  });

  it('without a sound is not complete', () => {
    given(requested)
      .when({ type: 'Complete', attempt: 1, normalisation_failure: null })
      .thenAccepted();
  });

  it('of what is there already is complete at once', () => {
    given(requested, detected)
      .when({ type: 'FindDuplicate', attempt: 1, sound_id: 's1', hash: 'h1', by: 'media' })
      .thenAccepted(
        {
          type: 'DuplicateDetected',
          data: { extraction_id, sound_id: 's1', hash: 'h1', by: 'media' },
        },
        completed(true),
      );
  });

  it('makes one sound, however often it is told', () => {
    given(requested, created())
      .when({ type: 'CreateSound', attempt: 1, sound_id: 's2', hash: 'h2', size: 1, added: true })
      .thenAccepted();
  });

  it('fails with what happened and what to do', () => {
    given(requested).when(fail).thenAccepted(failed);
  });

  it('with a sound in the library does not fail any more', () => {
    given(requested, created()).when(fail).thenAccepted(levelled('Gone.'), completed());
  });

  it.each([completed(), failed, cancelled])('ends once: after $type nothing is told', (end) => {
    given(requested, end).when(fail).thenAccepted();
    given(requested, end).when({ type: 'StartDownload', attempt: 1 }).thenAccepted();
    given(requested, end).when({ type: 'BreakOff', why: 'stopped' }).thenAccepted();
  });

  it('hears nothing from a run before its present one', () => {
    given(requested, failed, retried('asked', 2, 'x1 2'))
      .when(fail)
      .thenAccepted();
  });
});

describe('cancelling', () => {
  it('works while it waits or runs', () => {
    given(requested).when({ type: 'Cancel' }).thenAccepted(cancelled);
    given(requested, detected).when({ type: 'Cancel' }).thenAccepted(cancelled);
  });

  it.each([true, false])(
    'keeps a sound that is in the library (new: %s) and completes',
    (added) => {
      given(requested, detected, created(added))
        .when({ type: 'Cancel' })
        .thenAccepted(levelled('it was cancelled before that.'), completed());
    },
  );

  it('comes too late after the end', () => {
    given(requested, completed())
      .when({ type: 'Cancel' })
      .thenRefused({ code: 'extraction_ended', status: 'completed' });
    given(requested, cancelled)
      .when({ type: 'Cancel' })
      .thenRefused({ code: 'extraction_ended', status: 'cancelled' });
  });
});

describe('trying again', () => {
  it('is for what failed or was cancelled, and is paid anew', () => {
    const retry: ExtractionCommand = { type: 'Retry', price: 5 };
    given(requested, failed)
      .when(retry)
      .thenAccepted(retried('asked', 2, 'x1 2'));
    given(requested, failed, retried('asked', 2, 'x1 2'), cancelled)
      .when(retry)
      .thenAccepted(retried('asked', 3, 'x1 3'));
  });

  it('is refused while it runs, and of what is complete', () => {
    given(requested)
      .when({ type: 'Retry', price: 5 })
      .thenRefused({ code: 'not_to_be_retried', status: 'open' });
    given(requested, completed())
      .when({ type: 'Retry', price: 5 })
      .thenRefused({ code: 'not_to_be_retried', status: 'completed' });
  });

  it('after a cancelled run does not think of its sound as there', () => {
    given(requested, created(), cancelled, retried('asked', 2, 'x1 2'))
      .when({ type: 'Complete', attempt: 2, normalisation_failure: null })
      .thenAccepted();
  });
});

describe('a server that ends meanwhile', () => {
  const breakOff: ExtractionCommand = { type: 'BreakOff', why: 'interrupted' };

  it('takes it up again with the same reservation, twice, and then gives up', () => {
    given(requested).when(breakOff).thenAccepted(retried('interrupted', 2));
    given(requested, retried('interrupted', 2))
      .when(breakOff)
      .thenAccepted(retried('interrupted', 3));
    given(requested, retried('interrupted', 2), retried('interrupted', 3))
      .when(breakOff)
      .thenAccepted({ type: 'ExtractionFailed', data: { extraction_id, ...interrupted } });
  });

  it('may stop in order as often as it likes', () => {
    given(requested, retried('stopped', 2), retried('stopped', 3), retried('stopped', 4))
      .when({ type: 'BreakOff', why: 'stopped' })
      .thenAccepted(retried('stopped', 5));
  });

  it('keeps the sound that was made, and completes it where it would give up', () => {
    given(requested, created(), retried('interrupted', 2))
      .when({ type: 'Complete', attempt: 2, normalisation_failure: null })
      .thenAccepted(levelled(null), completed());
    given(requested, created(), retried('interrupted', 2), retried('interrupted', 3))
      .when(breakOff)
      .thenAccepted(levelled(interrupted.message), completed());
  });

  it('is not counted any more once somebody asks again', () => {
    given(
      requested,
      retried('interrupted', 2),
      retried('interrupted', 3),
      failed,
      retried('asked', 4, 'x1 4'),
    )
      .when(breakOff)
      .thenAccepted(retried('interrupted', 5, 'x1 4'));
  });
});
