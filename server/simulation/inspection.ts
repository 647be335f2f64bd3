import Database from 'better-sqlite3';
import { houseProjections, houseUpcast } from '../house-kernel.ts';
import type { EventRow } from '../kernel/hash-chain.ts';
import { createLogReader } from '../kernel/log-reader.ts';
import { handlersOf } from '../kernel/projections.ts';
import { createBooks } from './books.ts';
import type { Disk } from './disk.ts';
import { hold } from './violation.ts';
import type { Witness } from './witness.ts';

const columns =
  'global_position, event_id, stream_id, stream_position, type, schema_version, data, actor, origin, correlation_id, causation_id, recorded_at, hash';

/** Looks at what is on the disk while no server runs. */
export const createInspection = (disk: Disk, witness: Witness) => {
  const { db } = disk;
  const books = createBooks(witness);
  const projections = houseProjections();
  const tables = projections.flatMap((one) => Object.keys(one.tables));
  /** Filled from the log alone, event by event: what a rebuild would give. */
  const replay = new Database(':memory:');
  for (const { tables: some } of projections) {
    for (const ddl of Object.values(some)) replay.exec(ddl);
  }
  const handlers = handlersOf(replay, projections);
  const { decode } = createLogReader(
    { prepare: () => ({ pluck: () => undefined }) } as never,
    houseUpcast(),
  );
  let toldChecked = 0;

  const hasLog = () =>
    db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events'").get() !== undefined;

  const rowsAfter = (position: number): EventRow[] =>
    db
      .prepare<[number], EventRow>(
        `SELECT ${columns} FROM events WHERE global_position > ? ORDER BY global_position`,
      )
      .all(position);

  const contentOf = (from: typeof db, table: string): string[] =>
    from
      .prepare(`SELECT * FROM ${table}`)
      .raw()
      .all()
      .map((row) => JSON.stringify(row))
      .sort();

  const checkTold = () => {
    const byPosition = db
      .prepare<[number], string>('SELECT event_id FROM events WHERE global_position = ?')
      .pluck();
    for (; toldChecked < witness.told.length; toldChecked++) {
      const { position, eventId } = witness.told[toldChecked] as {
        position: number;
        eventId: string;
      };
      const there = byPosition.get(position);
      hold('nothing told is lost', there === eventId, () => {
        return `${position} was told as ${eventId}, the log has ${there ?? 'nothing'}`;
      });
    }
  };

  const checkLedger = () => {
    const rows = db
      .prepare<[], { user_id: string; balance: number; reserved: number; sum: number }>(
        `SELECT user_id, balance, reserved, (SELECT coalesce(sum(amount), 0) FROM credit_transactions
           WHERE credit_transactions.user_id = credit_accounts.user_id AND success = 1) AS sum
         FROM credit_accounts`,
      )
      .all();
    for (const { user_id, balance, reserved, sum } of rows) {
      const account = books.accounts.get(user_id);
      const held = [...(account?.held.values() ?? [])].reduce((all, one) => all + one, 0);
      hold(
        'balance is the sum of rows',
        balance === sum,
        () => `${user_id}: ${balance}, rows ${sum}`,
      );
      hold('balance is what the events come to', balance === account?.balance, () => {
        return `${user_id}: ${balance}, events ${account?.balance}`;
      });
      hold('reserved is what is open', reserved === held, () => {
        return `${user_id}: ${reserved}, events ${held}`;
      });
    }
  };

  return {
    books,
    /** New rows of the log, the ledger and all that was promised; `tables`: also every read model. */
    inspect(withTables: boolean): void {
      if (!hasLog()) return;
      const last = db
        .prepare<[], { global_position: number; hash: Buffer }>(
          'SELECT global_position, hash FROM events ORDER BY global_position DESC LIMIT 1',
        )
        .get();
      const position = last?.global_position ?? 0;
      hold('no acknowledged event is lost', position >= witness.acknowledged(), () => {
        return `${witness.acknowledged()} was acknowledged, the log ends at ${position}`;
      });
      hold('no acknowledged event is lost', position >= books.position(), () => {
        return `${books.position()} was there, the log ends at ${position}`;
      });
      checkTold();
      const rows = rowsAfter(books.position());
      books.read(rows);
      replay.exec('BEGIN');
      for (const row of rows) {
        for (const handle of handlers.get(row.type) ?? []) handle(decode(row) as never);
      }
      replay.exec('COMMIT');
      checkLedger();
      for (const { key, ok, led } of witness.takeAcks()) {
        hold('no acknowledged event is lost', !ok || led === null || books.has(led, key), () => {
          return `${key} was accepted, its ${led} is not on the log`;
        });
      }
      if (!withTables) return;
      for (const table of tables) {
        const [live, again] = [contentOf(db, table), contentOf(replay, table)];
        const at = live.findIndex((row, index) => row !== again[index]);
        const differs = live.length !== again.length || at >= 0;
        hold('projections equal their replay', !differs, () => {
          return `${table} has ${live.length} rows, its replay ${again.length}; ${live[at]} against ${again[at]}`;
        });
      }
    },
    close(): void {
      replay.close();
    },
  };
};
