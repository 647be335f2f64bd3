import type { What, When } from './contract.ts';

/** What a schedule is; a definition replaces the one before it. */
export type Terms = {
  name: string;
  enabled: boolean;
  when: When;
  /** IANA time zone that `when` is meant in. */
  zone: string;
  what: What;
  alarm: boolean;
};

/** Stream `schedule-<id>`. */
export type ScheduleEvent =
  | { type: 'ScheduleDefined'; data: Terms & { schedule_id: string } }
  | { type: 'ScheduleRemoved'; data: { schedule_id: string } }
  /** `due_at`, RFC 3339: the time it was for; null: somebody tried it out. */
  | { type: 'ScheduleFired'; data: { schedule_id: string; due_at: string | null } }
  /** It fired and nothing came of it. */
  | {
      type: 'ScheduleFailed';
      data: { schedule_id: string; due_at: string | null; code: string; message: string };
    };

export const scheduleStream = (scheduleId: string): string => `schedule-${scheduleId}`;
