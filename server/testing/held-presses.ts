import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainVerdict } from '../kernel/chain-check.ts';
import { openStorageToRead } from '../kernel/storage.ts';
import { verifyHouse } from '../verify-house.ts';
import type { Premises } from './server-process.ts';

/** A press that the server has acknowledged. */
export type Held = { readonly playId: string; readonly position: number };

/**
 * Presses from several clients at once, as fast as they are answered, until `over` or until nobody
 * answers any more. `held` fills with what was acknowledged; other answers are counted by status.
 */
export const pressAway = (
  premises: Premises,
  options: { soundId: string; clients: number; held: Held[]; statuses?: Map<number, number> },
): { over(): Promise<void> } => {
  const ending = new AbortController();
  const client = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        const { status, body, headers } = await premises.call(
          'POST',
          `/sounds/play/${options.soundId}`,
        );
        options.statuses?.set(status, (options.statuses.get(status) ?? 0) + 1);
        if (status === 202) {
          const position = Number(headers.get('X-Event-Position'));
          options.held.push({ playId: body['play_id'] as string, position });
        } else await sleep(5);
      } catch {
        // Cut off in the middle of an answer: nothing was acknowledged.
        await sleep(5);
      }
    }
  };
  const clients = Promise.all(Array.from({ length: options.clients }, client));
  return {
    async over() {
      ending.abort();
      await clients;
    },
  };
};

const database = (premises: Premises) => join(premises.dataDir, 'encore.db');

/** What the log has of presses, by play, and how far it goes; nothing where there is no log. */
const readLog = (premises: Premises): { requested: Map<string, number>; head: number } => {
  if (!existsSync(database(premises))) return { requested: new Map(), head: 0 };
  const storage = openStorageToRead(database(premises));
  try {
    const tables = storage.prepare(`SELECT name FROM sqlite_schema WHERE name = 'events'`).all();
    if (tables.length === 0) return { requested: new Map(), head: 0 };
    const requested = storage
      .prepare<[], { stream: string; at: number }>(
        `SELECT stream_id AS stream, global_position AS at FROM events WHERE type = 'PlayRequested'`,
      )
      .all();
    const head = storage.prepare<[], number>('SELECT max(global_position) FROM events').pluck();
    return {
      requested: new Map(requested.map(({ stream, at }) => [stream.slice('play-'.length), at])),
      head: head.get() ?? 0,
    };
  } finally {
    storage.close();
  }
};

/** Those of the acknowledged presses that the log on the disk does not have. */
export const lostOf = (premises: Premises, held: readonly Held[]): Held[] => {
  const { requested, head } = readLog(premises);
  return held.filter(({ playId, position }) => {
    const at = requested.get(playId);
    return at === undefined || at > position || head < position;
  });
};

/** Chain, read models and ledgers of the database as it lies there. */
export const verdictOn = (premises: Premises): ChainVerdict =>
  verifyHouse({ path: database(premises), progress: () => undefined });

/** The id of the first sound there is. */
export const anySound = async (premises: Premises): Promise<string> => {
  const { body } = await premises.call('GET', '/sounds/catalogue');
  const [sound] = body['items'] as { id: string }[];
  if (!sound) throw new Error('there is no sound');
  return sound.id;
};
