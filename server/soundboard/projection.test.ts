import { describe, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { PlayerEvent } from '../player/events.ts';
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

  const track = (track_id: string) => ({ room: 'main', track_id, sound_id: 's1' });
  const room = 'main';
  const ofJukebox = (...events: PlayerEvent[]) =>
    events.map((event) => ({ stream: 'player-main', event }));
  const tracks = `SELECT id, user_id, source, status, reason, latency_ms, position,
    started_at - 1767268800000 AS started_at, ended_at - 1767268800000 AS ended_at
    FROM plays ORDER BY position`;
  const minuteMs = 60_000;

  it('have a track of the jukebox once enough of it was heard, since its beginning', async () => {
    const spec = await projectionSpec(playsProjection).given(
      ...ofJukebox(
        { type: 'TrackStarted', data: track('t1') },
        { type: 'TrackCounted', data: track('t1') },
        { type: 'TrackFinished', data: { ...track('t1'), heard_ms: 9000 } },
        // Skipped before it counted.
        { type: 'TrackStarted', data: track('t2') },
        { type: 'PlaybackStopped', data: { room, reason: 'asked', fade_ms: 0 } },
      ),
    );
    spec.thenRows(tracks, [
      {
        id: 't1',
        user_id: null,
        source: 'player',
        status: 'finished',
        reason: null,
        latency_ms: null,
        position: 2,
        started_at: 0,
        ended_at: 2 * minuteMs,
      },
    ]);
  });

  const choice = { sound_id: 's1', place: null, queue_id: 'q', position_ms: 0, new_round: false };
  it.each<[string, string, PlayerEvent]>([
    ['stopped', 'stop', { type: 'PlaybackStopped', data: { room, reason: 'asked', fade_ms: 0 } }],
    ['stopped', 'next', { type: 'TrackChosen', data: { room, track_id: 't2', ...choice } }],
    [
      'stopped',
      'another list',
      { type: 'PlaylistLoaded', data: { room, playlist_id: 'p', place: null } },
    ],
    [
      'stopped',
      'its removal',
      { type: 'PlaylistReloaded', data: { room, playlist_id: 'p', place: null, stopped: true } },
    ],
    [
      'started',
      'an edit',
      { type: 'PlaylistReloaded', data: { room, playlist_id: 'p', place: null, stopped: false } },
    ],
    [
      'started',
      'a pause',
      { type: 'PlaybackPaused', data: { room, position_ms: 5, reason: 'asked' } },
    ],
    [
      'failed',
      'a fault',
      { type: 'TrackFailed', data: { ...track('t1'), code: 'file_corrupt', message: 'Broken.' } },
    ],
  ])('of the jukebox are %s by %s', async (status, _what, event) => {
    const spec = await projectionSpec(playsProjection).given(
      ...ofJukebox(
        { type: 'TrackStarted', data: track('t1') },
        { type: 'TrackCounted', data: track('t1') },
        event,
      ),
    );
    spec.thenRows('SELECT id, status FROM plays', [{ id: 't1', status }]);
  });
});
