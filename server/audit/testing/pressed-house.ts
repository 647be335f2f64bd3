import Database from 'better-sqlite3';
import { join } from 'node:path';
import { eventually, startTestApp, type TestApp } from '../../testing/test-app.ts';

export type PressedHouse = {
  /** Replaced by a restart. */
  app: TestApp;
  readonly token: string;
  readonly playId: string;
  readonly database: string;
};

type Listed = { id: string; status: string };

/** What the house writes by itself once it is up and has its sound: after these it is quiet. */
const writtenByItself = ['EntryAdded', 'PlaylistReloaded', 'PlayerConnected', 'PlayFinished'];

/** Until nothing is under way that would still be written, into a log that somebody cuts. */
const untilQuiet = async (app: TestApp, database: string): Promise<void> => {
  await eventually(async () =>
    (await fetch(`${app.url}/readyz`)).status === 200 ? true : undefined,
  );
  const written = `SELECT count(DISTINCT type) FROM events
    WHERE type IN (${writtenByItself.map((type) => `'${type}'`).join(', ')})`;
  await eventually(() => look(database, written) === writtenByItself.length || undefined);
};

/** A house in which one sound was pressed, heard and ended, and which is quiet since. */
export const startPressedHouse = async (
  environment: Record<string, string> = {},
): Promise<PressedHouse> => {
  const app = await startTestApp({ environment });
  app.addSound('Air horn.wav');
  const token = (await app.setUp()).body['access_token'] as string;
  await app.call('POST', '/sounds/scan');
  const items = async (path: string) => (await app.call('GET', path)).body['items'] as Listed[];
  const sound = await eventually(async () => (await items('/sounds/'))[0]);
  app.player.connect();
  const pressed = await app.call('POST', `/sounds/play/${sound.id}`);
  const play_id = pressed.body['play_id'] as string;
  const heard = { command_id: play_id, play_id, at_ms: 0, latency_ms: 12 };
  app.player.report({ type: 'voice_started', ...heard });
  app.player.report({ type: 'voice_ended', play_id, reason: 'finished', heard_ms: 200 });
  await eventually(async () => (await items('/plays')).find(({ status }) => status === 'finished'));
  const database = join(app.dir, 'data', 'encore.db');
  await untilQuiet(app, database);
  return { app, token, playId: play_id, database };
};

/** What somebody with the file in hand can do. Returns what the last query reads. */
export const tamper = (database: string, sql: string): void => {
  const db = new Database(database);
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck();
  for (const trigger of triggers.all()) db.exec(`DROP TRIGGER ${String(trigger)}`);
  db.exec(sql);
  db.close();
};

/** One value out of the house's database. */
export const look = (database: string, sql: string): unknown => {
  const db = new Database(database, { readonly: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
};

type Tampering = {
  readonly name: string;
  /** SQL, where `:n` is the log's last position. */
  readonly sql: (head: number) => string;
  /** What verify says; position undefined where it is that of the play's last event. */
  readonly position: (head: number, playEnd: number) => number;
  readonly fault: RegExp;
};

const other = (a: number, b: number) =>
  `UPDATE events SET global_position = -1 WHERE global_position = ${a};
   UPDATE events SET global_position = ${a} WHERE global_position = ${b};
   UPDATE events SET global_position = ${b} WHERE global_position = -1`;

/** Ways to change the past, and the position at which each is found. */
export const tamperings: readonly Tampering[] = [
  {
    name: 'one byte of one event',
    sql: () =>
      `UPDATE events SET data = replace(data, 'Air', 'Bir') WHERE type = 'SoundAdded';
       UPDATE events SET actor = 'x' || substr(actor, 2) WHERE global_position = 4`,
    position: () => 4,
    fault: /^event 4 was altered$/,
  },
  {
    name: 'two events that changed places',
    sql: () => other(2, 3),
    position: () => 2,
    fault: /^event 2 was altered$/,
  },
  {
    name: 'the last event deleted',
    sql: (head) => `DELETE FROM events WHERE global_position = ${head}`,
    position: (head) => head,
    fault: /^events after \d+ are missing$/,
  },
  {
    name: 'an edited row of a read model',
    sql: () => `UPDATE plays SET latency_ms = 1`,
    position: (_, playEnd) => playEnd,
    fault: /^plays: the row id = ".+" is not what event \d+ made of it$/,
  },
  {
    name: 'the log cut behind a published head',
    // The witnesses of the house itself are gone too.
    sql: (head) =>
      `INSERT INTO published_heads (position, head, published_at) SELECT global_position, lower(hex(hash)), recorded_at FROM events WHERE global_position = ${head};
       DELETE FROM events WHERE global_position > 5; DELETE FROM checkpoints`,
    position: () => 6,
    fault: /^events after 5 are missing$/,
  },
];
