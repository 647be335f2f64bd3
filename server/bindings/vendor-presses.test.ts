/** Each vendor's press as the room hears it: one sound, and none of what the device says around it. */
import type { MqttClient } from 'mqtt';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Recorder } from '../adapters/vlc/testing/null-sink.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually } from '../testing/test-app.ts';
import { openMqtt } from '../users/testing/people.ts';
import type { Binding } from './contract.ts';
import type { Said } from './testing/listening.ts';
import { vendorRows } from './testing/vendor-rows.ts';

type Play = { id: string; sound_id: string; status: string; ended_at: string | null };

/** Longer than the usual debounce, so that what comes when it is over is held off by nothing else. */
const toneMs = 450;
/** So much silence, and the room has heard everything. */
const tailMs = 300;
const hertzOf = (row: number) => 500 + 150 * row;
const tones = vendorRows.map((_, row) => hertzOf(row));
const [musicHz, musicMs] = [4000, 30_000];
/** What the bridge may speak for. */
const prefixes = [
  'zigbee2mqtt',
  'stat',
  'tele',
  'shellies',
  'shellyplusi4-a1',
  'shellyblugw-b2',
  'den',
  'home',
  'fence',
];

let house: RealHouse;
let token: string;
let mqtt: MqttClient;
let recorder: Recorder;
let ids: Map<string, string>;

const idOf = (name: string) => ids.get(name) as string;
const api = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
};
const define = async (body: object) =>
  (await api('POST', '/admin/bindings', body)) as unknown as Binding;
const triggersOf = async (...of: readonly string[]) => {
  const { items } = (await api('GET', '/admin/bindings')) as { items: Binding[] };
  return items.reduce((sum, { id, triggers }) => (of.includes(id) ? sum + triggers : sum), 0);
};
const plays = async () => (await api('GET', '/plays?limit=100'))['items'] as Play[];
/** In one go, so that nothing comes between them but the broker. */
const say = (...messages: readonly Said[]) =>
  Promise.all(
    messages.map(({ topic, payload, retained: retain = false }) =>
      mqtt.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
        qos: 1,
        retain,
      }),
    ),
  );
/** Everything said before has been taken in: one that is told only now has been heard. */
const takenIn = async () => {
  const fence = { name: 'Fence', filter: 'fence', match: 'any', command: { type: 'none' } };
  const { id } = await define(fence);
  await say({ topic: 'fence', payload: 'x' });
  await eventually(async () => ((await triggersOf(id)) === 1 ? true : undefined));
  await api('DELETE', `/admin/bindings/${id}`);
};
const heardFor = async (ms: number) => {
  const until = recorder.heard().lengthMs + ms;
  await eventually(() => (recorder.heard().lengthMs >= until ? true : undefined));
};
const soundsSince = (fromMs: number) =>
  recorder
    .heard()
    .sounds()
    .filter(({ startMs }) => startMs >= fromMs);
const isSilent = () => {
  const { startMs = 0, lengthMs = -Infinity } = soundsSince(0).at(-1) ?? {};
  return recorder.heard().lengthMs - startMs - lengthMs >= tailMs;
};

beforeAll(async () => {
  house = await startRealHouse({
    // On a machine that is busy with tests the player must not be what stutters.
    env: { PLAYER_BUFFER_MS: '80' },
    fill(soundsDir) {
      const folder = join(soundsDir, 'originals', 'soundboard');
      for (const [row, hertz] of tones.entries())
        writeFileSync(join(folder, `Row ${row}.wav`), sineWav(hertz, toneMs));
      writeFileSync(join(folder, 'Music.wav'), sineWav(musicHz, musicMs));
    },
  });
  token = await house.setUp();
  const bridge = { name: 'Devices', scopes: ['mqtt'], kind: 'bridge', prefixes };
  const issued = await api('POST', '/auth/tokens', bridge);
  mqtt = await openMqtt(house.mqttPort, 'Mira', issued['token'] as string);
  const { items } = (await api('GET', '/sounds/catalogue')) as {
    items: { id: string; name: string }[];
  };
  ids = new Map(items.map(({ id, name }) => [name, id]));
  for (const [row, { tag }] of vendorRows.entries()) {
    // One press too many is heard in its own time, not hidden in the sound of the first.
    const tags = tag === undefined ? {} : { tags: [tag] };
    await api('PATCH', `/sounds/${idOf(`Row ${row}`)}`, { policy: 'queue', ...tags });
  }
  recorder = await house.sink.record();
}, 90_000);
afterAll(async () => {
  await mqtt.endAsync();
  await house.stop();
}, 30_000);

// What went wrong before is nobody else's sound.
beforeEach(() =>
  eventually(async () =>
    isSilent() && (await plays()).every(({ ended_at }) => ended_at !== null) ? true : undefined,
  ),
);

// The bindings of earlier rows stay: no device sets off what another one is bound to.
describe('the room hears one sound', () => {
  it.each(vendorRows.map((row, at) => ({ ...row, at })))('of $what', async (row) => {
    const { at, bindings, tag, kept = [], before = [], press, after, later = [] } = row;
    const soundId = idOf(`Row ${at}`);
    const command = { type: 'play', ...(tag === undefined ? { sound_id: soundId } : {}) };
    const earlier = new Set((await plays()).map(({ id }) => id));
    const since = async () => (await plays()).filter(({ id }) => !earlier.has(id));
    const fromMs = recorder.heard().lengthMs;

    await say(...kept);
    const made: string[] = [];
    for (const binding of bindings) {
      made.push((await define({ name: `Row ${at}`, ...binding, command })).id);
    }
    // What was kept comes first.
    await takenIn();
    await say(...before);
    await takenIn();
    expect([await triggersOf(...made), await since()]).toEqual([0, []]);

    await say(press, ...after);
    await takenIn();
    await eventually(async () => {
      const all = await since();
      return all.length > 0 && all.every(({ status }) => status === 'finished') ? true : undefined;
    });
    await say(...later);
    await takenIn();
    await heardFor(tailMs);
    const sounds = await eventually(() => {
      const heard = soundsSince(fromMs);
      return heard.length > 0 && isSilent() ? heard : undefined;
    });

    expect(await triggersOf(...made)).toBe(1);
    expect(await since()).toMatchObject([{ sound_id: soundId, origin: 'binding' }]);
    const heardMs = sounds.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
    expect(heardMs).toBeGreaterThan(0.9 * toneMs);
    expect(heardMs).toBeLessThan(1.5 * toneMs);
    const [start, end] = [sounds[0]?.startMs ?? 0, (sounds[0]?.startMs ?? 0) + toneMs];
    expect(recorder.heard().dominant(tones, start, end)).toBe(hertzOf(at));
  });
});

it('the room hears the music quieter by one step of a knob, and no step of what follows', async () => {
  const list = await api('POST', '/playlists/', { name: 'Music' });
  await api('POST', `/playlists/${String(list['id'])}/sounds`, { sound_ids: [idOf('Music')] });
  await api('POST', `/player/playlist/${String(list['id'])}`);
  await api('POST', '/player/volume', { volume: 100 });
  const volume = async () => (await api('GET', '/player/state'))['volume'];
  const level = async () => {
    await heardFor(tailMs);
    const from = recorder.heard().lengthMs;
    await heardFor(tailMs);
    return recorder.heard().level(musicHz, from, from + tailMs);
  };
  const command = { type: 'volume', delta: -20 };
  const knob = { name: 'Knob', command, debounce_ms: 50 };
  const topic = 'zigbee2mqtt/knob';
  const match = { path: 'action', op: 'eq', value: 'rotate_left' };
  const made = [
    await define({ ...knob, filter: topic, match }),
    await define({ ...knob, filter: `${topic}/action`, match: { equals: 'rotate_left' } }),
  ].map(({ id }) => id);
  const fromMs = recorder.heard().lengthMs;
  await api('POST', '/player/play');
  await eventually(() => (soundsSince(fromMs).length > 0 ? true : undefined));
  const loud = await level();

  await say(
    { topic, payload: { action: 'rotate_left', action_step_size: 13, battery: 80 } },
    { topic: `${topic}/action`, payload: 'rotate_left' },
    { topic, payload: { action: '', battery: 80 } },
  );
  await takenIn();
  await eventually(async () => ((await volume()) === 100 ? undefined : true));
  const quiet = await level();
  await say({ topic, payload: { action: '', battery: 80 } });
  await takenIn();

  expect(await volume()).toBe(80);
  expect(await triggersOf(...made)).toBe(1);
  expect(quiet / loud).toBeGreaterThan(0.8 ** 3 * 0.95);
  expect(quiet / loud).toBeLessThan(0.8 ** 3 * 1.05);
  await api('POST', '/player/stop');
});

it('and nothing else, to the end', async () => {
  const sounded = (await plays()).map(({ sound_id }) => sound_id).toReversed();
  expect(sounded).toEqual(vendorRows.map((_, row) => idOf(`Row ${row}`)));
});
