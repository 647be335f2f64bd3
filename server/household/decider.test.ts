import { expect, it } from 'vitest';
import { householdDecider } from './decider.ts';
import type { HouseholdEvent } from './events.ts';
import { registry } from './registry.ts';

const { decide, evolve, initialState } = householdDecider;

const after = (...events: HouseholdEvent[]) => events.reduce(evolve, initialState());
const volume = (value: number): HouseholdEvent => ({
  type: 'SettingChosen',
  data: { name: 'volume_max', value },
});

it('each setting that is chosen is one fact', () => {
  const values = { volume_max: 80, crossfade_ms: 2000 };
  expect(decide({ type: 'ChooseSettings', values }, after())).toEqual({
    accepted: true,
    events: [volume(80), { type: 'SettingChosen', data: { name: 'crossfade_ms', value: 2000 } }],
  });
});

it('choosing what holds already is no fact', () => {
  const chosen = after(volume(80));
  const events = (value: number) =>
    decide({ type: 'ChooseSettings', values: { volume_max: value } }, chosen).events;
  expect([events(80), events(70)]).toEqual([[], [volume(70)]]);
});

it('the order of the members of a value makes no difference', () => {
  const hours = registry.quiet_hours.default;
  const turned = Object.fromEntries(Object.entries(hours).toReversed()) as typeof hours;
  const chosen = after({ type: 'SettingChosen', data: { name: 'quiet_hours', value: hours } });
  const events = (value: typeof hours) =>
    decide({ type: 'ChooseSettings', values: { quiet_hours: value } }, chosen).events;
  expect(events(turned)).toEqual([]);
  expect(events({ ...turned, enabled: true })).toHaveLength(1);
});
