import { it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { ExtractionEvent } from './events.ts';
import { extractionsProjection } from './projection.ts';

const minute = 60_000;
const began = Date.UTC(2026, 0, 1, 12);

const of = (event: ExtractionEvent) => ({
  stream: `extraction-${event.data.extraction_id}`,
  event,
  actor: 'ann',
});
const requested = (extraction_id: string) =>
  of({
    type: 'ExtractionRequested',
    data: {
      extraction_id,
      user_id: 'ann',
      url: `https://example.com/${extraction_id}`,
      start_ms: null,
      end_ms: 9000,
      sponsorblock: true,
      price: 5,
      reservation_id: extraction_id,
    },
  });
const detected = (extraction_id: string) =>
  of({
    type: 'ServiceDetected',
    data: {
      extraction_id,
      service: 'youtube',
      service_id: 'abc',
      webpage_url: 'https://example.com/',
      title: 'A song',
      uploader: 'Ann’s band',
      duration_ms: 60_000,
      playlist: { title: 'Songs', entries: null },
      marks_missed: false,
    },
  });
const created = (extraction_id: string) =>
  of({
    type: 'SoundCreated',
    data: { extraction_id, sound_id: 's1', hash: 'h1', size: 10, added: true },
  });
const failed = (extraction_id: string) =>
  of({
    type: 'ExtractionFailed',
    data: { extraction_id, code: 'not_found', message: 'Gone.', advice: 'Look.', last_words: 'x' },
  });

const what = 'SELECT id, status, step, title, playlist, error, sound_id, hash, duplicate, attempt';

it('a job that became a sound', async () => {
  const spec = await projectionSpec(extractionsProjection).given(
    requested('a'),
    detected('a'),
    of({ type: 'DownloadStarted', data: { extraction_id: 'a' } }),
    of({ type: 'MediaDownloaded', data: { extraction_id: 'a', size: 9, has_thumbnail: true } }),
    of({ type: 'ThumbnailSaved', data: { extraction_id: 'a', hash: 'h1' } }),
    created('a'),
    of({
      type: 'ExtractionNormalized',
      data: { extraction_id: 'a', sound_id: 's1', failure: null },
    }),
    of({
      type: 'ExtractionCompleted',
      data: { extraction_id: 'a', sound_id: 's1', duplicate: false },
    }),
  );
  spec.thenRows(`${what} FROM extractions`, [
    {
      id: 'a',
      status: 'completed',
      step: 'completed',
      title: 'A song',
      playlist: '{"title":"Songs","entries":null}',
      error: null,
      sound_id: 's1',
      hash: 'h1',
      duplicate: 0,
      attempt: 1,
    },
  ]);
  spec.thenRows(
    'SELECT user_id, origin, url, start_ms, end_ms, sponsorblock, price, created_at, updated_at, finished_at, position FROM extractions',
    [
      {
        user_id: 'ann',
        origin: 'system',
        url: 'https://example.com/a',
        start_ms: null,
        end_ms: 9000,
        sponsorblock: 1,
        price: 5,
        created_at: began,
        updated_at: began + 7 * minute,
        finished_at: began + 7 * minute,
        position: 1,
      },
    ],
  );
});

it('how far jobs came, and what became of them', async () => {
  const spec = await projectionSpec(extractionsProjection).given(
    requested('duplicate'),
    detected('duplicate'),
    of({
      type: 'DuplicateDetected',
      data: { extraction_id: 'duplicate', sound_id: 's1', hash: 'h1', by: 'content' },
    }),
    of({
      type: 'ExtractionCompleted',
      data: { extraction_id: 'duplicate', sound_id: 's1', duplicate: true },
    }),
    requested('failed'),
    detected('failed'),
    failed('failed'),
    requested('cancelled'),
    created('cancelled'),
    of({ type: 'ExtractionCancelled', data: { extraction_id: 'cancelled' } }),
    requested('open'),
  );
  spec.thenRows(
    'SELECT id, status, step, sound_id, hash, duplicate, error IS NULL AS well, finished_at IS NULL AS open FROM extractions ORDER BY position',
    [
      {
        id: 'duplicate',
        status: 'completed',
        step: 'completed',
        sound_id: 's1',
        hash: 'h1',
        duplicate: 1,
        well: 1,
        open: 0,
      },
      {
        id: 'failed',
        status: 'failed',
        step: 'resolving',
        sound_id: null,
        hash: null,
        duplicate: 0,
        well: 0,
        open: 0,
      },
      {
        id: 'cancelled',
        status: 'cancelled',
        step: 'normalizing',
        sound_id: null,
        hash: null,
        duplicate: 0,
        well: 1,
        open: 0,
      },
      {
        id: 'open',
        status: 'open',
        step: 'queued',
        sound_id: null,
        hash: null,
        duplicate: 0,
        well: 1,
        open: 1,
      },
    ],
  );
});

it('a retry that somebody asked for goes to the end of the queue; one after a restart keeps its place', async () => {
  const spec = await projectionSpec(extractionsProjection).given(
    requested('a'),
    failed('a'),
    requested('b'),
    created('b'),
    of({
      type: 'ExtractionRetried',
      data: {
        extraction_id: 'a',
        why: 'asked',
        attempt: 2,
        price: 3,
        reservation_id: 'a 2',
      },
    }),
    of({
      type: 'ExtractionRetried',
      data: {
        extraction_id: 'b',
        why: 'interrupted',
        attempt: 2,
        price: 5,
        reservation_id: 'b',
      },
    }),
  );
  spec.thenRows(
    'SELECT id, status, step, attempt, price, reservation_id, sound_id, error, finished_at FROM extractions ORDER BY queued_position',
    [
      {
        id: 'b',
        status: 'open',
        step: 'queued',
        attempt: 2,
        price: 5,
        reservation_id: 'b',
        sound_id: 's1',
        error: null,
        finished_at: null,
      },
      {
        id: 'a',
        status: 'open',
        step: 'queued',
        attempt: 2,
        price: 3,
        reservation_id: 'a 2',
        sound_id: null,
        error: null,
        finished_at: null,
      },
    ],
  );
});
