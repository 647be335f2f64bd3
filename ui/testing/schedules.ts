import type { Schedule } from '../../server/schedules/contract.ts';

/** A schedule for tests; only what matters there is named. */
export const aSchedule = (part: Partial<Schedule> = {}): Schedule => ({
  id: 'wake',
  name: 'Wake up',
  enabled: true,
  when: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '07:00' },
  zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  what: { type: 'play_sound', sound_id: 'horn' },
  alarm: false,
  next_at: new Date(Date.now() + 7 * 60 * 60_000).toISOString(),
  fired_at: null,
  problem: null,
  ...part,
});
