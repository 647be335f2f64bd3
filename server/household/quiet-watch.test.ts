import { beforeEach, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { householdDecider } from './decider.ts';
import { householdStream } from './events.ts';
import { createHousehold } from './household.ts';
import { settingsProjection } from './projection.ts';
import { createQuietWatch } from './quiet-watch.ts';
import { registry } from './registry.ts';

let kernel: ReturnType<typeof testKernel>;
let household: ReturnType<typeof createHousehold>;
let watch: ReturnType<typeof createQuietWatch>;
let told: { quiet: unknown }[];
let changes: number;

const at = (hour: number): void => kernel.clock.set(new Date(2026, 10, 23, hour).getTime());
const choose = (change: Partial<typeof registry.quiet_hours.default>) =>
  kernel.bus.execute({ actor: 'ada', origin: 'http' }, (tx) => {
    const quiet_hours = { ...registry.quiet_hours.default, enabled: true, ...change };
    const values = { quiet_hours };
    tx.decide(householdDecider, householdStream, { type: 'ChooseSettings', values });
    return done(null);
  });

beforeEach(async () => {
  kernel = testKernel({ projections: [settingsProjection] });
  household = createHousehold(kernel);
  told = [];
  changes = 0;
  household.onChanged(() => (changes += 1));
  const publish = ({ data }: { data: Record<string, unknown> }) =>
    void told.push(data as { quiet: unknown });
  watch = createQuietWatch({ clock: kernel.clock, publish }, household);
  at(21);
  await choose({ jukebox: 'lower', volume_cap: 20 });
  watch.start();
  return () => watch.stop();
});

it('tells when quiet hours begin and end, once each', () => {
  for (const hour of [21, 22, 23, 31, 32]) {
    at(hour);
    watch.look();
  }
  expect(told.map(({ quiet }) => quiet)).toEqual([true, false]);
  expect(changes).toBe(2);
});

it('the music is capped in them and not outside; an alarm passes, but never what is the loudest', () => {
  const caps = (hour: number) => {
    at(hour);
    return [household.volumeCap(false), household.volumeCap(true)];
  };
  expect([caps(21), caps(22), caps(31)]).toEqual([
    [100, 100],
    [20, 100],
    [100, 100],
  ]);
});

it('an alarm is capped where the household does not let it pass', async () => {
  await choose({ jukebox: 'lower', volume_cap: 20, alarms_pass: false });
  at(22);
  expect(household.volumeCap(true)).toBe(20);
});
