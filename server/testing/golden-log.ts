import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainHash, genesisHash } from '../kernel/hash-chain.ts';
import type { Storage } from '../kernel/storage.ts';

/** An event as a log has it: one line of `golden-events.jsonl`. */
export type GoldenEvent = {
  readonly stream: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: Record<string, unknown>;
};

export const goldenFile = join(import.meta.dirname, 'golden-events.jsonl');

export const goldenLines = (): string[] => readFileSync(goldenFile, 'utf8').trimEnd().split('\n');

export const goldenEvents = (): GoldenEvent[] =>
  goldenLines().map((line) => JSON.parse(line) as GoldenEvent);

export const sealOf = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

/** Writes them as they were stored, old versions too, behind what the log has. */
export const storeGoldenEvents = (storage: Storage, events: readonly GoldenEvent[]): void => {
  const insert = storage.prepare(
    'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const head = storage.prepare<[], { position: number; hash: Buffer }>(
    'SELECT global_position AS position, hash FROM events ORDER BY global_position DESC LIMIT 1',
  );
  const lengthOf = storage
    .prepare<[string], number>('SELECT count(*) FROM events WHERE stream_id = ?')
    .pluck();
  for (const { stream, type, schema_version, data } of events) {
    const { position, hash } = head.get() ?? { position: 0, hash: genesisHash };
    const id = `golden-${position + 1}`;
    const row = {
      global_position: position + 1,
      event_id: id,
      stream_id: stream,
      stream_position: (lengthOf.get(stream) ?? 0) + 1,
      type,
      schema_version,
      data: JSON.stringify(data),
      actor: 'system',
      origin: 'system',
      correlation_id: id,
      causation_id: null,
      recorded_at: Date.now(),
    };
    insert.run(...Object.values(row), chainHash(hash, row));
  }
};
