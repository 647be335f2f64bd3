import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../adapters/vlc/testing/noise.ts';
import { openRawStream } from '../adapters/vlc/testing/raw-stream.ts';
import { atMost, median, p95, timed, type Bench, type Row } from './bench.ts';
import { hertz, openJukeboxHouse, type FeedText, type JukeboxHouse } from './jukebox-house.ts';
import { beep, onsetOf, onsetWindowMs } from './onsets.ts';
import { coreShare } from './resources.ts';

const gaplessRounds = 5;
const nexts = 40;
const clients = 4;
const watchMs = 4000;
const entries = 5000;
const addedAtOnce = 500;
const [reads, orders] = [100, 20];
const floorStreamMs = 20;
/** Sound that is on its way through sink and recorder. */
const tailMs = 400;

const stopped = async ({ call }: JukeboxHouse): Promise<void> => {
  while ((await call('GET', '/player/state'))['status'] !== 'stopped') await sleep(50);
};

/** Milliseconds between the end of a track and the beginning of the one that follows. */
const gapRow = async (box: JukeboxHouse): Promise<Row> => {
  await box.load('noise', 'continuous');
  const [one, other] = box.noise;
  const gaps: number[] = [];
  for (let round = 0; round < gaplessRounds; round++) {
    const recorder = await box.house.sink.record();
    await box.call('POST', '/player/play/0');
    await sleep(one.lengthMs + other.lengthMs + tailMs);
    await box.call('POST', '/player/stop');
    const heard = await recorder.stop();
    const begin = heard.sounds()[0]?.startMs ?? 0;
    const originOf = (at: number, track: typeof one) => at - placeOf(heard, at, track).positionMs;
    const turn = begin + one.lengthMs;
    gaps.push(Math.abs(originOf(turn + 300, other) - originOf(begin + 300, one) - one.lengthMs));
  }
  const value = { median: median(gaps), p95: p95(gaps) };
  return {
    name: 'gap or overlap between two tracks (wav)',
    unit: 'ms',
    ...value,
    goal: atMost(0.1, value.p95, ' ms'),
  };
};

/** The press of `next` by WebSocket and raw PCM into an open stream, in turn and in one recording. */
const nextRows = async (box: JukeboxHouse): Promise<Row[]> => {
  await box.load('tone', 'loop');
  await box.call('POST', '/player/play/0');
  const socket = await box.listen();
  const stream = await openRawStream(box.house.sink, floorStreamMs);
  const recorder = await box.house.sink.record();
  await sleep(500);
  const pressed: { at: number; hz: number }[] = [];
  for (let press = 0; press < nexts; press++) {
    pressed.push({ at: performance.now(), hz: hertz.floor });
    stream.write(beep(hertz.floor));
    await sleep(200 + Math.random() * 40);
    pressed.push({ at: performance.now(), hz: press % 2 === 0 ? hertz.other : hertz.one });
    socket.send(JSON.stringify({ id: `next-${press}`, command: 'player_next', data: {} }));
    await sleep(350 + Math.random() * 40);
  }
  await sleep(tailMs);
  const heard = await recorder.stop();
  socket.close();
  await stream.close();
  await box.call('POST', '/player/stop');
  const latencies = (ofFloor: boolean) =>
    pressed.flatMap(({ at, hz }) => {
      if ((hz === hertz.floor) !== ofFloor) return [];
      const from = at - heard.startedAtMs;
      const latencyMs = onsetOf(heard, hz, Math.max(0, from - onsetWindowMs)) - from;
      return Number.isNaN(latencyMs) ? [] : [latencyMs];
    });
  const [floor, next] = [latencies(true), latencies(false)];
  const lost = nexts - next.length;
  return [
    {
      name: `next → audible${lost > 0 ? ` (${lost} not heard)` : ''}`,
      unit: 'ms',
      median: median(next),
      p95: p95(next),
    },
    {
      name: 'next → audible, over the floor',
      unit: 'ms',
      median: median(next) - median(floor),
      p95: p95(next) - p95(floor),
    },
  ];
};

/** What `player_position` says against what is heard at that moment, and what playing costs meanwhile. */
const watchedRows = async (box: JukeboxHouse): Promise<Row[]> => {
  const { house, noise } = box;
  const track = noise[2];
  await box.load('noise', 'single');
  const positions: { atMs: number; positionMs: number }[] = [];
  const hear = ({ type, at, data }: FeedText) => {
    if (type !== 'player_position') return;
    const atMs = Date.parse(at) - performance.timeOrigin;
    positions.push({ atMs, positionMs: data['position'] as number });
  };
  const sockets = [await box.listen(hear)];
  while (sockets.length < clients) sockets.push(await box.listen());
  await box.call('POST', '/player/play/2');
  const recorder = await house.sink.record();
  await sleep(1000);
  positions.length = 0;
  await sleep(watchMs);
  const told = positions.splice(0);
  await sleep(tailMs);
  const heard = await recorder.stop();
  const errors = told.flatMap(({ atMs, positionMs }) => {
    const at = atMs - heard.startedAtMs;
    const place = placeOf(heard, at, track, positionMs - 500, positionMs + 500);
    return place.likeness > 0.7 ? [Math.abs(place.positionMs - positionMs)] : [];
  });
  const server = await coreShare(house.pidOf('server'));
  const player = await coreShare(house.pidOf('player'));
  for (const socket of sockets) socket.close();
  await box.call('POST', '/player/stop');
  const watching = `music plays, ${clients} clients watch`;
  return [
    {
      name: `position told against heard (${errors.length} of ${told.length} found)`,
      unit: 'ms',
      median: median(errors),
      p95: p95(errors),
      goal: atMost(100, p95(errors), ' ms'),
    },
    { name: `server, ${watching}`, unit: '% of a core', median: server },
    { name: `player, ${watching}`, unit: '% of a core', median: player },
  ];
};

/** A list of thousands at HTTP: opened, put in another order, and looked at as the loaded one. */
const longListRows = async ({ call }: JukeboxHouse): Promise<Row[]> => {
  const { items } = (await call('GET', '/sounds/?sort=name')) as { items: { id: string }[] };
  const id = String((await call('POST', '/playlists/', { name: 'Long' }))['id']);
  const ids: string[] = [];
  while (ids.length < entries) {
    const sound_ids = Array.from({ length: addedAtOnce }, (_, at) => items[at % items.length]?.id);
    const { entry_ids } = await call('POST', `/playlists/${id}/sounds`, { sound_ids });
    ids.push(...(entry_ids as string[]));
  }
  await call('POST', `/player/playlist/${id}`);
  const times = async (count: number, ask: (turn: number) => Promise<unknown>) => {
    const taken: number[] = [];
    for (let turn = 0; turn < count; turn++) taken.push(await timed(() => ask(turn)));
    return { unit: 'ms', median: median(taken), p95: p95(taken) };
  };
  const page = () => call('GET', `/playlists/${id}/sounds?limit=500`);
  const order = (turn: number) => {
    const entry_ids = turn % 2 === 0 ? ids.toReversed() : ids;
    return call('PUT', `/playlists/${id}/sounds/order`, { entry_ids });
  };
  const of = `a list of ${entries}`;
  return [
    {
      name: `GET /player/state with ${of}`,
      ...(await times(reads, () => call('GET', '/player/state'))),
    },
    { name: `first page of ${of}`, ...(await times(reads, page)) },
    { name: `${of} in another order`, ...(await times(orders, order)) },
  ];
};

/** The jukebox as it is heard on the recorded sink, and what it costs. */
export const jukebox: Bench = {
  name: 'jukebox',
  async run() {
    const box = await openJukeboxHouse();
    try {
      const rows = [await gapRow(box)];
      await stopped(box);
      rows.push(...(await nextRows(box)), ...(await watchedRows(box)));
      rows.push(...(await longListRows(box)));
      return rows;
    } finally {
      await box.house.stop();
    }
  },
};
