import type { Event as EmmettEvent } from '@event-driven-io/emmett';

/** A fact in the past tense, as a decider returns it. */
export type Event = EmmettEvent;

/** Through which door a command came in. */
export type Origin = 'http' | 'ws' | 'mqtt' | 'binding' | 'schedule' | 'system';

/** Who and why: what every event of one command carries. */
export type CommandMeta = {
  /** User id, or `system`. */
  readonly actor: string;
  readonly origin: Origin;
  /** One request, press or message and all that follows from it. */
  readonly correlationId: string;
  /** Event id of the direct cause; null at the beginning of a chain. */
  readonly causationId: string | null;
};

type RecordedParts = CommandMeta & {
  readonly eventId: string;
  /** 1, 2, 3 … over the whole log, without gaps. */
  readonly globalPosition: number;
  readonly streamId: string;
  /** 1, 2, 3 … in its stream. */
  readonly streamPosition: number;
  readonly schemaVersion: number;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
};

/** An event as the log holds it; distributes, so that `switch (event.type)` narrows `data`. */
export type Recorded<E extends Event = Event> = E extends Event
  ? RecordedParts & { readonly type: E['type']; readonly data: E['data'] }
  : never;
