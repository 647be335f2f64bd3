import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Announcement } from '../../kernel/door.ts';
import type { JobProgress } from '../../sounds/contract.ts';
import { createJobStates } from './job-states.ts';

let told: Announcement[];
let states: ReturnType<typeof createJobStates>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  states = createJobStates((announcement) => told.push(announcement));
});
afterEach(() => {
  states.stop();
  vi.useRealTimers();
});

const hear = (more: Partial<JobProgress>) =>
  states.hear({
    type: 'job_progress',
    data: { job: 'scan', job_id: 'j1', done: 0, total: 200, state: 'running', ...more },
  });
const payloads = () => told.map(({ payload }) => payload);

test('a job is told of once a second, its end at once, and cleared a minute later', () => {
  for (let done = 0; done < 90; done++) {
    hear({ done });
    vi.advanceTimersByTime(20);
  }
  hear({ done: 100, title: 'Gong.wav', state: 'cancelled' });
  vi.advanceTimersByTime(59_000);
  expect(payloads()).toEqual([
    { percent: 0, stage: 'running', title: 'scan' },
    { percent: 24, stage: 'running', title: 'scan' },
    { percent: 50, stage: 'cancelled', title: 'Gong.wav' },
  ]);
  vi.advanceTimersByTime(2000);
  expect(told.at(-1)).toEqual({ topic: 'state/jobs/j1', payload: '', retain: true, qos: 0 });
});

test('of extractions their own room tells', () => {
  const progress = { percent: 43.7, bytes: 1, bytes_total: 2, bytes_per_second: null };
  const data = { job: 'extraction', job_id: 'x1', step: 'downloading', progress };
  states.hear({ type: 'job_progress', data });
  const extraction = { id: 'x1', status: 'completed', title: 'Secret song' };
  states.hear({ type: 'extraction_changed', data: { extraction } });
  expect(told).toEqual([]);
});

test('what comes after the end is not told, and other messages are no jobs', () => {
  hear({ state: 'finished' });
  hear({ done: 1 });
  states.hear({ type: 'voices', data: {} });
  expect(payloads()).toEqual([{ percent: 100, stage: 'finished', title: 'scan' }]);
});

test('at the stop nothing is left of jobs that run or have just ended', () => {
  hear({ done: 1 });
  hear({ job_id: 'j2', state: 'finished' });
  told.length = 0;
  states.stop();
  expect(told).toEqual([
    { topic: 'state/jobs/j1', payload: '', retain: true, qos: 0 },
    { topic: 'state/jobs/j2', payload: '', retain: true, qos: 0 },
  ]);
});
