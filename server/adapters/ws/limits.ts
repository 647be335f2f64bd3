/** Every boundary of the WebSocket door. */
export const socketLimits = {
  frameBytesMax: 16 * 1024,
  /** Not yet taken by the client; more, and it is dropped, so that nobody waits for it. */
  backlogBytesMax: 1024 * 1024,
  connectionsMax: 512,
  commandsPerSecondMax: 50,
  /** Refused in one second before the connection is closed. */
  excessPerSecondMax: 500,
  pingIntervalMs: 20_000,
  /** How long a client may take over the closing handshake. */
  closeMs: 1_000,
} as const;

export type SocketLimits = Readonly<Record<keyof typeof socketLimits, number>>;

/** Close codes that clients act on. */
export const closeCodes = {
  goingAway: 1001,
  textOnly: 1003,
  notJson: 1007,
  badMessage: 1008,
  /** The person has another role or name: connect again, as what they are now. */
  comeBack: 1012,
  /** The session or token ended: sign in again. */
  signedOut: 4401,
} as const;
