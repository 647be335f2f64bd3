import type { Fault } from './chain-check.ts';
import type { Recorded } from './event.ts';
import type { Storage } from './storage.ts';

/**
 * What a module holds to be true of its events and tables, proved by the audit in one pass over the
 * log, beside the server and on a connection that cannot write.
 */
export type LogCheck = {
  readonly name: string;
  /** The event types it wants to see. */
  readonly on: readonly string[];
  /** `storage` holds the tables as they stood at the log's end. Begins a fold of its own each time. */
  open(storage: Storage): LogCheckRun;
};

export type LogCheckRun = {
  /** Every event of its types, from 1 on, in order. A fault ends this check; so does a throw. */
  see(event: Recorded): Fault | undefined;
  /** After the last event, with the log's head position: compare with the tables. */
  end(position: number): Fault | undefined;
};

export type LedgerValue = string | number | boolean | null;

/** What `encore audit replay` prints: rows in order, and what they come to. */
export type Ledger = {
  readonly rows: readonly Readonly<Record<string, LedgerValue>>[];
  readonly summary: Readonly<Record<string, LedgerValue>>;
};

/** A person's ledger from events alone. */
export type LedgerReplay = {
  /** Stands above the rows, such as `credits`. */
  readonly name: string;
  readonly on: readonly string[];
  /** Sees every event of its types up to the asked moment, whomever they concern. */
  open(userId: string): { see(event: Recorded): void; end(): Ledger };
};
