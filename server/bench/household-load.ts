import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { openRawStream } from '../adapters/vlc/testing/raw-stream.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { openMqtt } from '../users/testing/people.ts';
import { hertz, type JukeboxHouse } from './jukebox-house.ts';
import { beep, onsetOf, onsetWindowMs } from './onsets.ts';
import { httpDoor, mqttDoor, socketDoor, type PressDoor } from './press-doors.ts';

const clips = 12;
const clipMs = 120;
/** No clip comes again before this is over, and none is waited for longer. */
const heardWithinMs = 2200;
const pressEveryMs = 200;
const pressesPerFloor = 5;
const floorStreamMs = 20;
/** Sound that is on its way through sink and recorder. */
const tailMs = 500;
const musicWindowMs = 20;
/** Quieter than this share of its usual level, the music has dropped out. */
const dropoutShare = 0.1;

/** Whole periods in 5 ms, as the music and the floor have them: each is heard apart from the others. */
const clipHertz = (clip: number): number => 6400 + 400 * clip;
const clipName = (clip: number): string => `clip ${String(clip).padStart(2, '0')}`;

export const fillClips = (folder: string): void => {
  for (let clip = 0; clip < clips; clip++) {
    writeFileSync(join(folder, `${clipName(clip)}.wav`), sineWav(clipHertz(clip), clipMs));
  }
};

const clipIds = async ({ call }: JukeboxHouse): Promise<string[]> => {
  const { items } = (await call('GET', '/sounds/?sort=name&q=clip')) as {
    items: { id: string; name: string }[];
  };
  return items.flatMap(({ id, name }) => (name.startsWith('clip ') ? [id] : []));
};

/** Wireless buttons, one of each clip, as a bridge speaks for them. */
const buttonDoor = async (box: JukeboxHouse, ids: readonly string[]): Promise<PressDoor> => {
  const filterOf = (soundId: string) => `household/button-${ids.indexOf(soundId)}`;
  const { items } = (await box.call('GET', '/admin/users')) as { items: { id: string }[] };
  for (const [button, sound_id] of ids.entries()) {
    await box.call('POST', '/admin/bindings', {
      name: `Button ${button}`,
      filter: filterOf(sound_id),
      match: 'any',
      command: { type: 'play', sound_id },
      owner_id: items[0]?.id,
    });
  }
  const bridge = { name: 'Buttons', scopes: ['mqtt'], kind: 'bridge', prefixes: ['household'] };
  const { token } = await box.call('POST', '/auth/tokens', bridge);
  const client = await openMqtt(box.house.mqttPort, 'Mira', token as string);
  return {
    name: 'MQTT button',
    async press(soundId) {
      await client.publishAsync(filterOf(soundId), 'single', { qos: 1 });
    },
    close: () => client.endAsync(),
  };
};

export type Screens = { missed(): number; close(): void };

/** Browsers as far as the box sees them: they load what a board loads, and listen to the feed. */
export const openScreens = async (box: JukeboxHouse, count: number): Promise<Screens> => {
  const told: number[] = Array.from({ length: count }, () => 0);
  const sockets: WebSocket[] = [];
  for (let screen = 0; screen < count; screen++) {
    for (const path of ['/sounds/catalogue', '/sounds/waveforms', '/player/state', '/auth/me']) {
      await box.call('GET', path);
    }
    const hear = ({ position }: { position?: number }) => {
      if (position !== undefined) told[screen] = (told[screen] ?? 0) + 1;
    };
    sockets.push(await box.listen(hear));
  }
  // From here on each of them is told the same.
  told.fill(0);
  return {
    missed: () => told.reduce((sum, heard) => sum + Math.max(...told) - heard, 0),
    close: () => sockets.forEach((socket) => socket.close()),
  };
};

export type HeardPresses = {
  /** Door → milliseconds from the press to its first sample. */
  readonly latenciesMs: Map<string, number[]>;
  /** The same of raw PCM into a stream that is open. */
  readonly floorMs: number[];
  readonly pressed: number;
  readonly refused: string[];
  readonly lost: number;
  /** Stretches in which the music was not there. */
  readonly dropouts: number;
};

export type Pressing = {
  /** Presses for so long, at all doors, beside music that plays; heard in one recording. */
  pressFor(ms: number): Promise<HeardPresses>;
  close(): Promise<void>;
};

export const openPressing = async (box: JukeboxHouse): Promise<Pressing> => {
  const { house, token } = box;
  const ids = await clipIds(box);
  if (ids.length !== clips) throw new Error(`${ids.length} of ${clips} clips are there`);
  const doors = [
    httpDoor(house, token),
    await socketDoor(house, token),
    await mqttDoor(house, token),
    await buttonDoor(box, ids),
  ];
  const stream = await openRawStream(house.sink, floorStreamMs);
  let turn = 0;
  return {
    async pressFor(ms) {
      const recorder = await house.sink.record();
      await sleep(tailMs);
      const presses: { at: number; hz: number; by: string }[] = [];
      const refused: string[] = [];
      const end = performance.now() + ms;
      for (; performance.now() < end; turn++) {
        const clip = turn % clips;
        // People do not take turns, and whatever does is taken for a machine that does.
        const door = doors[Math.floor(Math.random() * doors.length)] as PressDoor;
        presses.push({ at: performance.now(), hz: clipHertz(clip), by: door.name });
        door.press(ids[clip] as string).catch((error: unknown) => refused.push(String(error)));
        await sleep(pressEveryMs / 2 + Math.random() * 20 - 10);
        if (turn % pressesPerFloor === 0) {
          presses.push({ at: performance.now(), hz: hertz.floor, by: 'floor' });
          stream.write(beep(hertz.floor));
        }
        await sleep(pressEveryMs / 2);
      }
      await sleep(heardWithinMs);
      const heard = await recorder.stop();
      const begin = presses[0]?.at ?? 0;
      const musicFrom = Math.max(0, begin - heard.startedAtMs);
      const musicMs = heard.lengthMs - musicFrom - tailMs;
      const levels = Array.from({ length: Math.floor(musicMs / musicWindowMs) }, (_, window) => {
        const at = musicFrom + window * musicWindowMs;
        return heard.level(hertz.one, at, at + musicWindowMs);
      });
      const least = Math.max(...levels) * dropoutShare;
      const silent = (window: number) => (levels[window] ?? least) < least;
      const latencies = Map.groupBy(
        presses.map(({ at, hz, by }) => {
          const from = at - heard.startedAtMs;
          const onset = onsetOf(heard, hz, from - onsetWindowMs, from + heardWithinMs);
          return { by, ms: onset - from };
        }),
        ({ by }) => by,
      );
      const found = (by: string) =>
        (latencies.get(by) ?? []).flatMap((one) => (Number.isNaN(one.ms) ? [] : [one.ms]));
      const latenciesMs = new Map(doors.map(({ name }) => [name, found(name)]));
      const pressed = presses.filter(({ by }) => by !== 'floor').length;
      const audible = [...latenciesMs.values()].flat().length;
      return {
        latenciesMs,
        floorMs: found('floor'),
        pressed,
        refused,
        lost: pressed - refused.length - audible,
        dropouts: levels.filter((_, window) => silent(window) && !silent(window - 1)).length,
      };
    },
    async close() {
      for (const door of doors) await door.close();
      await stream.close();
    },
  };
};
