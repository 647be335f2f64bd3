import { expect, it } from 'vitest';
import { fakeClock } from '../kernel/testing/fake-ports.ts';
import { createLoudness } from './loudness.ts';

const make = (caps: { ordinary: number; alarm: number } = { ordinary: 100, alarm: 100 }) => {
  const clock = fakeClock();
  const volumeCap = (alarm: boolean) => (alarm ? caps.alarm : caps.ordinary);
  return { clock, loudness: createLoudness(clock, { volumeCap }, () => undefined) };
};

it('is the volume that was chosen, up to the cap', () => {
  const { loudness } = make({ ordinary: 30, alarm: 100 });
  expect([loudness.of(20), loudness.of(80)]).toEqual([20, 30]);
});

it('rises from silence while the music fades in', () => {
  const { clock, loudness } = make();
  loudness.begins(false, 10_000);
  const heard = [0, 2500, 5000, 60_000].map((ms) => {
    clock.advance(ms);
    return loudness.of(80);
  });
  expect(heard).toEqual([0, 20, 60, 80]);
  loudness.ended();
});

it('is that of an alarm until the music ends', () => {
  const { loudness } = make({ ordinary: 10, alarm: 90 });
  loudness.begins(true, 0);
  expect(loudness.of(100)).toBe(90);
  loudness.ended();
  expect(loudness.of(100)).toBe(10);
});

it('of music that ended while it rose is whole again', () => {
  const { loudness } = make();
  loudness.begins(false, 10_000);
  loudness.ended();
  expect(loudness.of(70)).toBe(70);
});
