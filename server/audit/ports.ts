import type { ChainVerdict } from '../kernel/chain-check.ts';
import type { Announcement } from '../kernel/door.ts';

/** What the audit needs of the outside world. */
export type AuditPorts = {
  /**
   * Verifies everything in a thread of its own. `reached` is a position known to be durable.
   * `signal` ends the work. @throws the signal's reason, or Error where the check itself failed
   */
  readonly verify: (options: {
    readonly reached: number;
    readonly signal: AbortSignal;
    readonly progress: (checked: number, of: number) => void;
  }) => Promise<ChainVerdict>;
  /** Sends a message over MQTT, where MQTT is on. */
  readonly announce: (announcement: Announcement) => void;
};
