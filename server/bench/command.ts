import { join } from 'node:path';
import { done } from '../kernel/command-bus.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { atMost, median, p95, timed, type Bench, type Row } from './bench.ts';
import { onDisk, openPlays, play, playOf } from './plays.ts';

const rounds = 30;
const perRound = 50;
/** Until both journals are written over instead of growing, which flushes faster. */
const warmupInserts = 1500;
const warmupCommands = 300;

/** The rows that one command leaves, by nothing but SQL: SQLite's own share of its cost. */
const rowsBySql = (path: string): (() => void) => {
  const storage = openStorage(path);
  openPlays(storage);
  const [begin, commit] = [storage.prepare('BEGIN IMMEDIATE'), storage.prepare('COMMIT')];
  const event = storage.prepare(
    "INSERT INTO events VALUES (?, ?, ?, 1, 'PlayRequested', 1, ?, 'ann', 'http', ?, NULL, ?, ?)",
  );
  const row = storage.prepare("INSERT INTO plays VALUES (?, ?, ?, 'ann', ?)");
  const count = storage.prepare(
    'INSERT INTO play_counts VALUES (?, 1) ON CONFLICT DO UPDATE SET plays = plays + 1',
  );
  const hash = Buffer.alloc(32, 7);
  let position = 0;
  return () => {
    const data = playOf(position++);
    const { play_id: id, sound_id: sound, requested_at: at } = data;
    begin.run();
    event.run(position, uuidv7(), `play-${id}`, JSON.stringify(data), uuidv7(), at, hash);
    row.run(position, id, sound, at);
    count.run(sound);
    commit.run();
  };
};

/**
 * One command at a time, durable and acknowledged, against one bare insert of the same data with
 * the same flush. They take turns in short blocks, so that a busy neighbour hurts all alike.
 */
export const command: Bench = {
  name: 'command',
  run: () =>
    onDisk(async (folder) => {
      const bare = openStorage(join(folder, 'bare.db'));
      bare.exec('CREATE TABLE plays (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT');
      const insert = bare.prepare('INSERT INTO plays (data) VALUES (?)');
      const kernel = openPlays(openStorage(join(folder, 'encore.db')));
      let number = 0;
      const ways: { name: string; warmup: number; one: () => unknown }[] = [
        {
          name: 'bare insert, FULL',
          warmup: warmupInserts,
          one: () => insert.run(JSON.stringify(playOf(number++))),
        },
        {
          name: 'the rows of a command, by SQL alone',
          warmup: warmupCommands,
          one: rowsBySql(join(folder, 'rows.db')),
        },
        {
          name: 'command: decide, append, project, hash',
          warmup: warmupCommands,
          one: () =>
            kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
              const data = { ...playOf(number++), play_id: tx.newId() };
              tx.decide(play, `play-${data.play_id}`, data);
              return done(data.play_id);
            }),
        },
      ];
      for (const { warmup, one } of ways) for (let index = 0; index < warmup; index++) await one();

      const all: number[][] = ways.map(() => []);
      const ratios: number[][] = ways.map(() => []);
      for (let round = 0; round < rounds; round++) {
        const samples: number[][] = ways.map(() => []);
        for (const [way, { one }] of ways.entries()) {
          for (let index = 0; index < perRound; index++)
            samples[way]?.push((await timed(one)) * 1000);
        }
        const floor = median(samples[0] ?? []);
        for (const [way, some] of samples.entries()) {
          all[way]?.push(...some);
          ratios[way]?.push(median(some) / floor);
        }
      }
      bare.close();
      await kernel.stop();
      return ways.map(({ name }, way): Row => {
        const samples = all[way] ?? [];
        const ratio = median(ratios[way] ?? []);
        const row = { name, unit: 'µs', median: median(samples), p95: p95(samples), ratio };
        return name.startsWith('command') ? { ...row, goal: atMost(1.5, ratio, ' ×') } : row;
      });
    }),
};
