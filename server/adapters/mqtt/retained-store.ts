import type { Aedes } from 'aedes';
import { Readable } from 'node:stream';
import type { Logger } from '../../kernel/logger.ts';
import type { Storage } from '../../kernel/storage.ts';
import { mqttLimits } from './limits.ts';
import { coversAny } from './topic-filters.ts';

export type RetainedPacket = {
  readonly cmd: 'publish';
  readonly topic: string;
  readonly payload: Buffer | string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly properties?: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  readonly messageExpiry?: number;
};

type Row = {
  topic: string;
  payload: Buffer;
  qos: 0 | 1;
  expires_at: number | null;
  owner: string | null;
};

/** What aedes asks of its persistence; a thenable, so that nothing is put off. */
type Persistence = {
  storeRetained(packet: RetainedPacket): PromiseLike<void>;
  createRetainedStream(pattern: string): Readable;
  createRetainedStreamCombi(patterns: readonly string[]): Readable;
};

type Message = Pick<RetainedPacket, 'topic' | 'payload'>;

const bytesOf = ({ topic, payload }: Message): number =>
  Buffer.byteLength(topic) + Buffer.byteLength(payload);

/**
 * The retained messages, a bounded number of them in memory, and those of others in a file of their
 * own: a lamp that announced itself last week is still announced after a restart. Ours are told anew
 * at every start.
 */
export const createRetainedStore = (ports: {
  /** Undefined: nothing survives a restart. */
  readonly file: Storage | undefined;
  readonly logger: Logger;
  readonly isOurs: (topic: string) => boolean;
}) => {
  const { file, logger, isOurs } = ports;
  const kept = new Map<string, RetainedPacket>();
  const dirty = new Set<string>();
  /** Topic → whose it is. */
  const owners = new Map<string, string>();
  const used = new Map<string, { readonly messages: number; readonly bytes: number }>();
  /** Topic → who is about to keep something there. */
  const claims = new Map<string, string>();
  let bytes = 0;
  let flushing: NodeJS.Timeout | undefined;

  file?.exec(`CREATE TABLE IF NOT EXISTS retained (
    topic TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT, WITHOUT ROWID`);
  // Files of before do not know whose a message is.
  const hasOwner = file?.prepare(
    "SELECT 1 FROM pragma_table_info('retained') WHERE name = 'owner'",
  );
  if (!hasOwner?.get()) file?.exec('ALTER TABLE retained ADD COLUMN owner TEXT');
  const put = file?.prepare('INSERT OR REPLACE INTO retained VALUES (?, ?, ?, ?, ?)');
  const remove = file?.prepare<[string]>('DELETE FROM retained WHERE topic = ?');

  const usedBy = (owner: string) => used.get(owner) ?? { messages: 0, bytes: 0 };

  const forget = (topic: string) => {
    const before = kept.get(topic);
    if (!before) return;
    bytes -= bytesOf(before);
    kept.delete(topic);
    const owner = owners.get(topic);
    if (owner === undefined) return;
    owners.delete(topic);
    const now = usedBy(owner);
    if (now.messages === 1) used.delete(owner);
    else used.set(owner, { messages: now.messages - 1, bytes: now.bytes - bytesOf(before) });
  };

  const own = (topic: string, owner: string, size: number) => {
    const now = usedBy(owner);
    owners.set(topic, owner);
    used.set(owner, { messages: now.messages + 1, bytes: now.bytes + size });
  };

  /** Whether it fits into what one account may have kept; what is not kept is told all the same. */
  const claim = (message: Message, owner: string): boolean => {
    const { topic, payload } = message;
    if (payload.length === 0) return true;
    const before = owners.get(topic) === owner ? kept.get(topic) : undefined;
    const now = usedBy(owner);
    const grown = now.bytes + bytesOf(message) - (before ? bytesOf(before) : 0);
    const fits =
      grown <= mqttLimits.retainedBytesPerAccountMax &&
      (before !== undefined || now.messages < mqttLimits.retainedMessagesPerAccountMax);
    if (fits) claims.set(topic, owner);
    return fits;
  };

  const flush = () => {
    clearTimeout(flushing);
    flushing = undefined;
    if (!file || !put || !remove || dirty.size === 0) return;
    try {
      file.exec('BEGIN');
      for (const topic of dirty) {
        const packet = kept.get(topic);
        if (packet) {
          const { payload, qos, messageExpiry } = packet;
          put.run(
            topic,
            Buffer.from(payload),
            Math.min(qos, 1),
            messageExpiry ?? null,
            owners.get(topic) ?? null,
          );
        } else remove.run(topic);
      }
      file.exec('COMMIT');
      dirty.clear();
    } catch (error) {
      // A full disk: they stay in memory, and are written with the next change.
      if (file.inTransaction) file.exec('ROLLBACK');
      logger.warn({ err: error }, 'retained MQTT messages could not be kept on the disk');
    }
  };

  const changed = (topic: string) => {
    if (isOurs(topic)) return;
    dirty.add(topic);
    flushing ??= setTimeout(flush, mqttLimits.retainedFlushMs).unref();
  };

  const hasRoom = (packet: RetainedPacket): boolean => {
    // The house's own are few, and what others keep may not silence it.
    if (isOurs(packet.topic)) return true;
    const before = kept.get(packet.topic);
    const grown = bytes + bytesOf(packet) - (before ? bytesOf(before) : 0);
    return (
      grown <= mqttLimits.retainedBytesMax &&
      (before !== undefined || kept.size < mqttLimits.retainedMessagesMax)
    );
  };

  const store = (packet: RetainedPacket): void => {
    const { topic } = packet;
    const owner = claims.get(topic);
    claims.delete(topic);
    if (packet.payload.length === 0) {
      forget(topic);
      changed(topic);
      return;
    }
    if (!hasRoom(packet)) {
      logger.warn({ topic }, 'MQTT message not retained: there are too many already');
      return;
    }
    forget(topic);
    kept.set(topic, { ...packet });
    bytes += bytesOf(packet);
    if (owner !== undefined) own(topic, owner, bytesOf(packet));
    changed(topic);
  };

  for (const row of file?.prepare<[], Row>('SELECT * FROM retained').all() ?? []) {
    const { topic, payload, qos, expires_at, owner } = row;
    if (expires_at !== null && expires_at <= Date.now()) continue;
    const packet: RetainedPacket = {
      cmd: 'publish',
      topic,
      payload,
      qos,
      retain: true,
      ...(expires_at !== null && { messageExpiry: expires_at }),
    };
    // The rooms of a house change: what is ours now is told by us.
    if (isOurs(topic) || !hasRoom(packet)) continue;
    kept.set(topic, packet);
    bytes += bytesOf(packet);
    if (owner !== null) own(topic, owner, bytesOf(packet));
  }

  const matching = (patterns: readonly string[]): RetainedPacket[] =>
    [...kept.values()].filter(({ topic }) => coversAny(patterns, topic));

  return {
    matching,
    claim,
    size: () => ({ messages: kept.size, bytes }),
    /** In the place of what aedes has in memory, without a bound. */
    serve(broker: Aedes): void {
      const { persistence } = broker as unknown as { persistence: Persistence };
      persistence.storeRetained = (packet) => {
        store(packet);
        return Promise.resolve();
      };
      persistence.createRetainedStreamCombi = (patterns) => Readable.from(matching(patterns));
      persistence.createRetainedStream = (pattern) => Readable.from(matching([pattern]));
    },
    close(): void {
      flush();
      file?.close();
    },
  };
};
export type RetainedStore = ReturnType<typeof createRetainedStore>;
