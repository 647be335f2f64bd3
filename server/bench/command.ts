import { join } from 'node:path';
import { done } from '../kernel/command-bus.ts';
import { openStorage } from '../kernel/storage.ts';
import { atMost, median, p95, timed, type Bench } from './bench.ts';
import { onDisk, openPlays, play, playOf } from './plays.ts';

const rounds = 30;
const perRound = 50;
/** Until both journals are written over instead of growing, which flushes faster. */
const warmupInserts = 1500;
const warmupCommands = 300;

/**
 * One command at a time, durable and acknowledged, against one bare insert of the same data with
 * the same flush. The two take turns, so that a busy neighbour hurts both.
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
      const insertOne = () => insert.run(JSON.stringify(playOf(number++)));
      const commandOne = () =>
        kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
          const data = playOf(number++);
          tx.decide(play, `play-${data.play_id}`, data);
          return done(data.play_id);
        });
      for (let index = 0; index < warmupInserts; index++) insertOne();
      for (let index = 0; index < warmupCommands; index++) await commandOne();

      const inserts: number[] = [];
      const commands: number[] = [];
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const [floor, ours]: [number[], number[]] = [[], []];
        for (let index = 0; index < perRound; index++) {
          floor.push((await timed(insertOne)) * 1000);
          ours.push((await timed(commandOne)) * 1000);
        }
        ratios.push(median(ours) / median(floor));
        inserts.push(...floor);
        commands.push(...ours);
      }
      bare.close();
      await kernel.stop();
      const ratio = median(ratios);
      return [
        { name: 'bare insert, FULL', unit: 'µs', median: median(inserts), p95: p95(inserts) },
        {
          name: 'command: decide, append, project, hash',
          unit: 'µs',
          median: median(commands),
          p95: p95(commands),
          ratio,
          goal: atMost(1.5, ratio, ' ×'),
        },
      ];
    }),
};
