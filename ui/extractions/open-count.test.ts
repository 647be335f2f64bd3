import { expect, test, vi } from 'vitest';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Extraction } from '../../server/extractions/contract.ts';
import type { Http } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';
import { aDownload, anExtraction, aReadyOne } from '../testing/extractions.ts';
import { countOpen } from './open-count.ts';

const open = (items: Extraction[]) => {
  let hear: (message: FeedMessage) => void = () => expect.unreachable();
  const counts: number[] = [];
  const get = vi.fn(async () => ({ items }));
  const feed = { on: (listener: typeof hear) => (hear = listener) } as unknown as Feed;
  countOpen({ get } as unknown as Http, feed, 'mira', (count) => counts.push(count));
  const changed = (extraction: Extraction): void =>
    hear({ type: 'extraction_changed', at: '', data: { extraction } });
  return { counts, changed, get, resync: () => hear({ type: 'resync', at: '', data: {} }) };
};

test('what waits or runs is counted, and the feed moves the count', async () => {
  const { counts, changed } = open([anExtraction({ id: 'a' }), aReadyOne({ id: 'b' })]);
  await vi.waitFor(() => expect(counts).toEqual([1]));
  changed(aDownload({ id: 'c' }));
  changed(aDownload({ id: 'c', step: 'converting' }));
  changed(aReadyOne({ id: 'a' }));
  changed(aReadyOne({ id: 'c' }));
  expect(counts).toEqual([1, 2, 2, 1, 0]);
});

test('what others ask for does not count', async () => {
  const { counts, changed } = open([]);
  await vi.waitFor(() => expect(counts).toEqual([0]));
  changed(aDownload({ requested_by: 'bo' }));
  expect(counts).toEqual([0]);
});

test('it is asked for again when the feed has lost the thread', async () => {
  const { counts, get, resync } = open([anExtraction()]);
  await vi.waitFor(() => expect(counts).toEqual([1]));
  resync();
  await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
});
