/** The port behind which a broker stands: our own, or somebody else's. */
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../../kernel/door.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { HealthPart } from '../../kernel/module.ts';
import type { MqttClientInfo } from '../../mqtt/contract.ts';
import type { Refusals } from './refusals.ts';

export type HubMessage = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** Left out: 1. */
  readonly qos?: 0;
  readonly correlationData?: Buffer;
};

/** What somebody published. */
export type Incoming = {
  readonly topic: string;
  readonly payload: Buffer | string;
  readonly retain: boolean;
  /** With `retain`: it has just happened, and its sender asks the broker to keep it. */
  readonly live?: boolean;
  readonly properties?: {
    readonly responseTopic?: string | undefined;
    readonly correlationData?: Buffer | undefined;
  };
};

/** Who published it. */
export type Sender = {
  /** Null: the house. */
  readonly identity: Identity | null;
  /** The same object for all that is counted together. */
  readonly meter: object;
};

export type HubPorts = {
  readonly logger: Logger;
  readonly refusals: Refusals;
  /** A message below `cmd/`. The promise never rejects. */
  readonly onCommand: (message: Incoming, sender: Sender) => Promise<void>;
  /** A message that is no command, if one of the filters lets it through. */
  readonly onHeard: (message: Incoming) => void;
  /** The broker has nothing of ours: everything that is retained has to be told. */
  readonly onOpen: () => Promise<void>;
};

export type MqttHub = {
  /** Never rejects: what is wrong shows in `health`. */
  start(): Promise<void>;
  /** Ends after `farewell` was sent, or could not be in time. */
  stop(farewell: HubMessage): Promise<void>;
  /** Resolves to whether the broker has it; never rejects. */
  publish(message: HubMessage): Promise<boolean>;
  /** Replaces the filters of what is heard; what is kept below a new one is heard as retained. */
  listen(filters: readonly string[]): void;
  health(): HealthPart;
  /** Where the broker is, for people. */
  url(): string;
  /** Of those who are connected to us; empty where the broker is somebody else's. */
  clients(): MqttClientInfo[];
  /** Ends everything that was opened with this credential, wills included. */
  revoke(credential: string): void;
  /** Ends the connections of a person who is to come back, as what they are now. */
  sendAway(actor: string): void;
  /**
   * Told of an error that nobody caught: opens the broker anew where it was thrown by the broker
   * itself, and answers whether it was.
   */
  recover(error: unknown): boolean;
  /** Of our own port, while it is open. */
  address(): AddressInfo | undefined;
  /** Takes a connection that another door let in, such as a WebSocket. */
  readonly take?: (stream: Duplex, request?: IncomingMessage) => void;
};
