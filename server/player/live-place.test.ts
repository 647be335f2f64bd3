import { expect, it } from 'vitest';
import { fakeClock } from '../kernel/testing/fake-ports.ts';
import { createLivePlace } from './live-place.ts';

const said = {
  track_id: 't',
  sound_id: 's',
  position_ms: 2000,
  duration_ms: 60_000,
  heard_ms: 2000,
  paused: false,
  at_ms: 0,
};

it('goes on between two reports, and not without any', () => {
  const clock = fakeClock();
  const live = createLivePlace(clock);
  live.hear(said);
  const places = [0, 250, 60_000].map((ms) => {
    clock.advance(ms);
    return live.of('t')?.position_ms;
  });
  expect(places).toEqual([2000, 2250, 3000]);
});

it('stands still in a pause', () => {
  const clock = fakeClock();
  const live = createLivePlace(clock);
  live.hear({ ...said, paused: true });
  clock.advance(500);
  expect(live.of('t')?.position_ms).toBe(2000);
});
