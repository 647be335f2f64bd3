import { join } from 'node:path';
import { done } from '../kernel/command-bus.ts';
import { openStorage, type Storage } from '../kernel/storage.ts';
import { interceptedStorage } from '../kernel/testing/intercepted-storage.ts';
import { atLeast, median, type Bench, type Row } from './bench.ts';
import { onDisk, openPlays, play, playOf } from './plays.ts';

const rounds = 3;
const roundMs = 400;
const flushMs = 5;

const sleepBuffer = new Int32Array(new SharedArrayBuffer(4));
/** The storage of a machine whose disk takes longer to flush. */
const slowFlush = (storage: Storage): Storage =>
  interceptedStorage(storage, (sql) => {
    if (sql === 'COMMIT') Atomics.wait(sleepBuffer, 0, 0, flushMs);
  });

/** Commands acknowledged per second by so many clients, each with one under way. */
const rate = async (storage: Storage, clients: number): Promise<number> => {
  const kernel = openPlays(storage);
  const start = performance.now();
  let answered = 0;
  const client = async () => {
    while (performance.now() - start < roundMs) {
      await kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
        const data = playOf(answered);
        tx.decide(play, `play-${data.play_id}`, data);
        return done(null);
      });
      answered++;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  await kernel.stop();
  return answered / seconds;
};

const rows = async (
  folder: string,
  disk: string,
  open: (path: string) => Storage,
): Promise<Row[]> => {
  const measured = new Map([1, 8, 32].map((clients) => [clients, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [clients, rates] of measured) {
      rates.push(await rate(open(join(folder, `${disk}-${round}-${clients}.db`)), clients));
    }
  }
  const one = median(measured.get(1) ?? []);
  return [...measured].map(([clients, rates]) => {
    const ratio = median(rates) / one;
    const row = {
      name: `${clients} in flight, ${disk}`,
      unit: 'commands/s',
      median: median(rates),
      ratio,
    };
    return disk.startsWith('flush') && clients === 32
      ? { ...row, goal: atLeast(5, ratio, ' ×') }
      : row;
  });
};

export const inFlight: Bench = {
  name: 'in-flight',
  run: () =>
    onDisk(async (folder) => [
      ...(await rows(folder, 'this disk', openStorage)),
      ...(await rows(folder, `flush of ${flushMs} ms`, (path) => slowFlush(openStorage(path)))),
    ]),
};
