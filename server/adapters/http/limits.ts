/** Every boundary of the HTTP door. */
export const httpLimits = {
  bodyBytesMax: 64 * 1024,
  /** Request line and header fields together. */
  headerBytesMax: 16 * 1024,
  urlCharactersMax: 8 * 1024,
  idempotencyKeyCharactersMax: 128,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveMs: 60_000,
  connectionsMax: 2_000,
  /** How long running requests may finish when the door closes. */
  drainMs: 3_000,
  compressBytesMin: 4 * 1024,
} as const;
