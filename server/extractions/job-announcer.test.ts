import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Announcement } from '../kernel/door.ts';
import type { Extraction } from './contract.ts';
import { createJobAnnouncer } from './job-announcer.ts';

let now: number;
let job: Extraction;
let told: Announcement[];

const announcer = () =>
  createJobAnnouncer({
    find: (id) => (id === job.id ? job : undefined),
    announce: (announcement) => told.push(announcement),
    monotonic: () => now,
  });
const pass = (ms: number) => {
  now += ms;
  vi.advanceTimersByTime(ms);
};
const downloaded = (percent: number): Extraction => ({
  ...job,
  status: 'processing',
  step: 'downloading',
  progress: { percent, bytes: percent, bytes_total: 100, bytes_per_second: null },
});
const payloads = () => told.map(({ payload }) => payload);

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  told = [];
  job = {
    id: 'x1',
    url: 'https://media.example/watch?v=1',
    status: 'pending',
    step: 'queued',
    service: null,
    service_id: null,
    title: null,
    uploader: null,
    duration: null,
    start_ms: null,
    end_ms: null,
    sponsorblock: false,
    playlist: null,
    progress: null,
    ahead: 0,
    error: null,
    sound_id: null,
    duplicate: false,
    price: 5,
    attempt: 1,
    requested_by: 'ann',
    created_at: '2026-01-01T12:00:00.000Z',
    updated_at: '2026-01-01T12:00:00.000Z',
    finished_at: null,
  };
});
afterEach(() => {
  vi.useRealTimers();
});

it('of a job everybody hears at once how far it is, and not what it is', () => {
  job = { ...downloaded(43.7), title: 'Secret song' };
  announcer().changed('x1');
  expect(told).toEqual([
    {
      topic: 'state/jobs/x1',
      payload: { percent: 43, stage: 'downloading', title: 'extraction' },
      retain: true,
      qos: 0,
    },
  ]);
});

it('many changes are told once a second, as it stands then', () => {
  const { changed } = announcer();
  changed('x1');
  for (let percent = 1; percent <= 10; percent++) {
    job = downloaded(percent);
    changed('x1');
    pass(50);
  }
  expect(told).toHaveLength(1);
  pass(500);
  expect(payloads().slice(1)).toEqual([{ percent: 10, stage: 'downloading', title: 'extraction' }]);
  pass(5000);
  expect(told).toHaveLength(2);
});

it('the end stays for a minute and is then taken away', () => {
  const { changed } = announcer();
  job = { ...job, status: 'completed', step: 'completed', title: 'A song' };
  changed('x1');
  expect(payloads()).toEqual([{ percent: 100, stage: 'completed', title: 'extraction' }]);
  pass(59_000);
  expect(told).toHaveLength(1);
  pass(1000);
  expect(told.at(-1)).toEqual({ topic: 'state/jobs/x1', payload: '', retain: true, qos: 0 });
});

it('a job that is tried again within the minute stays on its topic', () => {
  const { changed } = announcer();
  job = { ...job, status: 'failed' };
  changed('x1');
  pass(30_000);
  job = { ...job, status: 'pending' };
  changed('x1');
  pass(120_000);
  expect(payloads().map((payload) => (payload as { stage: string }).stage)).toEqual([
    'failed',
    'queued',
  ]);
});

it('a job that nobody knows is not told, and nothing is after the stop', () => {
  const { changed, stop } = announcer();
  changed('x2');
  changed('x1');
  changed('x1');
  stop();
  pass(1000);
  changed('x1');
  pass(120_000);
  expect(told).toHaveLength(1);
});
