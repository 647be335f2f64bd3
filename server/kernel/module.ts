import type {
  Announcement,
  Authenticator,
  Hearing,
  Route,
  SocketCommand,
  Topic,
  Watch,
} from './door.ts';
import type { Recorded } from './event.ts';
import type { FeedMap } from './feed.ts';
import type { Kernel } from './kernel.ts';
import type { LedgerReplay, LogCheck } from './log-check.ts';
import type { Metric } from './metric.ts';
import type { AnyProjection } from './projections.ts';
import type { Reactor } from './reactors.ts';
import type { Upcasters } from './upcasters.ts';

/** What a module brings once it is connected to the kernel and its ports. */
export type ModuleParts = {
  readonly routes?: readonly Route[];
  readonly socketCommands?: readonly SocketCommand[];
  readonly watches?: readonly Watch[];
  readonly topics?: readonly Topic[];
  readonly reactors?: readonly Reactor[];
  readonly feed?: FeedMap;
  /** Brought by exactly one module. */
  readonly authenticator?: Authenticator;
  /** Event type → what MQTT listeners are told. */
  readonly announcements?: Readonly<Record<string, (event: Recorded) => Announcement | undefined>>;
  /** Retained messages as they stand when the MQTT door opens. */
  readonly standing?: () => readonly Announcement[];
  /** And as they are to stand while Encore is away: told before the MQTT door closes. */
  readonly farewell?: () => readonly Announcement[];
  /** What of other people's messages this module wants. */
  readonly hearing?: Hearing;
  /** Parts of readiness: name → what a person should know. */
  readonly health?: () => Readonly<Record<string, HealthPart>>;
  /** Numbers for whoever watches the box; names are unique in the house. */
  readonly metrics?: readonly Metric[];
  start?(): Promise<void> | void;
  stop?(): Promise<void> | void;
};

export type HealthPart = {
  /** `degraded` is still ready: sound or a broker is missing, the rest works. */
  readonly state: 'ok' | 'degraded' | 'starting';
  readonly detail: string;
};

/**
 * One room of the house. `setup` may prepare statements and wire functions, but does nothing yet:
 * work begins at `start`.
 */
export type Module<Ports = unknown> = {
  readonly name: string;
  readonly upcasters?: Upcasters;
  readonly projections?: readonly AnyProjection[];
  /** DDL (IF NOT EXISTS) of tables that no rebuild touches: secrets, names of people. */
  readonly sideTables?: string;
  /** What the audit proves of this module's events and tables. */
  readonly verify?: LogCheck;
  /** A person's ledger, as the audit prints it from events alone. */
  readonly ledger?: LedgerReplay;
  setup(kernel: Kernel, ports: Ports): ModuleParts;
};
