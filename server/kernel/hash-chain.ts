import { hash } from 'node:crypto';

/** The columns of one row of `events`, as SQLite stores them. */
export type EventRow = {
  global_position: number;
  event_id: string;
  stream_id: string;
  stream_position: number;
  type: string;
  schema_version: number;
  data: string;
  actor: string;
  origin: string;
  correlation_id: string;
  causation_id: string | null;
  recorded_at: number;
  hash: Buffer;
};

export const genesisHash: Buffer = Buffer.alloc(32);

const nullLength = 0xff_ff_ff_ff;

/** Written over by each hash; grows with the largest row, whose UTF-8 is at most 3 bytes a unit. */
let scratch = Buffer.allocUnsafe(4096);

/**
 * SHA-256 over the previous hash and each column's stored bytes behind its length, so that no two
 * rows serialise alike. Numbers are hashed as decimal text; null has a length of its own.
 */
export const chainHash = (previous: Buffer, row: Omit<EventRow, 'hash'>): Buffer => {
  const fields = [
    String(row.global_position),
    row.event_id,
    row.stream_id,
    String(row.stream_position),
    row.type,
    String(row.schema_version),
    row.data,
    row.actor,
    row.origin,
    row.correlation_id,
    row.causation_id,
    String(row.recorded_at),
  ];
  let sizeMax = previous.length;
  for (const field of fields) sizeMax += 4 + 3 * (field?.length ?? 0);
  if (sizeMax > scratch.length) scratch = Buffer.allocUnsafe(sizeMax);
  const bytes = scratch;
  let at = previous.copy(bytes);
  for (const field of fields) {
    const length = field === null ? 0 : bytes.write(field, at + 4, 'utf8');
    bytes.writeUInt32BE(field === null ? nullLength : length, at);
    at += 4 + length;
  }
  // By way of hex: asked for a buffer, Node allocates one outside its pool at twice the cost.
  return Buffer.from(hash('sha256', bytes.subarray(0, at), 'hex'), 'hex');
};
