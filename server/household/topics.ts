import { z } from 'zod';
import { done, type Outcome } from '../kernel/command-bus.ts';
import { topic, type Announcement, type Topic } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import { householdDecider } from './decider.ts';
import { householdStream } from './events.ts';
import type { Household } from './household.ts';

/** `ON`, `OFF`, or JSON's own words for it. */
const onOff = z.union([
  z.boolean(),
  z.object({ enabled: z.boolean() }).transform(({ enabled }) => enabled),
  z
    .string()
    .regex(/^\s*(?:on|off)\s*$/i, 'must be ON or OFF')
    .transform((word) => word.trim().toUpperCase() === 'ON'),
]);

export const householdTopics = (kernel: Kernel, household: Household): Topic[] => [
  topic({
    topic: 'cmd/quiet',
    summary: 'Quiet hours: ON or OFF',
    access: { role: 'admin', scope: 'player' },
    payload: onOff,
    handle: ({ payload: enabled, command }): Promise<Outcome<Record<string, unknown>, Problem>> =>
      kernel.bus.execute(command, (tx) => {
        const values = { quiet_hours: { ...household.get('quiet_hours'), enabled } };
        tx.decide(householdDecider, householdStream, { type: 'ChooseSettings', values });
        return done({ enabled });
      }),
  }),
];

/** `state/quiet`: whether quiet hours are kept at all, and whether it is quiet now. */
export const quietAnnouncement = (household: Household): Announcement => {
  const { enabled } = household.get('quiet_hours');
  const { quiet, until } = household.quietState();
  return { topic: 'state/quiet', payload: { enabled, quiet, until }, retain: true };
};
