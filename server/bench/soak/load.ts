import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { MediaServer } from '../../testing/media-server.ts';
import type { RealHouse } from '../../testing/real-house.ts';
import { sineWav } from '../../testing/sine-wav.ts';
import { openMqtt } from '../../users/testing/people.ts';
import { callsTo, extractionEnd, openFeed } from '../house-calls.ts';

const every = {
  pressByHttpMs: 500,
  pressBySocketMs: 700,
  pressByMqttMs: 900,
  musicMs: 10_000,
  extractionMs: 15_000,
  rescanMs: 20_000,
  screenMs: 4000,
  buttonMs: 5000,
  readingMs: 1000,
} as const;
const answerTimeoutMs = 30_000;
const screenMs = 2000;
const clipMs = 300;
const trackMs = 25_000;

export const soundFolder = (soundsDir: string): string =>
  join(soundsDir, 'originals', 'soundboard');

/** Short sounds to press, and long ones as music. */
export const fillWithSounds = (soundsDir: string): void => {
  const put = (name: string, wav: Buffer) =>
    writeFileSync(join(soundFolder(soundsDir), `${name}.wav`), wav);
  for (let number = 1; number <= 20; number++) {
    put(`Clip ${number}`, sineWav(300 + 40 * number, clipMs));
  }
  for (let number = 1; number <= 3; number++) {
    put(`Music ${number}`, sineWav(150 + 20 * number, trackMs));
  }
};

const accepted = z.object({ play_id: z.string() });
const sounds = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const made = z.object({ id: z.string() });
const ack = z.object({ type: z.string(), id: z.string().optional(), data: z.unknown() });

export type Load = {
  /** Play ids that the house has acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** In words, what was asked for and not given. */
  readonly refused: readonly string[];
  /** How often each kind of thing was done. */
  readonly done: ReadonlyMap<string, number>;
  /** Resolves when all that was begun is over. */
  stop(): Promise<void>;
};

/** A house in which nobody does anything: a screen on the wall and a button wait. */
export const beginRest = async (house: RealHouse, token: string): Promise<Load> => {
  const screen = await openFeed(house, token);
  const button = await openMqtt(house.mqttPort, 'Mira', token);
  await button.subscribeAsync('encore/#', { qos: 1 });
  return {
    acknowledged: new Set(),
    refused: [],
    done: new Map(),
    async stop() {
      screen.close();
      await button.endAsync();
    },
  };
};

/** A lively house: people press at every door, music plays, links are fetched, screens come and go. */
export const beginLoad = async (
  house: RealHouse,
  token: string,
  web: MediaServer,
): Promise<Load> => {
  const acknowledged = new Set<string>();
  const refused: string[] = [];
  const done = new Map<string, number>();
  const ended = new AbortController();

  const call = callsTo(house, token, { timeoutMs: answerTimeoutMs });

  const { items } = sounds.parse(await call('GET', '/sounds/?limit=100'));
  const idsOf = (prefix: string) =>
    items.filter(({ name }) => name.startsWith(prefix)).map(({ id }) => id);
  const clips = idsOf('Clip');
  let presses = 0;
  const nextClip = (): string => clips[presses++ % clips.length] ?? '';

  const { id: playlist } = made.parse(await call('POST', '/playlists/', { name: 'Soak' }));
  await call('POST', `/playlists/${playlist}/sounds`, { sound_ids: idsOf('Music') });
  await call('POST', `/player/playlist/${playlist}`);
  await call('POST', '/player/mode', { mode: 'loop' });
  await call('POST', '/player/play/0');

  /** Again and again, one at a time; what fails is noted and does not end it. */
  const repeat = async (name: string, everyMs: number, body: (round: number) => Promise<void>) => {
    for (let round = 0; !ended.signal.aborted; round++) {
      const nextAt = performance.now() + everyMs;
      try {
        await body(round);
        done.set(name, (done.get(name) ?? 0) + 1);
      } catch (error) {
        refused.push(`${name}: ${(error as Error).message}`);
      }
      const left = Math.max(0, nextAt - performance.now());
      await sleep(left, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const acknowledge = (answer: unknown) => void acknowledged.add(accepted.parse(answer).play_id);

  const openSocket = async () => {
    const socket = await openFeed(house, token);
    socket.on('error', () => undefined);
    return socket;
  };
  const openClient = () => openMqtt(house.mqttPort, 'Mira', token);

  const board = await openSocket();
  const waiting = new Map<string, (answer: z.infer<typeof ack>) => void>();
  board.on('message', (raw) => {
    const answer = ack.parse(JSON.parse((raw as Buffer).toString()));
    waiting.get(answer.id ?? '')?.(answer);
  });
  const pressBySocket = async (round: number) => {
    const id = `soak-${round}`;
    const answered = new Promise<z.infer<typeof ack>>((resolve, reject) => {
      waiting.set(id, resolve);
      AbortSignal.timeout(answerTimeoutMs).addEventListener('abort', () =>
        reject(new Error('no answer')),
      );
    });
    board.send(JSON.stringify({ id, command: 'play_sound', data: { sound_id: nextClip() } }));
    const answer = await answered.finally(() => waiting.delete(id));
    if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
    acknowledge(answer.data);
  };

  const button = await openClient();
  const replies = 'encore/soak/replies';
  await button.subscribeAsync(replies, { qos: 1 });
  const pressByMqtt = async () => {
    const answered = new Promise<Buffer>((resolve, reject) => {
      button.once('message', (_topic, payload) => resolve(payload));
      AbortSignal.timeout(answerTimeoutMs).addEventListener('abort', () =>
        reject(new Error('no answer')),
      );
    });
    const body = JSON.stringify({ id: nextClip() });
    const properties = { responseTopic: replies };
    await button.publishAsync('encore/main/cmd/play', body, { qos: 1, properties });
    acknowledge(JSON.parse((await answered).toString()));
  };

  const extract = async (round: number) => {
    const wav = sineWav(400 + round, 1000);
    const path = `/soak/${round}.wav`;
    web.on(path, (_url, response) => {
      response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': wav.length });
      response.end(wav);
    });
    const { id } = made.parse(await call('POST', '/extractions/', { url: `${web.url}${path}` }));
    const { status, sound_id } = await extractionEnd(call, id);
    if (status !== 'completed') throw new Error(`it is ${status}`);
    await call('DELETE', `/sounds/${sound_id}`);
  };

  const passing = join(soundFolder(join(house.dir, 'sounds')), 'Passing.wav');
  const rescan = async (round: number) => {
    if (round % 2 === 0) writeFileSync(passing, sineWav(2000 + round, clipMs));
    else rmSync(passing);
    await call('POST', '/sounds/scan');
  };

  const screen = async () => {
    const socket = await openSocket();
    await sleep(screenMs);
    socket.close();
    await once(socket, 'close', { signal: AbortSignal.timeout(answerTimeoutMs) });
  };
  const passer = async () => {
    const client = await openClient();
    await client.subscribeAsync('encore/#', { qos: 1 });
    await client.endAsync();
  };
  const reading = async () => {
    await Promise.all(
      ['/sounds/?limit=50', '/plays?limit=50', '/player/state'].map((path) => call('GET', path)),
    );
  };

  const running = Promise.all([
    repeat('press by HTTP', every.pressByHttpMs, async () =>
      acknowledge(await call('POST', `/sounds/play/${nextClip()}`)),
    ),
    repeat('press by WebSocket', every.pressBySocketMs, pressBySocket),
    repeat('press by MQTT', every.pressByMqttMs, pressByMqtt),
    repeat('next track', every.musicMs, async () => void (await call('POST', '/player/next'))),
    repeat('link fetched', every.extractionMs, extract),
    repeat('rescan', every.rescanMs, rescan),
    repeat('screen', every.screenMs, screen),
    repeat('MQTT client', every.buttonMs, passer),
    repeat('reading', every.readingMs, reading),
  ]);

  return {
    acknowledged,
    refused,
    done,
    async stop() {
      ended.abort();
      await running;
      await call('POST', '/player/stop');
      board.close();
      await button.endAsync();
    },
  };
};
