import type { Clock } from '../../kernel/ports.ts';
import { mqttLimits } from './limits.ts';

export type Refusal = {
  /** Null where nobody was logged in. */
  readonly name: string | null;
  readonly action: 'login' | 'publish' | 'subscribe' | 'command' | 'connection';
  /** Topic, filter, or the address of who is connected or wanted in. */
  readonly what: string;
  readonly reason: string;
};

/** Milliseconds since the epoch of the last time, and how often it has been so. */
export type KnownRefusal = Refusal & { readonly at: number; readonly times: number };

/**
 * The last refusals, for people who see no more than a device that keeps reconnecting. The same one
 * again is counted, so that a loop does not push the others out.
 */
export const createRefusals = (clock: Pick<Clock, 'now'>) => {
  const known = new Map<string, KnownRefusal>();
  return {
    note(refusal: Refusal): void {
      const key = JSON.stringify([refusal.name, refusal.action, refusal.what, refusal.reason]);
      const times = (known.get(key)?.times ?? 0) + 1;
      known.delete(key);
      known.set(key, { ...refusal, at: clock.now(), times });
      const oldest = known.keys().next();
      if (known.size > mqttLimits.refusalsMax && !oldest.done) known.delete(oldest.value);
    },
    /** Newest first. */
    list: (): KnownRefusal[] => [...known.values()].toReversed(),
  };
};
export type Refusals = ReturnType<typeof createRefusals>;
