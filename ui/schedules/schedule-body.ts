import type { Schedule, What, When } from '../../server/schedules/contract.ts';

export type DeedType = What['type'];

/** A schedule as it is sent. `zone` left out: the house's. */
export type ScheduleBody = {
  name: string;
  when: When;
  what: What;
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
