/** Envelope of the WebSocket feed at /api/v1/socket. Payloads are in each module's contract. */
import { z } from 'zod';

/** Server → client. Durable messages carry the event's global position; ephemeral ones do not. */
export type FeedMessage<Type extends string = string, Data = unknown> = {
  type: Type;
  position?: number;
  /** RFC 3339 UTC. */
  at: string;
  data: Data;
};

/** `id` is the box's own, which stays the same wherever it is and whatever it is called. */
export type Hello = { position: number; version: string; room: string; id: string };

/**
 * Client → server; `id` names the answer and makes a repeat harmless: on the same connection, and
 * for a day on any, where it has 16 characters or more (a UUID, say). A counter may be a number.
 */
export const clientCommand = z.object({
  id: z.union([z.string().min(1).max(64), z.int()]),
  command: z.string().max(64),
  /** Left out by commands that need none. */
  data: z.unknown().default({}),
});
export type ClientCommand = z.infer<typeof clientCommand>;

/** Of a command such as `player_watch`: whether its messages are wanted on this connection. */
export const watchData = z.object({ watch: z.boolean() });

/** As it was sent. */
type CommandId = ClientCommand['id'];

/** Answers to a client command. `code` and `detail` are those of the HTTP problem. */
export type Ack = { type: 'ack'; id: CommandId; data: Record<string, unknown> };
export type Refused = { type: 'refused'; id: CommandId; code: string; detail: string };
