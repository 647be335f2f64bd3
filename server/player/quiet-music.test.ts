import { beforeEach, describe, expect, it } from 'vitest';
import { createHousehold } from '../household/index.ts';
import { householdDecider } from '../household/decider.ts';
import { householdStream } from '../household/events.ts';
import { settingsProjection } from '../household/projection.ts';
import { createQuietWatch } from '../household/quiet-watch.ts';
import { registry } from '../household/registry.ts';
import { done } from '../kernel/command-bus.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { createLoudness } from './loudness.ts';
import { createQuietMusic } from './quiet-music.ts';

type QuietHours = typeof registry.quiet_hours.default;

let kernel: ReturnType<typeof testKernel>;
let household: ReturnType<typeof createHousehold>;
let loudness: ReturnType<typeof createLoudness>;
let watch: ReturnType<typeof createQuietWatch>;
let quiet: ReturnType<typeof createQuietMusic>;
let playing: boolean;
let pauses: number;

const choose = async (change: Partial<QuietHours>) => {
  await kernel.bus.execute({ actor: 'ada', origin: 'http' }, (tx) => {
    const quiet_hours = { ...registry.quiet_hours.default, enabled: true, ...change };
    const command = { type: 'ChooseSettings', values: { quiet_hours } } as const;
    tx.decide(householdDecider, householdStream, command);
    return done(null);
  });
  household.tellChanged();
};
/** The house's clock comes by an hour of the first or the second day; quiet is from 22 to 7. */
const comes = (hour: number) => {
  kernel.clock.set(new Date(2026, 10, 23, hour).getTime());
  watch.look();
};
const settledVolume = () => {
  kernel.clock.advance(60_000);
  return loudness.of(80);
};

beforeEach(() => {
  kernel = testKernel({ projections: [settingsProjection] });
  household = createHousehold(kernel);
  loudness = createLoudness(kernel.clock, household);
  playing = true;
  pauses = 0;
  quiet = createQuietMusic({
    household,
    isAlarm: loudness.isAlarm,
    isPlaying: () => playing,
    pause: () => {
      pauses += 1;
      playing = false;
    },
  });
  household.onChanged(() => {
    quiet.look();
    loudness.capMoved(playing);
  });
  watch = createQuietWatch({ clock: kernel.clock, publish: () => undefined }, household);
  comes(21);
  watch.start();
  quiet.start();
  return () => {
    watch.stop();
    loudness.begins(false, 0);
  };
});

describe('when quiet hours begin', () => {
  it('music goes on lowered where the household lowers it, and comes back after them', async () => {
    await choose({ jukebox: 'lower', volume_cap: 20 });
    expect(settledVolume()).toBe(80);
    comes(22);
    expect(loudness.of(80)).toBe(80);
    expect([settledVolume(), pauses]).toEqual([20, 0]);
    comes(31);
    expect(loudness.of(80)).toBe(20);
    expect([settledVolume(), pauses]).toEqual([80, 0]);
  });

  it('music pauses where the household refuses it, and does not come back by itself', async () => {
    await choose({ jukebox: 'refuse' });
    comes(22);
    expect([pauses, playing]).toEqual([1, false]);
    comes(31);
    expect([pauses, playing]).toEqual([1, false]);
  });

  it('nothing happens where the household allows it, or nothing plays', async () => {
    await choose({ jukebox: 'allow', volume_cap: 20 });
    comes(22);
    expect([settledVolume(), pauses]).toEqual([80, 0]);
    comes(31);
    playing = false;
    await choose({ jukebox: 'refuse' });
    comes(46);
    expect(pauses).toBe(0);
  });

  it('an alarm plays on, where alarms pass', async () => {
    await choose({ jukebox: 'refuse', volume_cap: 20 });
    loudness.begins(true, 0);
    comes(22);
    expect([settledVolume(), pauses]).toEqual([80, 0]);
  });

  it('an alarm pauses like other music where alarms do not pass', async () => {
    await choose({ jukebox: 'refuse', alarms_pass: false });
    loudness.begins(true, 0);
    comes(22);
    expect(pauses).toBe(1);
  });
});

describe('in quiet hours', () => {
  it('what somebody lets play all the same plays on, whatever setting changes', async () => {
    await choose({ jukebox: 'refuse', admins_pass: true });
    comes(22);
    playing = true;
    household.tellChanged();
    comes(23);
    expect(pauses).toBe(1);
  });

  it('music pauses when they are switched on', async () => {
    comes(23);
    await choose({ jukebox: 'refuse' });
    expect(pauses).toBe(1);
  });

  it('what plays on from before a restart is left alone', async () => {
    playing = false;
    await choose({ jukebox: 'refuse' });
    comes(22);
    playing = true;
    quiet.start();
    comes(23);
    expect(pauses).toBe(0);
  });
});
