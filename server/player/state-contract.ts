/** Wire shapes of the jukebox, as people and buttons see it. Part of `contract.ts`. */
import { z } from 'zod';
import { soundType } from '../sounds/contract.ts';

/** continuous: through once, then stop. random: a fair bag, no entry twice in a row. */
export const playerModes = ['continuous', 'loop', 'loop_one', 'random', 'single'] as const;
const playerMode = z.enum(playerModes);
export type PlayerMode = z.infer<typeof playerMode>;

export const playerStatuses = ['playing', 'paused', 'stopped'] as const;
export type PlayerStatus = (typeof playerStatuses)[number];

export const jukeboxLimits = {
  sleepMsMax: 24 * 60 * 60_000,
  sleepFadeMsMax: 600_000,
} as const;

const trackSound = z.object({
  id: z.string(),
  name: z.string(),
  type: soundType,
  duration: z.number().int(),
  tags: z.array(z.string()),
});
export type TrackSound = z.infer<typeof trackSound>;

const queueItem = z.object({ queue_id: z.string(), sound: trackSound });

/** `ends_at` null: when the track ends. */
const sleepTimer = z.object({ ends_at: z.string().nullable(), fade_ms: z.number().int() });

const loadedPlaylist = z.object({
  id: z.string(),
  name: z.string(),
  length: z.number().int(),
  /** Of all entries together, in ms. */
  duration: z.number().int(),
});

/** Feed message `player_state`: everything but the entries of the list. */
export const playerSummary = z
  .object({
    status: z.enum(playerStatuses),
    mode: playerMode,
    volume: z.number().int(),
    /** In ms, as of `at`; while it plays time goes on from there. */
    position: z.number().int(),
    /** In ms; 0 while nothing is chosen. */
    duration: z.number().int(),
    /** 0-based place in the list; null: it has none. */
    index: z.number().int().nullable(),
    entry_id: z.string().nullable(),
    sound: trackSound.nullable(),
    /** The sound comes from the queue. */
    from_queue: z.boolean(),
    playlist: loadedPlaylist.nullable(),
    queue: z.array(queueItem),
    sleep_timer: sleepTimer.nullable(),
    at: z.string(),
  })
  .meta({ id: 'PlayerSummary' });
export type PlayerSummary = z.infer<typeof playerSummary>;

/** GET /player/state */
export const playerState = playerSummary
  .extend({
    playlist: loadedPlaylist.extend({ sounds: z.array(trackSound).readonly() }).nullable(),
  })
  .meta({ id: 'PlayerState' });
export type PlayerState = z.infer<typeof playerState>;

export const playIndex = z.coerce.number().int().min(0);
export const seekBody = z.strictObject({ position_ms: z.number().int().min(0) });
export const volumeBody = z.strictObject({ volume: z.number().int().min(0).max(100) });
export const modeBody = z.strictObject({ mode: playerMode });
export const queueBody = z.strictObject({
  sound_id: z.string(),
  /** `next`: before all others. */
  where: z.enum(['next', 'end']).default('end'),
});
export const queueOrderBody = z.strictObject({ queue_ids: z.array(z.string()).max(500) });
const fade = z.number().int().min(0).max(jukeboxLimits.sleepFadeMsMax).default(10_000);
export const sleepBody = z.union([
  z.strictObject({
    after_ms: z.number().int().min(1000).max(jukeboxLimits.sleepMsMax),
    /** How long the music fades out then. */
    fade_ms: fade,
  }),
  z.strictObject({ at_end_of_track: z.literal(true) }),
]);
export type SleepBody = z.infer<typeof sleepBody>;

export const queuedTrack = z.object({ queue_id: z.string() });
