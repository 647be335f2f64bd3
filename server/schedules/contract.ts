/** Wire shapes of schedules: alarms and other sounds by the clock. */
import { z } from 'zod';
import { timeOfDay, weekdayList } from '../household/contract.ts';
import { sayData } from '../speech/contract.ts';

export const scheduleLimits = {
  schedulesMax: 50,
  fadeInMsMax: 600_000,
} as const;

const cronWhen = z.strictObject({
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string().trim().max(100),
});
const weeklyWhen = z.strictObject({
  weekdays: weekdayList.min(1, 'choose at least one day'),
  time: timeOfDay,
});
export const when = z.union([cronWhen, weeklyWhen]);
export type When = z.infer<typeof when>;

export const what = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('play_sound'), sound_id: z.string().max(64) }),
  z.strictObject({
    type: z.literal('play_playlist'),
    playlist_id: z.string().max(64),
    /** Volume of the music from then on; left out: as it is. */
    volume: z.number().int().min(0).max(100).optional(),
    /** How long the music rises from silence. */
    fade_in_ms: z.number().int().min(0).max(scheduleLimits.fadeInMsMax).default(0),
  }),
  /** Spoken at once, as by `POST /sounds/tts` with `play`. */
  z.strictObject({ type: z.literal('say'), ...sayData.shape }),
  /** Every sound of the board, and the music. */
  z.strictObject({ type: z.literal('stop') }),
]);
export type What = z.infer<typeof what>;

/** IANA, such as `Europe/Berlin`. */
const zone = z.string().max(64);

export const scheduleBody = z.strictObject({
  name: z.string().trim().min(1, 'a schedule has a name').max(100),
  enabled: z.boolean().default(true),
  when,
  /** Left out: the house's. */
  zone: zone.optional(),
  what,
  /** Passes quiet hours where the household lets alarms pass. */
  alarm: z.boolean().default(false),
});

export const schedulePatch = z.strictObject({
  name: scheduleBody.shape.name.optional(),
  enabled: z.boolean().optional(),
  when: when.optional(),
  zone: zone.optional(),
  what: what.optional(),
  alarm: z.boolean().optional(),
});

export const schedule = z
  .object({
    id: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    when,
    zone,
    what,
    alarm: z.boolean(),
    /** When it fires next; null while it is off, and where its time never comes again. */
    next_at: z.string().nullable(),
    /** When it last fired. */
    fired_at: z.string().nullable(),
    /** What became of that, where nothing sounded: for a person. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof schedule>;

/** Feed `schedule_changed`, to admins. */
export const scheduleChanged = z.object({
  schedule_id: z.string(),
  change: z.enum(['defined', 'removed', 'fired', 'failed']),
});
export type ScheduleChanged = z.infer<typeof scheduleChanged>;
