import type { Schedule, What, When } from '../../server/schedules/contract.ts';

/** What a schedule does. */
export type Deed = What | { type: 'say'; text: string; voice?: string; language?: string };
export type DeedType = Deed['type'];

/** A schedule as it is sent. `zone` left out: the house's. */
export type ScheduleBody = {
  name: string;
  when: When;
  what: Deed;
  alarm: boolean;
  zone?: string;
  enabled?: boolean;
};

/** What makes the same schedule again. */
export const bodyOf = ({ name, when, what, alarm, zone, enabled }: Schedule): ScheduleBody => ({
  name,
  when,
  what,
  alarm,
  zone,
  enabled,
});
