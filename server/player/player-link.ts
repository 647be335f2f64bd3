import type { PlayerCommand, PlayerReport } from './contract.ts';

export type PlayerLinkListener = {
  /** A parsed report, in the order the player sent them. */
  report(report: PlayerReport): void;
  /** The connection ended: every voice that was open must be taken for lost. */
  lost(reason: string): void;
};

/**
 * The port to the process that makes sound. The adapter for a player on this box is a unix socket
 * (`adapters/vlc/player-socket.ts`); a room on another box is the same messages over another wire.
 */
export type PlayerLink = {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly connected: boolean;
  /** False: no player is connected and nothing was sent. */
  send(command: PlayerCommand): boolean;
  /** Every listener hears everything; add them before `start`. */
  listen(listener: PlayerLinkListener): void;
};
