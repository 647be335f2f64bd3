import { describe, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { PlayEvent } from './events.ts';
import { playsProjection } from './projection.ts';

const of = (play_id: string) => ({ play_id, sound_id: 's1' });
const requested = (id: string): PlayEvent => ({
  type: 'PlayRequested',
  data: { ...of(id), user_id: 'mira' },
});

describe('plays', () => {
  it('remember what became of each press', async () => {
    const spec = await projectionSpec(playsProjection).given(
      { stream: 'play-a', event: requested('a') },
      { stream: 'play-a', event: { type: 'PlayStarted', data: { ...of('a'), latency_ms: 17.2 } } },
      { stream: 'play-b', event: requested('b') },
      {
        stream: 'play-b',
        event: { type: 'PlayFailed', data: { ...of('b'), code: 'file_missing', message: 'Gone.' } },
      },
      { stream: 'play-c', event: requested('c') },
      { stream: 'play-a', event: { type: 'PlayFinished', data: { ...of('a'), heard_ms: 900 } } },
    );
    spec.thenRows(
      'SELECT id, status, reason, message, latency_ms, position FROM plays ORDER BY id',
      [
        { id: 'a', status: 'finished', reason: null, message: null, latency_ms: 17.2, position: 1 },
        {
          id: 'b',
          status: 'failed',
          reason: 'file_missing',
          message: 'Gone.',
          latency_ms: null,
          position: 3,
        },
        {
          id: 'c',
          status: 'requested',
          reason: null,
          message: null,
          latency_ms: null,
          position: 5,
        },
      ],
    );
  });
});
