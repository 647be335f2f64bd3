/** Every boundary of the MQTT door. */
export const mqttLimits = {
  packetBytesMax: 256 * 1024,
  payloadBytesMax: 64 * 1024,
  clientsMax: 256,
  /** Including those that have not logged in yet. */
  connectionsMax: 512,
  webSocketsMax: 256,
  clientIdCharactersMax: 128,
  topicLevelsMax: 16,
  connectTimeoutMs: 5_000,
  /** A client that takes nothing for so long is dropped. */
  drainTimeoutMs: 5_000,
  /** Not yet taken by the client; more, and it is dropped, so that nobody waits for it. */
  backlogBytesMax: 1024 * 1024,
  sessionExpirySMax: 24 * 60 * 60,
  /** Sessions kept for clients that are away; the one that is away for longest makes room. */
  keptSessionsMax: 256,
  /** Messages kept for one client that is away. */
  keptMessagesMax: 256,
  /** And for all of them together. */
  keptBytesMax: 16 * 1024 * 1024,
  commandsPerSecondMax: 50,
  loginDelayMsMax: 2_000,
  loginAddressesMax: 1_000,
  /** How long a `key` makes a repeat harmless. */
  keyMs: 60_000,
  keysMax: 10_000,
  /** Retained messages of all, in memory and on the disk. */
  retainedMessagesMax: 10_000,
  retainedBytesMax: 16 * 1024 * 1024,
  /** Of one account. */
  retainedMessagesPerAccountMax: 5_000,
  retainedBytesPerAccountMax: 8 * 1024 * 1024,
  retainedFlushMs: 1_000,
  refusalsMax: 100,
  /** A running job's state is told at most so often. */
  jobStateMs: 1_000,
  /** How long the state of an ended job is kept. */
  endedJobMs: 60_000,
  jobsMax: 64,
  listenRetryMs: 5_000,
  /** From a fault inside the broker to the next one. */
  brokerRestartMs: 1_000,
  /** Somebody else's broker: the first try again, and the longest wait between two. */
  reconnectMsMin: 1_000,
  reconnectMsMax: 30_000,
  keepaliveS: 15,
  /** Told to somebody else's broker and not acknowledged; more, and it is given up and dialled anew. */
  unacknowledgedMax: 1_000,
  stopMs: 1_000,
} as const;
