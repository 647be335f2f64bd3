/** Gain, trim and policy of a sound, as the room hears them, and what each press costs. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTurn } from '../adapters/vlc/testing/clips.ts';
import type { Recording } from '../adapters/vlc/testing/recording.ts';
import { password, startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually } from '../testing/test-app.ts';
import { openMqtt } from '../users/testing/people.ts';

/** What has ended at the mixer is still on its way through sink and recorder. */
const tailMs = 200;
const toneMs = 900;
const turnMs = 1500;
const [before, after] = [500, 2000];

let house: RealHouse;
let admin: string;
/** Somebody who pays. */
let ben: string;
let ids: Map<string, string>;

const api = async (
  method: string,
  path: string,
  { body, token = admin }: { body?: unknown; token?: string } = {},
) => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as Record<string, unknown>;
};
const change = (name: string, body: unknown) => api('PATCH', `/sounds/${ids.get(name)}`, { body });
const press = async (name: string) =>
  (await api('POST', `/sounds/play/${ids.get(name)}`, { token: ben }))['play_id'] as string;
const playOf = (playId: string) => api('GET', `/plays/${playId}`);
const started = (playId: string) =>
  eventually(async () => ((await playOf(playId))['started_at'] === null ? undefined : true));
const ended = (playId: string) =>
  eventually(async () => {
    const play = await playOf(playId);
    return play['ended_at'] === null ? undefined : play;
  });
const credits = async () => {
  const { balance, available } = await api('GET', '/credits', { token: ben });
  return { balance: balance as number, available: available as number };
};
const hear = async (action: () => Promise<unknown>): Promise<Recording> => {
  const recorder = await house.sink.record();
  await action();
  await sleep(tailMs);
  return recorder.stop();
};
/** Runs the presses and answers what they cost, with nothing left reserved. */
const costOf = async (action: () => Promise<unknown>): Promise<number> => {
  const first = await credits();
  await action();
  const last = await credits();
  expect(last.available).toBe(last.balance);
  return first.balance - last.balance;
};

beforeAll(async () => {
  house = await startRealHouse({
    // On a machine that is busy with tests the player must not be what stutters.
    env: { PLAYER_BUFFER_MS: '80' },
    async fill(soundsDir) {
      const folder = join(soundsDir, 'originals', 'soundboard');
      for (const [index, name] of ['Loud', 'Restarted', 'Ignored', 'Queued'].entries()) {
        writeFileSync(join(folder, `${name}.wav`), sineWav(440 + 100 * index, toneMs));
      }
      const turn = {
        format: 'wav',
        turnMs,
        lengthMs: 3000,
        frequenciesHz: [before, after],
      } as const;
      const { path } = await makeTurn(folder, { ...turn, frequenciesHz: [before, after] });
      renameSync(path, join(folder, 'Turn.wav'));
    },
  });
  admin = await house.apiToken(await house.setUp());
  await api('POST', '/admin/users', { body: { name: 'Ben', password } });
  ben = (await api('POST', '/auth/login', { body: { name: 'Ben', password } }))[
    'access_token'
  ] as string;
  const { items } = (await api('GET', '/sounds/catalogue')) as {
    items: { id: string; name: string }[];
  };
  ids = new Map(items.map(({ id, name }) => [name, id]));
}, 90_000);
afterAll(() => house.stop(), 30_000);

// A recording is made in real time: one hiccup of a busy machine is heard, the same one twice is ours.
describe('the room hears', { retry: 1 }, () => {
  it('a gain of −12 dB', async () => {
    const level = async (gain: number) => {
      await change('Loud', { gain });
      const heard = await hear(async () => ended(await press('Loud')));
      const [sound] = heard.sounds();
      const from = (sound?.startMs ?? 0) + 100;
      return heard.rms(from, from + toneMs - 200);
    };
    const [full, quiet] = [await level(0), await level(-12)];
    expect(Math.abs(20 * Math.log10(quiet / full) + 12)).toBeLessThan(0.5);
  }, 30_000);

  it('only the part between the cue points, at once and from its copy', async () => {
    const part = { start_ms: turnMs - 200, end_ms: turnMs + 400 };
    for (const trim of [part, { ...part, end_ms: turnMs + 401 }]) {
      await change('Turn', { trim });
      const lengthMs = trim.end_ms - trim.start_ms;
      for (const moment of ['at once', 'later']) {
        const heard = await hear(async () => ended(await press('Turn')));
        const [sound, ...others] = heard.sounds();
        expect([moment, others]).toEqual([moment, []]);
        const [from, heardMs] = [sound?.startMs ?? 0, sound?.lengthMs ?? 0];
        expect(Math.abs(heardMs - lengthMs)).toBeLessThan(lengthMs * 0.02);
        const tones = [from + 20, from + 220].map((at) =>
          heard.dominant([before, after], at, at + 150),
        );
        expect([moment, tones]).toEqual([moment, [before, after]]);
      }
    }
  }, 60_000);

  it('a restart: the earlier play ends, and both were paid for', async () => {
    await change('Restarted', { policy: 'restart' });
    let heard: Recording | undefined;
    const cost = await costOf(async () => {
      heard = await hear(async () => {
        const first = await press('Restarted');
        await started(first);
        const second = await press('Restarted');
        expect(await ended(first)).toMatchObject({ status: 'stopped', reason: 'restarted' });
        expect(await ended(second)).toMatchObject({ status: 'finished' });
      });
    });
    expect(cost).toBe(2);
    const lengthMs = heard?.sounds({ gapMs: 120 })[0]?.lengthMs ?? 0;
    expect(lengthMs).toBeGreaterThan(toneMs * 0.98);
    expect(lengthMs).toBeLessThan(2 * toneMs);
  }, 30_000);

  it('nothing of an ignored press, which costs nothing', async () => {
    await change('Ignored', { policy: 'ignore' });
    let heard: Recording | undefined;
    const cost = await costOf(async () => {
      heard = await hear(async () => {
        const first = await press('Ignored');
        await started(first);
        const second = await press('Ignored');
        expect(await ended(second)).toMatchObject({ status: 'failed', reason: 'ignored' });
        expect(await ended(first)).toMatchObject({ status: 'finished' });
      });
    });
    expect(cost).toBe(1);
    const [sound, ...others] = heard?.sounds() ?? [];
    expect(others).toEqual([]);
    expect(Math.abs((sound?.lengthMs ?? 0) - toneMs)).toBeLessThan(toneMs * 0.02);
  }, 30_000);

  it('queued presses one after the other, each paid when its turn comes, also after more than 3 s', async () => {
    await change('Queued', { policy: 'queue' });
    const presses = 5;
    let heard: Recording | undefined;
    const cost = await costOf(async () => {
      heard = await hear(async () => {
        const plays: string[] = [];
        for (let i = 0; i < presses; i++) plays.push(await press('Queued'));
        await started(plays[0] as string);
        const { balance, available } = await credits();
        expect(balance - available).toBeGreaterThan(0);
        for (const play of plays) expect(await ended(play)).toMatchObject({ status: 'finished' });
      });
    });
    expect(cost).toBe(presses);
    const lengths = heard?.sounds({ gapMs: 1 }).map(({ lengthMs }) => lengthMs) ?? [];
    const totalMs = lengths.reduce((sum, lengthMs) => sum + lengthMs, 0);
    expect(Math.abs(totalMs - presses * toneMs)).toBeLessThan(presses * toneMs * 0.02);
  }, 60_000);
});

it('an unknown name by MQTT is answered with the names that come closest', async () => {
  const client = await openMqtt(house.mqttPort, 'Mira', admin);
  await client.subscribeAsync('encore/main/event/play');
  const answer = new Promise<Record<string, unknown>>((resolve) =>
    client.once('message', (_, payload) =>
      resolve(JSON.parse(payload.toString()) as Record<string, unknown>),
    ),
  );
  await client.publishAsync('encore/main/cmd/play', 'Ingored', { qos: 1 });
  expect(await answer).toMatchObject({
    event_type: 'refused',
    code: 'unknown_sound',
    reason: 'No single sound is called "Ingored". Did you mean: Ignored?',
  });
  await client.endAsync();
}, 30_000);
