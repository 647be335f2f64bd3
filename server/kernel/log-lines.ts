/** The log as lines of JSON, with its columns as stored, so that anybody can recompute the chain. */
import { z } from 'zod';
import { foldChain, type Fault } from './chain-check.ts';
import type { EventRow } from './hash-chain.ts';
import type { Storage } from './storage.ts';

const text = z.string();
const number = z.number().int();

const line = z
  .strictObject({
    global_position: number,
    event_id: text,
    stream_id: text,
    stream_position: number,
    type: text,
    schema_version: number,
    /** The stored text itself, not its JSON. */
    data: text,
    actor: text,
    origin: text,
    correlation_id: text,
    causation_id: text.nullable(),
    /** Milliseconds since the epoch. */
    recorded_at: number,
    /** SHA-256 in lower-case hex. */
    hash: text.regex(/^[0-9a-f]{64}$/),
  })
  .transform((row): EventRow => ({ ...row, hash: Buffer.from(row.hash, 'hex') }));

export const toLine = (row: EventRow): string =>
  JSON.stringify({ ...row, hash: row.hash.toString('hex') });

const parse = (content: string): EventRow | undefined => {
  try {
    return line.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
};

/** Takes lines in order into the empty log of `storage`, inside the caller's transaction. */
export const openLogIntake = (storage: Storage) => {
  const insert = storage.prepare(
    'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const chain = foldChain();
  return {
    /** What is wrong with the line; nothing of it is kept then. */
    take(content: string): Fault | undefined {
      const position = chain.position() + 1;
      const row = parse(content);
      if (!row) return { position, fault: `line ${position} is no event of an export` };
      const fault = chain.see(row);
      if (fault) return fault;
      const { global_position, event_id, stream_id, stream_position, type, ...rest } = row;
      const { schema_version, data, actor, origin, correlation_id, causation_id } = rest;
      try {
        insert.run(
          global_position,
          event_id,
          stream_id,
          stream_position,
          type,
          schema_version,
          data,
          actor,
          origin,
          correlation_id,
          causation_id,
          rest.recorded_at,
          row.hash,
        );
      } catch (error) {
        // Right by its hash, and still none that Encore would have written.
        if (!String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT'))
          throw error;
        return { position, fault: `event ${position} cannot stand there: ${String(error)}` };
      }
      return undefined;
    },
    /** Position and hash of the last one taken. */
    head: () => chain.verdict(undefined),
  };
};
