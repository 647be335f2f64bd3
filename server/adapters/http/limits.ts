/** Every boundary of the HTTP door. */
export const httpLimits = {
  bodyBytesMax: 64 * 1024,
  /** Request line and header fields together. */
  headerBytesMax: 16 * 1024,
  urlCharactersMax: 8 * 1024,
  idempotencyKeyCharactersMax: 128,
  headersTimeoutMs: 10_000,
  /** From the head to the end of the body; a form may take `formTimeoutMs` as long as it moves. */
  requestTimeoutMs: 30_000,
  formTimeoutMs: 2 * 60 * 60_000,
  formFieldBytesMax: 4 * 1024,
  formFieldsMax: 64,
  formPartHeadBytesMax: 8 * 1024,
  keepAliveMs: 60_000,
  connectionsMax: 2_000,
  /** How long running requests may finish when the door closes. */
  drainMs: 3_000,
  compressBytesMin: 4 * 1024,
} as const;
