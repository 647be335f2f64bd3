import type { Storage } from './storage.ts';

/** Names a command for repeats: `key` is scoped by the door (whose key), `fingerprint` says what was asked. */
export type RepeatKey = { readonly key: string; readonly fingerprint: string };

type KeptOutcome = { position: number } & (
  | { ok: true; result: unknown }
  | { ok: false; reason: unknown }
);

/** The key was used before for something else: the caller mixed up two commands. */
export class RepeatKeyReused extends Error {
  override readonly name = 'RepeatKeyReused';
}

/** How long a repeat is answered with the first outcome; later it is a new command. */
export const repeatsKeptMs = 24 * 60 * 60 * 1000;

export type Repeats = {
  /** @throws RepeatKeyReused */
  find(repeat: RepeatKey, at: number): KeptOutcome | undefined;
  keep(repeat: RepeatKey, at: number, outcome: KeptOutcome): void;
};

/** The table of command ids, in the same transaction as the events they led to. */
export const createRepeats = (storage: Storage): Repeats => {
  storage.exec(`
    CREATE TABLE IF NOT EXISTS commands (
      key TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      outcome TEXT NOT NULL,
      recorded_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS commands_by_age ON commands (recorded_at);
  `);
  const select = storage.prepare<[string, number], { fingerprint: string; outcome: string }>(
    'SELECT fingerprint, outcome FROM commands WHERE key = ? AND recorded_at >= ?',
  );
  const insert = storage.prepare('INSERT INTO commands VALUES (?, ?, ?, ?)');
  const prune = storage.prepare('DELETE FROM commands WHERE recorded_at < ?');
  return {
    find(repeat, at) {
      const row = select.get(repeat.key, at - repeatsKeptMs);
      if (!row) return undefined;
      if (row.fingerprint !== repeat.fingerprint) {
        throw new RepeatKeyReused(`the key ${repeat.key} was used for another command`);
      }
      return JSON.parse(row.outcome) as KeptOutcome;
    },
    keep(repeat, at, outcome) {
      prune.run(at - repeatsKeptMs);
      insert.run(repeat.key, repeat.fingerprint, JSON.stringify(outcome), at);
    },
  };
};
