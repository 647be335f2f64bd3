import type { Metric } from '../kernel/metric.ts';
import type { PlayerReport } from './contract.ts';
import type { PlayerState } from './player-state.ts';

export type Heartbeat = Extract<PlayerReport, { type: 'heartbeat' }>;

/** `heartbeat`: the last one of the player that is connected. */
export const playerMetrics = (ports: {
  heartbeat: () => Heartbeat | undefined;
  state: () => Pick<PlayerState, 'queue'>;
}): readonly Metric[] => [
  {
    kind: 'gauge',
    name: 'encore_voices',
    help: 'Voices of the soundboard that sound',
    read: () => ports.heartbeat()?.voices,
  },
  {
    kind: 'counter',
    name: 'encore_player_underruns_total',
    help: 'Times that the output had nothing to play, since the start of the player',
    read: () => ports.heartbeat()?.underruns,
  },
  {
    kind: 'gauge',
    name: 'encore_player_buffer_seconds',
    help: 'Sound that waits at the output; grows by itself on a busy machine',
    read: () => seconds(ports.heartbeat()?.buffer_ms),
  },
  {
    kind: 'gauge',
    name: 'encore_player_output_latency_seconds',
    help: 'What the output itself adds to each press',
    read: () => seconds(ports.heartbeat()?.output_latency_ms),
  },
  {
    kind: 'gauge',
    name: 'encore_player_queue_length',
    help: 'Tracks that were put beside the playlist and wait',
    read: () => ports.state().queue.length,
  },
];

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : ms / 1000;
