import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, type Decider } from '../kernel/decider.ts';
import { createKernel, type RunningKernel } from '../kernel/kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemClock, uuidv7 } from '../kernel/ports.ts';
import type { Projection } from '../kernel/projections.ts';
import type { Storage } from '../kernel/storage.ts';

/** Events of the size and kind the house has most of: one press of one sound. */
export type PlayEvent = {
  type: 'PlayRequested';
  data: { play_id: string; sound_id: string; room: string; gain_db: number; requested_at: number };
};

export const play: Decider<number, PlayEvent['data'], PlayEvent, never> = {
  decide: (data) => accepted({ type: 'PlayRequested', data }),
  evolve: (count) => count + 1,
  initialState: () => 0,
};

/** One row per play and a count per sound, as the soundboard keeps them. */
export const plays: Projection<PlayEvent> = {
  name: 'plays',
  version: 1,
  tables: {
    plays:
      'CREATE TABLE plays (position INTEGER PRIMARY KEY, id TEXT NOT NULL, sound_id TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
    play_counts:
      'CREATE TABLE play_counts (sound_id TEXT PRIMARY KEY, plays INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  },
  handlers(storage) {
    const insert = storage.prepare('INSERT INTO plays VALUES (?, ?, ?, ?, ?)');
    const count = storage.prepare(
      'INSERT INTO play_counts VALUES (?, 1) ON CONFLICT DO UPDATE SET plays = plays + 1',
    );
    return {
      PlayRequested({ globalPosition, data, actor, recordedAt }) {
        insert.run(globalPosition, data.play_id, data.sound_id, actor, recordedAt);
        count.run(data.sound_id);
      },
    };
  },
};

export const playOf = (number: number): PlayEvent['data'] => ({
  play_id: uuidv7(),
  sound_id: `sound-${number % 500}`,
  room: 'main',
  gain_db: -3.5,
  requested_at: systemClock.now(),
});

export const openPlays = (
  storage: Storage,
  projections: readonly Projection<PlayEvent>[] = [plays],
): RunningKernel =>
  createKernel({
    storage,
    clock: systemClock,
    ids: uuidv7,
    logger: silentLogger,
    upcasters: [],
    projections,
    sideTables: [],
  });

const perTransaction = 10_000;
const meta = { actor: 'ann', origin: 'http', correlationId: 'bench', causationId: null } as const;

/** So many presses into the log, past every decider and read model. */
export const fillPlays = ({ storage, log }: RunningKernel, count: number): void => {
  for (let number = 0; number < count;) {
    storage.exec('BEGIN');
    for (const end = Math.min(count, number + perTransaction); number < end; number++) {
      const data = playOf(number);
      log.append(`play-${data.play_id}`, 0, [{ type: 'PlayRequested', data }], meta);
    }
    storage.exec('COMMIT');
  }
  storage.pragma('wal_checkpoint(TRUNCATE)');
};

/** A folder on the disk that data lives on: a file in memory would flatter. */
export const onDisk = async <T>(body: (folder: string) => Promise<T> | T): Promise<T> => {
  const data = join(import.meta.dirname, '../../data');
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, 'bench-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
