import { expect, test } from 'vitest';
import type { SettingName } from '../../server/household/contract.ts';
import { settingSections } from './setting-facts.ts';

/** Whoever adds a setting is told by the type check that it is missing here. */
const everySetting: Record<SettingName, true> = {
  resume_after_power_cut: true,
  ducking_depth_db: true,
  ducking_attack_ms: true,
  ducking_release_ms: true,
  announcements: true,
  crossfade_ms: true,
  quiet_hours: true,
  volume_max: true,
};

test('every setting of the household has its place on the page', () => {
  const placed = settingSections.flatMap(({ names }) => names);
  expect([...placed, 'quiet_hours'].toSorted()).toEqual(Object.keys(everySetting).toSorted());
});
