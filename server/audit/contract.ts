/** Wire shapes of the audit. */
import { z } from 'zod';

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
