/** Wire shapes of the audit. */
import { z } from 'zod';
import { playerModes, playerStatuses } from '../player/contract.ts';

export const recordedEvent = z
  .object({
    event_id: z.string(),
    global_position: z.number().int(),
    stream: z.string(),
    stream_position: z.number().int(),
    type: z.string(),
    schema_version: z.number().int(),
    data: z.record(z.string(), z.unknown()),
    actor: z.string(),
    origin: z.string(),
    correlation_id: z.string(),
    causation_id: z.string().nullable(),
    recorded_at: z.string(),
    /** SHA-256 of the chain up to here, lower-case hex. */
    hash: z.string(),
  })
  .meta({ id: 'RecordedEvent' });
export type RecordedEvent = z.infer<typeof recordedEvent>;

/** From the first cause on, in the order of the log. */
export const causeChain = z
  .object({
    chain: z.array(
      /** `after_ms`: since the first event of the chain. */
      recordedEvent.extend({ after_ms: z.number().int() }),
    ),
  })
  .meta({ id: 'CauseChain' });
export type CauseChain = z.infer<typeof causeChain>;

/** How many events there were in each of equally long pieces of the log's time. */
export const eventDensity = z
  .object({
    /** When the first event was recorded, and now. */
    from: z.string(),
    to: z.string(),
    /** All events; their sum. */
    total: z.number().int(),
    counts: z.array(z.number().int()),
  })
  .meta({ id: 'EventDensity' });
export type EventDensity = z.infer<typeof eventDensity>;

/** Something by the name it had then; null where it had none yet. */
const named = z.object({ id: z.string(), name: z.string().nullable() });

/** How the house stood right after an event, replayed from the log. */
export const pastState = z
  .object({
    /** Of the last event by then; 0 before the first. */
    position: z.number().int(),
    /** When that event was recorded; null before the first. */
    recorded_at: z.string().nullable(),
    /** Settled credits of every account, by user id. */
    balances: z.array(z.object({ user_id: z.string(), balance: z.number().int() })),
    /** Presses that sounded, the first one first. */
    voices: z.array(
      z.object({
        play_id: z.string(),
        sound: named,
        user_id: z.string().nullable(),
        started_at: z.string(),
      }),
    ),
    players: z.array(
      z.object({
        room: z.string(),
        connected: z.boolean(),
        status: z.enum(playerStatuses),
        mode: z.enum(playerModes),
        volume: z.number().int(),
        sound: named.nullable(),
        playlist: named.nullable(),
        /** 0-based; null while nothing of the list is chosen. */
        index: z.number().int().nullable(),
        /** Tracks that were put beside the playlist. */
        queue_length: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'PastState' });
export type PastState = z.infer<typeof pastState>;

/** Lines of `/admin/audit/verify` while it works, the first at once. */
export const verifyProgress = z.object({ checked: z.number().int(), of: z.number().int() });
export type VerifyProgress = z.infer<typeof verifyProgress>;

/** Its last line. Broken: `position` is the first that does not hold, `head` the hash before it. */
export const verifyVerdict = z
  .object({
    verdict: z.enum(['valid', 'broken']),
    /** SHA-256 in lower-case hex. */
    head: z.string(),
    position: z.number().int(),
    /** A sentence for a person, where broken. */
    fault: z.string().optional(),
  })
  .meta({ id: 'VerifyVerdict' });
export type VerifyVerdict = z.infer<typeof verifyVerdict>;

/** Retained on `state/head`, published daily. */
export const headPublished = z.object({
  position: z.number().int(),
  head: z.string(),
  published_at: z.string(),
});
export type HeadPublished = z.infer<typeof headPublished>;
