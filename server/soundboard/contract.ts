/** Wire shapes of the soundboard: presses, voices, play history. */
import { z } from 'zod';

/** Credits after the press: `balance` is settled, `available` is balance − reserved. */
export const playAccepted = z
  .object({
    play_id: z.string(),
    balance: z.number().int(),
    available: z.number().int(),
  })
  .meta({ id: 'PlayAccepted' });
export type PlayAccepted = z.infer<typeof playAccepted>;

/** A press on the board, or a track of the jukebox of which enough was heard: nobody's. */
export const playSources = ['soundboard', 'player'] as const;

export const playStatuses = ['requested', 'started', 'finished', 'stopped', 'failed'] as const;

export const play = z
  .object({
    id: z.string(),
    sound_id: z.string(),
    sound_name: z.string(),
    user_id: z.string().nullable(),
    user_name: z.string().nullable(),
    source: z.enum(playSources),
    origin: z.string(),
    status: z.enum(playStatuses),
    /** Stable machine word when failed, such as `file_missing`. */
    reason: z.string().nullable(),
    /** The same for a person. */
    message: z.string().nullable(),
    /** Press at the server's edge → first audible frame. */
    latency_ms: z.number().nullable(),
    requested_at: z.string(),
    started_at: z.string().nullable(),
    ended_at: z.string().nullable(),
  })
  .meta({ id: 'Play' });
export type Play = z.infer<typeof play>;

/** GET /stats/top-sounds, most played first. */
export const topSound = z
  .object({ sound_id: z.string(), name: z.string(), plays: z.number().int() })
  .meta({ id: 'TopSound' });
export type TopSound = z.infer<typeof topSound>;

/** GET /stats/top-users; `name` is null for somebody who was forgotten. */
export const topUser = z
  .object({ user_id: z.string(), name: z.string().nullable(), plays: z.number().int() })
  .meta({ id: 'TopUser' });
export type TopUser = z.infer<typeof topUser>;

/** GET /stats/plays-per-day, oldest first; `day` is `2026-11-23` in the house's time zone. */
export const playsOfDay = z
  .object({ day: z.iso.date(), plays: z.number().int() })
  .meta({ id: 'PlaysOfDay' });
export type PlaysOfDay = z.infer<typeof playsOfDay>;

/** GET /stats/hours: seven weekdays, Monday first, of 24 hours each in the house's time zone. */
export const hoursOfWeek = z.array(z.array(z.number().int()).length(24)).length(7);
export type HoursOfWeek = z.infer<typeof hoursOfWeek>;

/** Feed `sound_played`, durable: the first frame of a press is at the output. */
export const soundPlayed = z.object({
  play_id: z.string(),
  sound_id: z.string(),
  name: z.string(),
  user_id: z.string().nullable(),
  user_name: z.string().nullable(),
  origin: z.string(),
  latency_ms: z.number(),
});
export type SoundPlayed = z.infer<typeof soundPlayed>;

/** Feed `play_ended`, durable: the press is over, one way or another. */
export const playEnded = z.object({
  play_id: z.string(),
  sound_id: z.string(),
  name: z.string(),
  outcome: z.enum(['finished', 'stopped', 'failed']),
  reason: z.string().nullable(),
  message: z.string().nullable(),
});
export type PlayEnded = z.infer<typeof playEnded>;

/** Feed `voices`, ephemeral: what sounds now; 4 Hz while anything does, and at each change. */
export const voices = z.object({
  voices: z.array(
    z.object({
      play_id: z.string(),
      sound_id: z.string(),
      position_ms: z.number(),
      duration_ms: z.number(),
    }),
  ),
});
export type Voices = z.infer<typeof voices>;

/** WebSocket commands of the soundboard: `{"id", "command", "data"}`. */
export const playSoundData = z.object({ sound_id: z.string().max(64) });
export const stopSoundsData = z.object({
  play_id: z.string().max(64).optional(),
  fade_ms: z.number().min(0).max(10_000).optional(),
});
