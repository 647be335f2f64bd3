import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { done } from '../kernel/command-bus.ts';
import type { RunningKernel } from '../kernel/kernel.ts';
import { openStorage } from '../kernel/storage.ts';
import { startRealHouse } from '../testing/real-house.ts';
import { atRest, median, p95, timed, type Bench, type Row } from './bench.ts';
import { startBenchApp } from './bench-app.ts';
import { callsTo, openFeed } from './house-calls.ts';
import { fillSounds } from './library.ts';
import { fillPlays, onDisk, openPlays, play, playOf } from './plays.ts';
import { createAsker, type Asker } from './search.ts';

const soundSteps = [100, 1000, 10_000, 50_000];
const eventSteps = [1000, 10_000, 100_000, 1_000_000];
/** Not measured but reckoned from the curve: the disk of a small machine would not hold it. */
const eventsBeyond = 10_000_000;
const clientSteps = [1, 10, 100, 500];
const rounds = 50;
const warmups = 10;

const count = (size: number): string => size.toLocaleString('en');

type Point = { readonly size: number; readonly samples: readonly number[] };

type Sized = { readonly size: number; readonly body: (round: number) => unknown };

/** The sizes take turns, so that a busy neighbour hurts all alike. */
const sampled = async (ways: readonly Sized[]): Promise<Point[]> => {
  const points = ways.map(({ size }) => ({ size, samples: [] as number[] }));
  for (let round = 0; round < warmups + rounds; round++) {
    for (const [way, { body }] of ways.entries()) {
      const ms = await timed(() => body(round));
      if (round >= warmups) points[way]?.samples.push(ms);
    }
  }
  return points;
};

/** The power to which it grows: 0 not at all, 1 in proportion. Least squares over the logarithms. */
const exponentOf = (points: readonly Point[]): number => {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ samples }) => Math.log(median(samples)));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, x, at) => sum + (x - x0) * ((ys[at] ?? 0) - y0), 0);
  const below = xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
  return above / below;
};

/** A line per size, each with its ratio to the one before, and the exponent of them all. */
const curve = (what: string, of: string, unit: string, points: readonly Point[]): Row[] => [
  ...points.map(({ size, samples }, at) => {
    const before = points[at - 1];
    const middle = median(samples);
    return {
      name: `${what}, ${count(size)} ${of}`,
      unit,
      median: middle,
      ...(samples.length > 1 && { p95: p95(samples) }),
      ...(before && { ratio: middle / median(before.samples) }),
    };
  }),
  { name: `${what}: grows with ${of}`, unit: 'exponent', median: exponentOf(points) },
];

const questions: Record<string, (ask: Asker, soundId: string) => Promise<void>> = {
  press: (ask, soundId) => ask(`/sounds/play/${soundId}`, 'POST'),
  'first page': (ask) => ask('/sounds/'),
  'as typed': (ask) => ask('/sounds/?q=horn'),
  'board answer': (ask) => ask('/sounds/catalogue'),
};

/** A house of so many sounds, without a player that sounds. */
const openLibrary = async (folder: string, size: number) => {
  console.log(`  ${count(size)} sounds`);
  const own = join(folder, String(size));
  mkdirSync(own);
  const storage = openStorage(join(own, 'encore.db'));
  const [first = ''] = fillSounds(storage, size);
  const { app, base, token, player } = await startBenchApp(own, storage, { MQTT_MODE: 'off' });
  player.connect();
  return { size, first, ask: createAsker(base, token), stop: () => app.stop() };
};

/** What a page asks for, and a press, as the library grows. */
const bySounds = (): Promise<Row[]> =>
  onDisk(async (folder) => {
    const libraries: Awaited<ReturnType<typeof openLibrary>>[] = [];
    try {
      for (const size of soundSteps) {
        libraries.push(await openLibrary(folder, size));
        await atRest();
      }
      const rows: Row[] = [];
      for (const [name, question] of Object.entries(questions)) {
        const points = await sampled(
          libraries.map(({ size, ask, first }) => ({ size, body: () => question(ask, first) })),
        );
        rows.push(...curve(name, 'sounds', 'ms', points));
      }
      return rows;
    } finally {
      for (const library of libraries) await library.stop();
    }
  });

const command = (kernel: RunningKernel) => (round: number) =>
  kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
    const data = { ...playOf(round), play_id: tx.newId() };
    tx.decide(play, `play-${data.play_id}`, data);
    return done(null);
  });

/** A command and the rebuild of every read model, as the log grows. */
const byEvents = (): Promise<Row[]> =>
  onDisk(async (folder) => {
    const logs: { size: number; kernel: RunningKernel; rebuiltS: number }[] = [];
    for (const size of eventSteps) {
      console.log(`  ${count(size)} events`);
      const storage = openStorage(join(folder, `${size}.db`));
      let kernel = openPlays(storage, []);
      fillPlays(kernel, size);
      const ms = await timed(() => (kernel = openPlays(storage)));
      logs.push({ size, kernel, rebuiltS: ms / 1000 });
    }
    const commands = await sampled(
      logs.map(({ size, kernel }) => ({ size, body: command(kernel) })),
    );
    for (const { kernel } of logs) await kernel.stop();
    const rebuilds = logs.map(({ size, rebuiltS }) => ({ size, samples: [rebuiltS] }));
    const largest = logs.at(-1);
    const beyond = largest
      ? largest.rebuiltS * (eventsBeyond / largest.size) ** exponentOf(rebuilds.slice(-2))
      : Number.NaN;
    return [
      ...curve('command', 'events', 'ms', commands),
      ...curve('rebuild', 'events', 's', rebuilds),
      { name: `rebuild of ${count(eventsBeyond)} events, reckoned`, unit: 's', median: beyond },
    ];
  });

/** From a change to its answer, and to the last of the screens that hears of it, in a process of their own. */
const byClients = async (): Promise<Row[]> => {
  const house = await startRealHouse();
  const sockets: WebSocket[] = [];
  let heard = (_position: number): void => undefined;
  try {
    const token = await house.apiToken(await house.setUp());
    const call = callsTo(house, token);
    const { items } = (await call('GET', '/sounds/?limit=1')) as { items: { id: string }[] };
    const favourite = `/sounds/${items[0]?.id}/favourite`;
    const answers: Point[] = [];
    const fanOuts: Point[] = [];
    for (const size of clientSteps) {
      console.log(`  ${count(size)} clients`);
      while (sockets.length < size) {
        const hear = (text: string) => {
          const { position } = JSON.parse(text) as { position?: number };
          if (position !== undefined) heard(position);
        };
        sockets.push(await openFeed(house, token, hear));
      }
      const answered: number[] = [];
      const hearAll = async (round: number) => {
        let waiting = size;
        const told = Promise.withResolvers<void>();
        heard = () => {
          waiting -= 1;
          if (waiting === 0) told.resolve();
        };
        const start = performance.now();
        await call(round % 2 === 0 ? 'POST' : 'DELETE', favourite);
        answered.push(performance.now() - start);
        await told.promise;
      };
      fanOuts.push(...(await sampled([{ size, body: hearAll }])));
      answers.push({ size, samples: answered.slice(warmups) });
    }
    return [
      ...curve('answer', 'clients', 'ms', answers),
      ...curve('the last of them has heard', 'clients', 'ms', fanOuts),
    ];
  } finally {
    for (const socket of sockets) socket.close();
    await house.stop();
  }
};

/** How the box grows with what it holds: ratios from one size to the next, and exponents. */
export const scaling: Bench = {
  name: 'scaling',
  run: async () => [...(await bySounds()), ...(await byEvents()), ...(await byClients())],
};
