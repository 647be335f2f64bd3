import { measures, type Metric } from '../kernel/metric.ts';
import type { PlayEvent } from './events.ts';

/** The goal is 40 ms above the floor of the output, at 95 of 100 presses; who queues waits up to a minute. */
const latencyBuckets = [
  0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 3, 60,
];

export const soundboardMetrics: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'encore_presses_total',
    help: 'Presses that were accepted, by the door they came through',
    label: 'origin',
    measures: measures<PlayEvent>({
      PlayRequested: ({ origin }) => ({ value: 1, label: origin }),
    }),
  },
  {
    kind: 'histogram',
    name: 'encore_press_latency_seconds',
    help: 'From a press at the edge of the server until its first sample at the output',
    buckets: latencyBuckets,
    measures: measures<PlayEvent>({
      PlayStarted: ({ data }) => ({ value: data.latency_ms / 1000 }),
    }),
  },
  {
    kind: 'counter',
    name: 'encore_plays_ended_total',
    help: 'Presses that ended, by how; those that failed, by why',
    label: 'outcome',
    measures: measures<PlayEvent>({
      PlayFinished: () => ({ value: 1, label: 'finished' }),
      PlayStopped: ({ data }) => ({ value: 1, label: data.reason }),
      PlayFailed: ({ data }) => ({ value: 1, label: data.code }),
    }),
  },
];
