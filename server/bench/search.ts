import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { openStorage, type Storage } from '../kernel/storage.ts';
import { atMost, atRest, median, p95, timed, type Bench, type Row } from './bench.ts';
import { startBenchApp } from './bench-app.ts';
import { dice, fillSounds } from './library.ts';
import { onDisk } from './plays.ts';

const sounds = 10_000;
const plays = 1_000_000;
const answerMsMax = 10;
const rounds = 100;
const dayMs = 24 * 60 * 60_000;
/** Two years, as a house that plays often needs for a million. */
const historyMs = 730 * dayMs;

/** Rows of the read model alone: what the sums read. */
const fillPlays = (storage: Storage, soundIds: readonly string[]): void => {
  const insert = storage.prepare(
    `INSERT INTO plays (id, sound_id, user_id, source, origin, status, request_event, correlation_id, position, requested_at, started_at)
     VALUES (?, ?, ?, 'soundboard', 'http', 'finished', '', '', ?, ?, ?)`,
  );
  const roll = dice(2);
  const from = Date.now() - historyMs;
  storage.exec('BEGIN');
  for (let number = 0; number < plays; number++) {
    const at = from + Math.floor((number / plays) * historyMs);
    const sound = soundIds[Math.min(roll(sounds), roll(sounds))];
    insert.run(`play-${number}`, sound, `user-${roll(20)}`, -number - 1, at, at);
  }
  storage.exec('COMMIT');
};

/** The same question to SQLite's own trigram index, without a server around it. */
const byTrigramTable = (storage: Storage, query: string): (() => unknown) => {
  storage.exec(
    `CREATE VIRTUAL TABLE temp.found USING fts5(name, tags, tokenize='trigram');
     INSERT INTO temp.found SELECT name, tags FROM sounds`,
  );
  const trigrams = Array.from(
    { length: query.length - 2 },
    (_, at) => `"${query.slice(at, at + 3)}"`,
  );
  const find = storage.prepare(
    'SELECT name FROM temp.found WHERE found MATCH ? ORDER BY rank LIMIT 100',
  );
  return () => find.all(trigrams.join(' OR '));
};

const row = (name: string, samples: readonly number[]): Row => ({
  name,
  unit: 'ms',
  median: median(samples),
  p95: p95(samples),
});

/** Reads answers to the last byte as they come, compressed: what a browser does apart from the server. */
export const createAsker = (base: string, token: string) => {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  return (path: string, method = 'GET') =>
    new Promise<void>((resolve, reject) => {
      const asked = request(base + path, { agent, headers, method }, (answer) => {
        if (answer.statusCode !== (method === 'GET' ? 200 : 202))
          reject(new Error(`${path}: ${answer.statusCode}`));
        answer.resume().on('end', resolve).on('error', reject);
      });
      asked.on('error', reject).end();
    });
};

export type Asker = ReturnType<typeof createAsker>;

/** Pages, searches and sums over HTTP, the client in the same process and so part of the time. */
export const search: Bench = {
  name: 'search',
  run: () =>
    onDisk(async (folder) => {
      const storage = openStorage(join(folder, 'encore.db'));
      fillPlays(storage, fillSounds(storage, sounds));
      const { app, base, token } = await startBenchApp(folder, storage, { MQTT_MODE: 'off' });
      try {
        const ask = createAsker(base, token);
        const week = new Date(Date.now() - 7 * dayMs).toISOString();
        const questions: [name: string, path: string][] = [
          ['the door alone', '/auth/me'],
          ['first page', '/sounds/'],
          ['first page by name', '/sounds/?sort=name'],
          ['as typed', '/sounds/?q=horn'],
          ['one letter', '/sounds/?q=a'],
          ['two words with typos', '/sounds/?q=hron+airhonr'],
          ['nothing alike', '/sounds/?q=wqxwqxwqx'],
          ['by tag', '/sounds/?tags=sea'],
          ['top sounds of a million plays', '/stats/top-sounds'],
          ['top sounds of a week', `/stats/top-sounds?from=${week}`],
          ['top users', '/stats/top-users'],
          ['plays per day', '/stats/plays-per-day'],
          ['hours', '/stats/hours'],
        ];
        const rows: Row[] = [
          {
            name: 'first sum: plays are read',
            unit: 'ms',
            median: await timed(() => ask('/stats/hours')),
          },
        ];
        await atRest();
        for (const [name, path] of questions) {
          for (let round = 0; round < rounds / 10; round++) await ask(path);
          const samples: number[] = [];
          for (let round = 0; round < rounds; round++) samples.push(await timed(() => ask(path)));
          const measured = row(name, samples);
          const goal = atMost(answerMsMax, measured.p95 ?? 0, ' ms p95');
          rows.push(name === 'the door alone' ? measured : { ...measured, goal });
        }
        const bySql = byTrigramTable(storage, 'airhonr');
        const samples: number[] = [];
        for (let round = 0; round < rounds; round++) samples.push(await timed(bySql));
        return [...rows, row('FTS5 trigrams, SQL alone', samples)];
      } finally {
        await app.stop();
      }
    }),
};
