import { beforeEach, describe, expect, it, vi } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { uuidv7 } from '../kernel/ports.ts';
import type { Problem } from '../kernel/problem.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { scheduleDecider, type ScheduleCommand } from './decider.ts';
import { scheduleStream, type ScheduleEvent, type Terms } from './events.ts';
import { schedulesProjection } from './projection.ts';
import { createScheduleQueries, present } from './queries.ts';
import { createScheduler, type Perform } from './scheduler.ts';

const zone = 'Europe/Berlin';
/** Monday, 07:00 in Berlin. */
const seven = Date.UTC(2026, 10, 23, 6);
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let kernel: ReturnType<typeof testKernel>;
let queries: ReturnType<typeof createScheduleQueries>;
let scheduler: ReturnType<typeof createScheduler>;
let performed: { sound: string; alarm: boolean; actor: string; origin: string }[];
let problem: Problem | undefined;

/** What ends the words that are under way. */
let spoken: () => void;

const perform: Perform = async (what, { command, alarm }) => {
  const { actor, origin } = command;
  if (what.type === 'say') await new Promise<void>((done) => (spoken = done));
  performed.push({ sound: what.type === 'play_sound' ? what.sound_id : '', alarm, actor, origin });
  return problem;
};

const decide = (command: ScheduleCommand) =>
  kernel.bus.execute({ actor: 'ada', origin: 'http' }, (tx) => {
    tx.decide(scheduleDecider, scheduleStream(command.schedule_id), command);
    return done(null);
  });
const define = (change: Partial<Terms> = {}, schedule_id = 's1') => {
  const terms: Terms = {
    name: 'School',
    enabled: true,
    when: { weekdays: ['mon', 'tue'], time: '07:00' },
    zone,
    what: { type: 'play_sound', sound_id: 'gong' },
    alarm: false,
    ...change,
  };
  return decide({ type: 'Define', schedule_id, terms, schedules: 0, schedulesMax: 9 });
};
const redefine = (terms: Partial<Terms>) => decide({ type: 'Redefine', schedule_id: 's1', terms });
/** Looks at the clock at each of these moments; how often something sounded by then. */
const looks = async (...moments: number[]): Promise<number[]> => {
  const counts: number[] = [];
  for (const moment of moments) {
    kernel.clock.set(moment);
    await scheduler.look();
    counts.push(performed.length);
  }
  return counts;
};
const dueTimes = () =>
  [...kernel.log.readStream(scheduleStream('s1'))]
    .map((event) => event as unknown as ScheduleEvent)
    .flatMap((event) => (event.type === 'ScheduleFired' ? [event.data.due_at] : []));

/** As a start of the server makes it: it knows nothing but what is in the log. */
const startAgain = async () => {
  await scheduler.stop();
  scheduler = createScheduler(kernel, queries, perform);
};

beforeEach(() => {
  kernel = testKernel({ ids: uuidv7, projections: [schedulesProjection] });
  kernel.clock.set(seven - dayMs);
  queries = createScheduleQueries(kernel.storage);
  performed = [];
  problem = undefined;
  scheduler = createScheduler(kernel, queries, perform);
  return () => scheduler.stop();
});

describe('a schedule', () => {
  it('fires at its time, once, as the house', async () => {
    await define({ alarm: true });
    expect(await looks(seven - 1, seven, seven + 1, seven + minuteMs)).toEqual([0, 1, 1, 1]);
    expect(performed).toEqual([
      { sound: 'gong', alarm: true, actor: 'schedule', origin: 'schedule' },
    ]);
    expect(dueTimes()).toEqual([new Date(seven).toISOString()]);
  });

  it('fires again at its next time', async () => {
    await define();
    expect(await looks(seven, seven + dayMs, seven + 2 * dayMs)).toEqual([1, 2, 2]);
  });

  it('that was missed is not played late, a moment too late still is', async () => {
    await define();
    expect(await looks(seven + minuteMs)).toEqual([0]);
    expect(await looks(seven + dayMs + minuteMs - 1)).toEqual([1]);
  });

  it('does not fire for a time before it was defined, or changed', async () => {
    kernel.clock.set(seven + 10_000);
    await define();
    expect(await looks(seven + 10_001)).toEqual([0]);
    kernel.clock.set(seven + dayMs - 1);
    await redefine({ when: { weekdays: ['tue'], time: '06:59' } });
    expect(await looks(seven + dayMs)).toEqual([0]);
  });

  it('does not fire while it is off, and not after it was removed', async () => {
    await define({ enabled: false });
    expect(await looks(seven)).toEqual([0]);
    await redefine({ enabled: true });
    await decide({ type: 'Remove', schedule_id: 's1' });
    expect(await looks(seven + dayMs)).toEqual([0]);
  });

  it('of two at the same time both fire', async () => {
    await define();
    await define({ what: { type: 'play_sound', sound_id: 'bell' } }, 's2');
    await looks(seven);
    expect(performed.map(({ sound }) => sound)).toEqual(['gong', 'bell']);
  });
});

describe('words that take long to be made', () => {
  it('keep neither an alarm of the same minute waiting, nor one of the next', async () => {
    await define({ what: { type: 'say', text: 'Good morning' } });
    await define({ what: { type: 'play_sound', sound_id: 'bell' } }, 's2');
    await define(
      {
        when: { weekdays: ['mon'], time: '07:01' },
        what: { type: 'play_sound', sound_id: 'horn' },
      },
      's3',
    );
    const sounded = () => performed.map(({ sound }) => sound);
    kernel.clock.set(seven);
    const first = scheduler.look();
    await vi.waitFor(() => expect(sounded()).toEqual(['bell']));
    kernel.clock.set(seven + minuteMs);
    const second = scheduler.look();
    await vi.waitFor(() => expect(sounded()).toEqual(['bell', 'horn']));
    spoken();
    await Promise.all([first, second]);
    expect(performed).toHaveLength(3);
  });
});

describe('the first look after a start', () => {
  it('is not put off by a change of the schedules', async () => {
    await define();
    kernel.clock.set(seven + 1000);
    vi.useFakeTimers();
    try {
      scheduler.start();
      scheduler.changed();
      await vi.advanceTimersByTimeAsync(6000);
      expect(performed).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what comes due while a look is under way', () => {
  it('is looked at right after it', async () => {
    await define();
    await define({ when: { weekdays: ['mon'], time: '07:01' } }, 's2');
    kernel.clock.set(seven);
    const look = scheduler.look();
    kernel.clock.set(seven + minuteMs);
    await look;
    await vi.waitFor(() => expect(performed).toHaveLength(2));
  });
});

describe('a restart', () => {
  it('does not fire what was missed', async () => {
    await define();
    await startAgain();
    expect(await looks(seven + 2 * minuteMs)).toEqual([0]);
  });

  it('does not fire again what has fired within the minute', async () => {
    await define();
    await looks(seven);
    await startAgain();
    expect(await looks(seven + 5000)).toEqual([1]);
  });
});

describe('a clock', () => {
  it('that jumps back does not fire twice', async () => {
    await define({ when: { cron: '* * * * *' } });
    const times = [0, 1, 2, 3].map((minute) => seven + minute * minuteMs);
    expect(await looks(...times)).toEqual([1, 2, 3, 4]);
    expect(await looks(...times)).toEqual([4, 4, 4, 4]);
    expect(await looks(seven + 4 * minuteMs)).toEqual([5]);
  });

  it('that jumps ahead skips what lies between, and goes on when it comes home', async () => {
    await define();
    expect(await looks(seven + 365 * dayMs + 5 * minuteMs, seven - minuteMs, seven)).toEqual([
      0, 0, 1,
    ]);
  });

  it('that ran ahead when the schedule was defined does not keep it silent', async () => {
    kernel.clock.set(seven + 365 * dayMs);
    await define();
    expect(await looks(seven)).toEqual([1]);
  });
});

describe('a schedule that fired and did nothing', () => {
  it('says why until it fires again', async () => {
    problem = {
      status: 503,
      code: 'player_unavailable',
      title: 'No player',
      detail: 'It is gone.',
    };
    await define();
    await looks(seven);
    const shown = () => queries.all().map((row) => present(row, kernel.clock.now()));
    expect(shown()).toMatchObject([
      { problem: 'It is gone.', next_at: new Date(seven + dayMs).toISOString() },
    ]);
    problem = undefined;
    await looks(seven + dayMs);
    expect(shown()).toMatchObject([{ problem: null }]);
  });
});
