import type { PlayerState, PlayerSummary, TrackSound } from '../../server/player/contract.ts';

/** A track for tests; only what matters there is named. */
export const aTrack = (track: Partial<TrackSound> = {}): TrackSound => ({
  id: 'horn',
  name: 'Air horn',
  type: 'SDB',
  duration: 1_900,
  tags: ['Memes'],
  ...track,
});

/** The jukebox with a list of three, at its first track. */
export const aPlayer = (state: Partial<PlayerSummary> = {}): PlayerSummary => ({
  status: 'paused',
  mode: 'continuous',
  volume: 64,
  position: 49_000,
  duration: 153_000,
  index: 0,
  entry_id: 'e0',
  sound: aTrack({ id: 's0', name: '8-bit overture', duration: 153_000, tags: ['Music'] }),
  from_queue: false,
  playlist: { id: 'list', name: 'Friday night', length: 3, duration: 300_000 },
  queue: [],
  sleep_timer: null,
  at: '2026-11-20T10:00:00.000Z',
  ...state,
});

/** What GET /player/state answers for it. */
export const wholeState = (
  state: PlayerSummary = aPlayer(),
  sounds: TrackSound[] = ['8-bit overture', 'Night forest', 'Slap bass'].map((name, at) =>
    aTrack({ id: `s${at}`, name }),
  ),
): PlayerState => ({ ...state, playlist: state.playlist && { ...state.playlist, sounds } });
