import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../kernel/event.ts';
import type { RunningKernel } from '../kernel/kernel.ts';
import type { FakeClock } from '../kernel/testing/fake-ports.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { createLogTimes } from './log-times.ts';
import { createPastStates } from './past-states.ts';

let kernel: RunningKernel & { clock: FakeClock };
beforeEach(() => {
  kernel = testKernel();
});
afterEach(() => kernel.stop());

const record = (stream: string, ...events: Event[]) => {
  const meta = { actor: 'mira', origin: 'http', correlationId: 'c', causationId: null } as const;
  kernel.log.append(stream, kernel.log.streamVersion(stream), events, meta);
};
const granted = (balance_after: number): Event => ({
  type: 'CreditsGranted',
  data: {
    user_id: 'mira',
    amount: 1,
    balance_before: balance_after - 1,
    balance_after,
    reason: '',
  },
});
const volume = (value: number): Event => ({
  type: 'VolumeSet',
  data: { room: 'main', volume: value },
});
/** Small enough that a short log has pages, kept states and a queue. */
const limits = { pageEvents: 3, keepEveryEvents: 4, keptMax: 3, questionsMax: 2 };

describe('the past', () => {
  it('is what the log says up to a position, and nothing of what came later', async () => {
    record(
      'play-p',
      { type: 'PlayRequested', data: { play_id: 'p', sound_id: 'horn', user_id: 'mira' } },
      { type: 'PlayStarted', data: { play_id: 'p', sound_id: 'horn', latency_ms: 9 } },
      { type: 'PlayFinished', data: { play_id: 'p', sound_id: 'horn', heard_ms: 200 } },
    );
    record('player-main', volume(30));
    const states = createPastStates(kernel, limits);
    const voices = async (at: number) => [...(await states.at(at)).voices.keys()];
    expect([await voices(1), await voices(2), await voices(3)]).toEqual([[], ['p'], []]);
    expect((await states.at(3)).players.size).toBe(0);
    expect((await states.at(4)).players.get('main')?.volume).toBe(30);
  });

  it('is the same forwards, backwards and at one stroke, over every page and kept state', async () => {
    for (let balance = 1; balance <= 40; balance++) record('credits-mira', granted(balance));
    const positions = Array.from({ length: 40 }, (_, index) => index + 1);
    const balancesOf = async (asked: number[]) => {
      const states = createPastStates(kernel, limits);
      const seen: (number | undefined)[] = [];
      for (const position of asked) seen.push((await states.at(position)).balances.get('mira'));
      return seen;
    };
    expect(await balancesOf(positions)).toEqual(positions);
    expect(await balancesOf(positions.toReversed())).toEqual(positions.toReversed());
    expect(await balancesOf([40])).toEqual([40]);
  });

  it('costs little beside a moment that was asked for before', async () => {
    for (let balance = 1; balance <= 16; balance++) record('credits-mira', granted(balance));
    const asked: number[] = [];
    const log = {
      ...kernel.log,
      readAll: (after: number, ...rest: [number, { has(type: string): boolean }?]) => {
        asked.push(after);
        return kernel.log.readAll(after, ...rest);
      },
    };
    const states = createPastStates({ log }, { ...limits, keptMax: 100 });
    await states.at(15);
    expect(asked).toEqual([0, 3, 4, 7, 8, 11, 12]);
    asked.length = 0;
    await states.at(14);
    expect(asked).toEqual([12]);
  });

  it('is asked for by so many at a time, and the next are told to wait', async () => {
    record('player-main', volume(1));
    const states = createPastStates(kernel, limits);
    const two = [states.at(1), states.at(1)];
    await expect(states.at(1)).rejects.toMatchObject({ problem: { code: 'past_states_busy' } });
    await Promise.all(two);
    expect((await states.at(1)).players.get('main')?.volume).toBe(1);
  });

  it('is not replayed any further once the server stops', async () => {
    record('player-main', volume(1));
    const states = createPastStates(kernel, limits);
    states.stop();
    await expect(states.at(1)).rejects.toMatchObject({ problem: { code: 'stopping' } });
  });
});

describe('the times of the log', () => {
  it('say where a moment is: at the last event by then', async () => {
    const start = kernel.clock.now();
    for (let minute = 0; minute < 5; minute++) {
      record('player-main', volume(minute), volume(minute));
      kernel.clock.advance(60_000);
    }
    const times = createLogTimes(kernel);
    const at = (minutes: number) => times.positionAt(start + minutes * 60_000);
    expect([at(-1), at(0), at(0.5), at(1), at(4), at(99)]).toEqual([0, 2, 2, 4, 10, 10]);
    expect(times.recordedAt(3)).toBe(new Date(start + 60_000).toISOString());
    expect(times.recordedAt(0)).toBeNull();
  });

  it('count every event once, in the piece it belongs to', async () => {
    record('player-main', volume(1), volume(2), volume(3));
    kernel.clock.advance(90_000);
    record('player-main', volume(4));
    kernel.clock.advance(10_000);
    const { counts, total } = createLogTimes(kernel).density(10);
    expect(counts).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(total).toBe(4);
  });

  it('are counted in full where the clock was set back', async () => {
    record('player-main', volume(1), volume(2));
    kernel.clock.set(kernel.clock.now() - 3_600_000);
    record('player-main', volume(3));
    const { counts } = createLogTimes(kernel).density(4);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('of an empty log are now', () => {
    const now = new Date(kernel.clock.now()).toISOString();
    expect(createLogTimes(kernel).density(2)).toEqual({
      from: now,
      to: now,
      total: 0,
      counts: [0, 0],
    });
  });
});
