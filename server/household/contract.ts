/** Wire shapes of the household's settings and of its quiet hours. */
import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const weekdayList = z
  .array(z.enum(weekdays))
  .refine((days) => new Set(days).size === days.length, 'each day once');

/** `07:05` */
export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59, such as 22:00');

/**
 * refuse: nothing new begins, and music that plays pauses in its place; lower: not louder than the cap
 * (music that plays slides there, and back afterwards); allow: as ever.
 */
export const quietPolicies = ['refuse', 'lower', 'allow'] as const;
const quietPolicy = z.enum(quietPolicies);

const level = z.number().int().min(0).max(100);

export const quietHours = z
  .strictObject({
    enabled: z.boolean(),
    /** In the house's time zone; `to` at or before `from` lies on the next day. */
    from: timeOfDay,
    to: timeOfDay,
    /** Days on which quiet hours begin. */
    days: weekdayList,
    board: quietPolicy,
    jukebox: quietPolicy,
    /** The music is not louder then, also what plays already; `allow` lifts it. */
    volume_cap: level,
    /** A sound of the board that is lowered gets at most this gain. */
    gain_cap_db: z.number().min(-60).max(0),
    admins_pass: z.boolean(),
    /** Schedules that are marked as alarms sound as ever. */
    alarms_pass: z.boolean(),
  })
  .meta({ id: 'QuietHours' });
export type QuietHours = z.infer<typeof quietHours>;

/** What music does while something is announced: it steps back, holds its place in silence, or plays on. */
export const announcementMusic = ['duck', 'pause', 'none'] as const;

/** The settings and what each may be. */
export const settingsShape = z.strictObject({
  resume_after_power_cut: z.boolean(),
  ducking_depth_db: z.number().min(0).max(60),
  ducking_attack_ms: z.number().int().min(0).max(5000),
  ducking_release_ms: z.number().int().min(0).max(10_000),
  announcements: z.enum(announcementMusic),
  crossfade_ms: z.number().int().min(0).max(10_000),
  quiet_hours: quietHours,
  volume_max: level,
});
export type Settings = z.infer<typeof settingsShape>;
export type SettingName = keyof Settings;

/** PATCH /admin/settings: what is left out stays; each value is given as a whole. */
export const settingsPatch = settingsShape.partial();

export const setting = z
  .object({
    name: settingsShape.keyof(),
    value: z.unknown(),
    default: z.unknown(),
    /** One sentence for a person. */
    explanation: z.string(),
    /** Null: never chosen, the default holds. */
    chosen_at: z.string().nullable(),
    /** User id of who chose it. */
    chosen_by: z.string().nullable(),
  })
  .meta({ id: 'Setting' });
export type Setting = z.infer<typeof setting>;

/** GET /settings/quiet, and the feed message `quiet_changed`. */
export const quietState = z
  .object({
    quiet: z.boolean(),
    /** When they end; null while it is not quiet, and where they never end. */
    until: z.string().nullable(),
    /** When they begin next; null while it is quiet, and where they never do. */
    next_at: z.string().nullable(),
    board: quietPolicy,
    jukebox: quietPolicy,
    admins_pass: z.boolean(),
  })
  .meta({ id: 'QuietState' });
export type QuietState = z.infer<typeof quietState>;

/** Feed `settings_changed`, to admins. */
export const settingsChanged = z.object({ name: settingsShape.keyof(), value: z.unknown() });
export type SettingsChanged = z.infer<typeof settingsChanged>;
