import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMosquitto } from '../testing/mosquitto.ts';
import { atMost, median, quantile, timed, type Bench, type Row } from './bench.ts';
import { openLoadClient, type LoadClient } from './mqtt-load.ts';
import { memoryMiB } from './resources.ts';

const rounds = 3;
const connects = 400;
const connectsAtOnce = 20;
const clients = 100;
const eachClientEveryMs = 200;
const watchMs = 4000;
const pairs = 10;
const messagesPerPair = 2000;
/** Of one pair; a broker that is given more may drop what is of QoS 0. */
const unansweredMax = 50;
/** A simple cause would make it more; a broker in Node is not one in C. */
const qos1RatioMax = 2;

type Broker = { readonly name: string; readonly port: number; pid(): number };
type Figures = {
  connectsPerS: number[];
  latenciesMs: Record<0 | 1, number[]>;
  messagesPerS: Record<0 | 1, number[]>;
  restMiB: number[];
  loadedMiB: number[];
};

const startEmbedded = async (): Promise<Broker & { stop(): Promise<void> }> => {
  const script = join(import.meta.dirname, 'broker-process.ts');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    name: 'embedded',
    port: Number(port.toString()),
    pid: () => child.pid ?? 0,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
};

/** Logins by password, as at home. */
const startOther = async (): Promise<Broker & { stop(): Promise<void> }> => {
  const users = { bench: 'bench-token' };
  const mosquitto = await startMosquitto({ users, acl: 'user bench\ntopic readwrite #\n' });
  return {
    name: 'Mosquitto',
    port: mosquitto.port,
    pid: () => mosquitto.pid() ?? 0,
    stop: () => mosquitto.remove(),
  };
};

const measureConnects = async (port: number): Promise<number> => {
  let left = connects;
  const one = async () => {
    while (left-- > 0) await (await openLoadClient(port)).close();
  };
  const ms = await timed(() => Promise.all(Array.from({ length: connectsAtOnce }, one)));
  return (connects / ms) * 1000;
};

const openAll = (port: number, count: number) =>
  Promise.all(Array.from({ length: count }, () => openLoadClient(port)));

/** From the publish of each client to its own ear, all of them at an easy pace. */
const measureLatencies = async (all: readonly LoadClient[], qos: 0 | 1): Promise<number[]> => {
  const latenciesMs: number[] = [];
  const until = performance.now() + watchMs;
  await Promise.all(
    all.map(async (client, index) => {
      const topic = `bench/q${qos}/${index}`;
      client.onMessage((sent) => latenciesMs.push(performance.now() - Number(sent)));
      await client.subscribe(topic, qos);
      // Not all in the same moment.
      await sleep((index / clients) * eachClientEveryMs);
      while (performance.now() < until) {
        client.publish(topic, String(performance.now()), qos);
        await sleep(eachClientEveryMs);
      }
    }),
  );
  return latenciesMs;
};

/** Messages that arrive in a second when there is always another one to send. */
const measureRate = async (port: number, qos: 0 | 1): Promise<number> => {
  const [from, to] = [await openAll(port, pairs), await openAll(port, pairs)];
  await Promise.all(to.map((client, pair) => client.subscribe(`bench/rate/${pair}`, qos)));
  const payload = 'x'.repeat(64);
  const ms = await timed(() =>
    Promise.all(
      to.map(
        (client, pair) =>
          new Promise<void>((resolve) => {
            let [sent, arrived] = [0, 0];
            const send = () => {
              while (sent < messagesPerPair && sent - arrived < unansweredMax) {
                from[pair]?.publish(`bench/rate/${pair}`, payload, qos);
                sent++;
              }
            };
            client.onMessage(() => {
              arrived++;
              if (arrived === messagesPerPair) resolve();
              else send();
            });
            send();
          }),
      ),
    ),
  );
  await Promise.all([...from, ...to].map((client) => client.close()));
  return ((pairs * messagesPerPair) / ms) * 1000;
};

const measure = async ({ port, pid }: Broker, into: Figures): Promise<void> => {
  into.connectsPerS.push(await measureConnects(port));
  const all = await openAll(port, clients);
  await sleep(500);
  into.restMiB.push(memoryMiB(pid()));
  for (const qos of [0, 1] as const) {
    into.latenciesMs[qos].push(...(await measureLatencies(all, qos)));
  }
  for (const qos of [0, 1] as const) into.messagesPerS[qos].push(await measureRate(port, qos));
  into.loadedMiB.push(memoryMiB(pid()));
  await Promise.all(all.map((client) => client.close()));
};

const noFigures = (): Figures => ({
  connectsPerS: [],
  latenciesMs: { 0: [], 1: [] },
  messagesPerS: { 0: [], 1: [] },
  restMiB: [],
  loadedMiB: [],
});

const p99 = (samples: readonly number[]) => quantile(samples, 0.99);

const rowsOf = (ours: Figures, theirs: Figures): Row[] => {
  const both = (
    name: string,
    unit: string,
    valueOf: (figures: Figures) => number,
    ratioMax?: number,
  ): Row[] => {
    const [own, other] = [valueOf(ours), valueOf(theirs)];
    const ratio = own / other;
    const goal = ratioMax === undefined ? {} : { goal: atMost(ratioMax, ratio, ' ×') };
    return [
      { name: `${name}: Mosquitto`, unit, median: other },
      { name: `${name}: embedded`, unit, median: own, ratio, ...goal },
    ];
  };
  const latency = (qos: 0 | 1) => [
    ...both(
      `QoS ${qos}, ${clients} clients, p50`,
      'ms',
      ({ latenciesMs }) => median(latenciesMs[qos]),
      qos === 1 ? qos1RatioMax : undefined,
    ),
    ...both(`QoS ${qos}, ${clients} clients, p99`, 'ms', ({ latenciesMs }) =>
      p99(latenciesMs[qos]),
    ),
  ];
  const rate = (qos: 0 | 1) =>
    both(`messages of QoS ${qos}`, '1/s', ({ messagesPerS }) => median(messagesPerS[qos]));
  return [
    ...both('logins', '1/s', ({ connectsPerS }) => median(connectsPerS)),
    ...latency(0),
    ...latency(1),
    ...rate(0),
    ...rate(1),
    ...both(`memory with ${clients} clients`, 'MiB', ({ restMiB }) => median(restMiB)),
    ...both('memory after all of it', 'MiB', ({ loadedMiB }) => median(loadedMiB)),
  ];
};

/** Our own broker beside Mosquitto, each a process of its own, in turns and under the same load. */
export const broker: Bench = {
  name: 'broker',
  async run() {
    const [ours, theirs] = [await startEmbedded(), await startOther()];
    try {
      const [own, other] = [noFigures(), noFigures()];
      for (let round = 0; round < rounds; round++) {
        await measure(theirs, other);
        await measure(ours, own);
      }
      return rowsOf(own, other);
    } finally {
      await Promise.all([ours.stop(), theirs.stop()]);
    }
  },
};
