import { describe, expect, it, vi } from 'vitest';
import { fakeClock } from '../kernel/testing/fake-ports.ts';
import { createLoudness } from './loudness.ts';

const make = (caps: { ordinary: number; alarm: number } = { ordinary: 100, alarm: 100 }) => {
  const clock = fakeClock();
  const volumeCap = (alarm: boolean) => (alarm ? caps.alarm : caps.ordinary);
  return { clock, caps, loudness: createLoudness(clock, { volumeCap }) };
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

it('is no longer that of an alarm once a person has chosen a track', () => {
  const { loudness } = make({ ordinary: 10, alarm: 90 });
  loudness.begins(true, 0);
  const told: number[] = [];
  loudness.onStep(() => told.push(loudness.of(100)));
  loudness.chosen();
  expect([loudness.isAlarm(), told]).toEqual([false, [10]]);
});

it('of music that ended while it rose is whole again', () => {
  const { loudness } = make();
  loudness.begins(false, 10_000);
  loudness.ended();
  expect(loudness.of(70)).toBe(70);
});

describe('a cap that moves', () => {
  const slideTo = (ordinary: number, isPlaying: boolean) => {
    const made = make();
    expect(made.loudness.of(80)).toBe(80);
    made.caps.ordinary = ordinary;
    made.loudness.capMoved(isPlaying);
    return made;
  };
  const heard = ({ clock, loudness }: ReturnType<typeof make>, ...waits: number[]) =>
    waits.map((ms) => {
      clock.advance(ms);
      return loudness.of(80);
    });

  it('is followed in a slide by what plays, and back again', () => {
    const made = slideTo(20, true);
    expect(heard(made, 0, 1500, 1500, 60_000)).toEqual([80, 60, 20, 20]);
    made.caps.ordinary = 100;
    made.loudness.capMoved(true);
    expect(heard(made, 0, 1500, 1500)).toEqual([20, 60, 80]);
    made.loudness.ended();
  });

  it('turns round where it is', () => {
    const made = slideTo(20, true);
    expect(heard(made, 1500)).toEqual([60]);
    made.caps.ordinary = 100;
    made.loudness.capMoved(true);
    expect(heard(made, 0, 3000)).toEqual([60, 80]);
    made.loudness.ended();
  });

  it('is at once what begins next', () => {
    expect(heard(slideTo(20, false), 0)).toEqual([20]);
  });

  it('calls whoever tells the player, until it has arrived', async () => {
    vi.useFakeTimers();
    const made = slideTo(20, true);
    const steps: number[] = [];
    made.loudness.onStep(() => steps.push(made.loudness.of(80)));
    for (let step = 0; step < 20; step++) {
      made.clock.advance(200);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect([steps.length, steps.at(-1)]).toEqual([15, 20]);
    vi.useRealTimers();
  });
});
