import { describe, expect, test, vi } from 'vitest';
import type { Extraction } from '../../server/extractions/contract.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem } from '../api/problem.ts';
import { aDownload, anExtraction, aReadyOne } from '../testing/extractions.ts';
import { createExtractions, isNew, withJob, withNewest, type Extractions } from './extractions.ts';

const at = (id: string, minute: number, part: Partial<Extraction> = {}): Extraction =>
  anExtraction({ id, created_at: `2026-11-20T08:0${minute}:00.000Z`, ...part });
const [a, b, c, d] = [at('a', 4), at('b', 3), at('c', 2), at('d', 1)] as const;
const ids = ({ jobs }: Extractions): string[] => jobs.value.map(({ id }) => id);
const page = (items: Extraction[], next_cursor: string | null = null) => ({
  items,
  next_cursor,
  total: items.length,
});
const wish = { url: 'https://youtu.be/abc', sponsorblock: false };
const changed = (extraction: Extraction) => ({
  type: 'extraction_changed',
  at: '',
  data: { extraction },
});

const open = async (http: Partial<Record<keyof Http, unknown>>): Promise<Extractions> => {
  const extractions = createExtractions(http as unknown as Http, 'mira');
  await extractions.load();
  return extractions;
};

test('the newest page lies over what is known, or replaces it', () => {
  expect(withNewest([b, c, d], [a, b])).toEqual({ jobs: [a, b, c, d], meet: true });
  expect(withNewest([c, d], [a, b])).toEqual({ jobs: [a, b], meet: false });
});

test('of two tellings of a job the later stays', () => {
  const now = { ...b, status: 'processing', updated_at: '2026-11-20T09:00:00.000Z' } as const;
  expect(withNewest([now, c], [b, c]).jobs).toEqual([now, c]);
  expect(withJob([now], b)).toEqual([now]);
  expect(withJob([b], now)).toEqual([now]);
});

test('a job that is heard of stands where its time is', () => {
  expect(withJob([a, c], b)).toEqual([a, b, c]);
  expect(withJob([a, b], d)).toEqual([a, b, d]);
});

test('pages go back to the first job', async () => {
  const get = vi
    .fn()
    .mockResolvedValueOnce(page([a, b], '7'))
    .mockResolvedValueOnce(page([c, d]));
  const extractions = await open({ get });
  expect(extractions.mayHaveOlder.value).toBe(true);
  await Promise.all([extractions.older(), extractions.older()]);
  expect(ids(extractions)).toEqual(['a', 'b', 'c', 'd']);
  expect(extractions.mayHaveOlder.value).toBe(false);
  expect(get.mock.calls.flat()).toEqual([
    '/extractions/?limit=25',
    '/extractions/?limit=25&cursor=7',
  ]);
});

describe('a link that is asked for', () => {
  test('is a row at once, and the one of the answer afterwards', async () => {
    const answer = Promise.withResolvers<Extraction>();
    const extractions = await open({ get: async () => page([b]), post: () => answer.promise });
    const asking = extractions.start(wish);
    expect(extractions.jobs.value[0]).toMatchObject({ ...wish, status: 'pending', ahead: null });
    expect(ids(extractions).map(isNew)).toEqual([true, false]);
    answer.resolve(a);
    await asking;
    expect(ids(extractions)).toEqual(['a', 'b']);
  });

  test('stays one row when the feed tells of it before the answer does', async () => {
    const answer = Promise.withResolvers<Extraction>();
    const extractions = await open({ get: async () => page([]), post: () => answer.promise });
    const asking = extractions.start(wish);
    const running = { ...a, status: 'processing', updated_at: '2026-11-20T09:00:00.000Z' } as const;
    extractions.hear(changed(running));
    expect(ids(extractions)).toEqual(['a']);
    answer.resolve(a);
    await asking;
    expect(extractions.jobs.value).toEqual([running]);
  });

  test('that began before its answer came is not said to wait again', async () => {
    const answer = Promise.withResolvers<Extraction>();
    const extractions = await open({ get: async () => page([]), post: () => answer.promise });
    const asking = extractions.start(wish);
    // Beginning is not recorded: the time of the job is that of the answer.
    const running = { ...a, status: 'processing', step: 'resolving' } as const;
    extractions.hear(changed(running));
    answer.resolve(a);
    await asking;
    expect(extractions.jobs.value).toEqual([running]);
  });

  test('is gone again when it is refused', async () => {
    const post = async () => {
      throw new ApiProblem(409, { code: 'not_enough_credits', detail: '3 credits are missing.' });
    };
    const extractions = await open({ get: async () => page([b]), post });
    await expect(extractions.start(wish)).rejects.toThrow('3 credits are missing.');
    expect(ids(extractions)).toEqual(['b']);
  });
});

describe('the feed', () => {
  test('tells of one’s own, and of everybody’s where those are shown', async () => {
    const extractions = await open({ get: async () => page([b]) });
    extractions.hear(changed({ ...a, requested_by: 'bo' }));
    expect(ids(extractions)).toEqual(['b']);
    await extractions.show(true);
    extractions.hear(changed({ ...a, requested_by: 'bo' }));
    expect(ids(extractions)).toEqual(['a', 'b']);
  });

  test('tells how far a download is, and nothing of jobs that are not shown', async () => {
    const extractions = await open({ get: async () => page([aDownload()]) });
    const progress = { percent: 43, bytes: 1, bytes_total: 2, bytes_per_second: null };
    const say = (job: string, job_id: string) =>
      extractions.hear({
        type: 'job_progress',
        at: '',
        data: { job, job_id, step: 'downloading', progress },
      });
    say('extraction', 'job');
    say('extraction', 'another');
    say('scan', 'job');
    expect([...extractions.told.value]).toEqual([['job', { step: 'downloading', progress }]]);
  });

  test('is later than a page that was asked for before it spoke', async () => {
    const answer = Promise.withResolvers<object>();
    const get = vi
      .fn()
      .mockResolvedValueOnce(page([a]))
      .mockReturnValueOnce(answer.promise);
    const extractions = await open({ get });
    const loading = extractions.load();
    const running = { ...a, status: 'processing', step: 'resolving' } as const;
    extractions.hear(changed(running));
    answer.resolve(page([a]));
    await loading;
    expect(extractions.jobs.value).toEqual([running]);
    get.mockResolvedValueOnce(page([a]));
    await extractions.load();
    expect(extractions.jobs.value).toEqual([a]);
  });

  test('of an attempt before is forgotten', async () => {
    const extractions = await open({ get: async () => page([aDownload()]) });
    const progress = { percent: 43, bytes: 1, bytes_total: 2, bytes_per_second: null };
    const data = { job: 'extraction', job_id: 'job', step: 'downloading', progress };
    extractions.hear({ type: 'job_progress', at: '', data });
    extractions.hear(changed(anExtraction()));
    expect(extractions.told.value.size).toBe(0);
  });

  test('tells of a turn once', async () => {
    const extractions = await open({ get: async () => page([aDownload()]) });
    const turns: string[] = [];
    extractions.onTurn((after, before) => turns.push(`${before.status} ${after.status}`));
    extractions.hear(changed(aReadyOne()));
    extractions.hear(changed(aReadyOne()));
    extractions.hear(changed(aDownload()));
    expect(turns).toEqual(['processing completed']);
  });

  test('that has lost the thread has the list asked for again', async () => {
    const get = vi.fn(async () => page([b]));
    const extractions = await open({ get });
    extractions.hear({ type: 'resync', at: '', data: {} });
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
    expect(ids(extractions)).toEqual(['b']);
  });
});

test('a list that does not load says why, and one that is there stays', async () => {
  const get = vi.fn().mockRejectedValueOnce(new ApiProblem(503, { detail: 'Starting.' }));
  const extractions = await open({ get });
  expect([extractions.status.value, extractions.error.value]).toEqual(['error', 'Starting.']);
  get.mockResolvedValueOnce(page([a])).mockRejectedValueOnce(new ApiProblem(503, {}));
  await extractions.load();
  await extractions.load();
  expect([extractions.status.value, ids(extractions)]).toEqual(['ready', ['a']]);
});
