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
