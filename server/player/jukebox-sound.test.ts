/** The jukebox as the room hears it: each track another tone, so that the sound itself tells the order. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../adapters/vlc/testing/recording.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually } from '../testing/test-app.ts';
import type { PlayerState } from './contract.ts';

/** What has ended at the mixer is still on its way through sink and recorder. */
const tailMs = 300;
const trackMs = 1500;
const [longHz, longMs] = [600, 60_000];
const [wordsHz, wordsMs] = [3000, 600];
const tones = { a: 400, b: 800, c: 1600 } as const;

let house: RealHouse;
let token: string;
let ids: string[];

const api = async (method: string, path: string, body?: unknown) => {
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
const state = async () => (await api('GET', '/player/state')) as PlayerState;
const becomes = (fits: (now: PlayerState) => boolean) =>
  eventually(async () => {
    const now = await state();
    return fits(now) ? now : undefined;
  });
const playerIsBack = () =>
  eventually(async () => {
    const { parts } = (await (await fetch(`${house.url}/readyz`)).json()) as {
      parts: { player: { state: string } };
    };
    return parts.player.state === 'ok' ? true : undefined;
  });
const hear = async (action: () => Promise<unknown>): Promise<Recording> => {
  const recorder = await house.sink.record();
  await action();
  await sleep(tailMs);
  return recorder.stop();
};

/** The tone of each stretch of 100 ms, repeats and silence left out. */
const melody = (recording: Recording): string[] => {
  const heard: string[] = [];
  for (let from = 0; from + 100 <= recording.lengthMs; from += 100) {
    const to = from + 100;
    const wanted = Math.max(0.01, recording.rms(from, to) * Math.SQRT2 * 0.9);
    const [name] =
      Object.entries(tones).find(([, hertz]) => recording.level(hertz, from, to) > wanted) ?? [];
    if (name !== undefined && heard.at(-1) !== name) heard.push(name);
  }
  return heard;
};

beforeAll(async () => {
  house = await startRealHouse({
    // On a machine that is busy with tests the player must not be what stutters.
    env: { PLAYER_BUFFER_MS: '80' },
    fill(soundsDir) {
      const folder = join(soundsDir, 'originals', 'soundboard');
      for (const [name, hertz] of Object.entries(tones)) {
        writeFileSync(join(folder, `${name}.wav`), sineWav(hertz, trackMs));
      }
      writeFileSync(join(folder, 'z long.wav'), sineWav(longHz, longMs));
      writeFileSync(join(folder, 'press.wav'), sineWav(wordsHz, wordsMs));
    },
  });
  token = await house.setUp();
  const { items } = await api('GET', '/sounds/?sort=name');
  ids = (items as { id: string }[]).map(({ id }) => id);
  const { id } = await api('POST', '/playlists/', { name: 'Tones' });
  await api('POST', `/playlists/${String(id)}/sounds`, { sound_ids: ids.slice(0, 3) });
  await api('POST', `/player/playlist/${String(id)}`);
  await api('POST', '/player/volume', { volume: 100 });
});
afterAll(() => house.stop());

/** A sound server that got no CPU for a moment is heard too; twice in the same test is no chance. */
const heardAgain = { retry: 1 };

describe('the room hears', heardAgain, () => {
  it('the list from the first to the last track, without a gap', async () => {
    const heard = await hear(async () => {
      await api('POST', '/player/play');
      await becomes(({ status }) => status === 'stopped');
    });
    expect(melody(heard)).toEqual(['a', 'b', 'c']);
    const sounds = heard.sounds();
    expect(sounds).toHaveLength(1);
    expect(sounds[0]?.lengthMs).toBeGreaterThan(3 * trackMs * 0.98);
    expect(sounds[0]?.lengthMs).toBeLessThan(3 * trackMs * 1.02);
  });

  it('what was queued before the list goes on, and what next jumps to', async () => {
    const heard = await hear(async () => {
      await api('POST', '/player/play/0');
      await api('POST', '/player/queue', { sound_id: ids[2], where: 'next' });
      await becomes(({ from_queue }) => from_queue);
      await sleep(400);
      await api('POST', '/player/next');
      await sleep(400);
      await api('POST', '/player/stop');
    });
    expect(melody(heard)).toEqual(['a', 'c', 'b']);
  });

  it('a track and the one that follows together, as long as the household wants', async () => {
    const crossfadeMs = 500;
    await api('PATCH', '/admin/settings', { crossfade_ms: crossfadeMs });
    const heard = await hear(async () => {
      await api('POST', '/player/play/0');
      await becomes(({ status }) => status === 'stopped');
    });
    await api('PATCH', '/admin/settings', { crossfade_ms: 0 });
    const sounds = heard.sounds();
    // No gap, and two overlaps shorter than the tracks one after the other.
    expect(sounds).toHaveLength(1);
    const begin = sounds[0]?.startMs ?? 0;
    const wholeMs = 3 * trackMs - 2 * crossfadeMs;
    expect(Math.abs((sounds[0]?.lengthMs ?? 0) - wholeMs)).toBeLessThan(wholeMs * 0.02);
    const alone = heard.level(tones.a, begin + 300, begin + 700);
    const middle = begin + trackMs - crossfadeMs / 2;
    const both = [tones.a, tones.b].map((hertz) => heard.level(hertz, middle - 50, middle + 50));
    // Equal power: in the middle each is 3 dB down.
    for (const level of both) {
      expect(20 * Math.log10(level / alone)).toBeGreaterThan(-4.5);
      expect(20 * Math.log10(level / alone)).toBeLessThan(-1.5);
    }
    // Two whole tones would reach twice as high.
    expect(heard.peak()).toBeLessThan(alone * 1.5);
  });

  it('an announcement alone: the music holds its place and goes on', async () => {
    await api('PATCH', '/admin/settings', { announcements: 'pause' });
    await api('PATCH', `/sounds/${ids[3]}`, { tags: ['announcement'] });
    const heard = await hear(async () => {
      await api('POST', '/player/play/0');
      await becomes(({ position }) => position > 300);
      await api('POST', `/sounds/play/${ids[3]}`);
      await becomes(({ index }) => index === 1);
      await api('POST', '/player/stop');
    });
    await api('PATCH', '/admin/settings', { announcements: 'duck' });
    await api('PATCH', `/sounds/${ids[3]}`, { tags: [] });
    const stretches = Array.from({ length: Math.floor(heard.lengthMs / 50) }, (_, at) => ({
      music: heard.level(tones.a, at * 50, at * 50 + 50),
      words: heard.level(wordsHz, at * 50, at * 50 + 50),
    }));
    const loud = Math.max(...stretches.map(({ music }) => music)) / 2;
    const during = stretches.filter(({ words }) => words > loud);
    // Silent but for the ramp at its begin; and to its end, so much later.
    expect(during.filter(({ music }) => music < loud / 50).length).toBeGreaterThan(
      (wordsMs / 50) * 0.5,
    );
    const isMusic = ({ music }: { music: number }) => music > loud;
    const spanMs = (stretches.findLastIndex(isMusic) - stretches.findIndex(isMusic) + 1) * 50;
    expect(spanMs).toBeGreaterThan(trackMs + wordsMs * 0.6);
    expect(spanMs).toBeLessThan(trackMs + wordsMs * 1.3);
  });

  it('the music step back under a press, and come back', async () => {
    const heard = await hear(async () => {
      await api('POST', '/player/queue', { sound_id: ids[4], where: 'next' });
      await api('POST', '/player/next');
      await becomes(({ sound, position }) => sound?.id === ids[4] && position > 500);
      const { play_id } = await api('POST', `/sounds/play/${ids[3]}`);
      await eventually(async () => {
        const { ended_at } = await api('GET', `/plays/${String(play_id)}`);
        return ended_at === null ? undefined : true;
      });
      const { position: before } = await state();
      await becomes(({ position }) => position > before + 1000);
      await api('POST', '/player/stop');
    });
    const stretches = Array.from({ length: Math.floor(heard.lengthMs / 50) }, (_, at) => ({
      music: heard.level(longHz, at * 50, at * 50 + 50),
      words: heard.level(wordsHz, at * 50, at * 50 + 50),
    }));
    const loudest = (some: typeof stretches) => Math.max(...some.map(({ music }) => music));
    const decibels = (level: number) => 20 * Math.log10(level / loudest(stretches));
    const isPressed = ({ words }: { words: number }) => decibels(words) > -6;
    const pressed = stretches.findIndex(isPressed);
    const over = stretches.findLastIndex(isPressed) + 1;
    expect((over - pressed) * 50).toBeGreaterThan(wordsMs * 0.8);
    expect(decibels(loudest(stretches.slice(0, pressed)))).toBeGreaterThan(-0.5);
    const under = stretches.slice(pressed, over).map(({ music }) => music);
    expect(decibels(Math.min(...under))).toBeGreaterThan(-14);
    expect(decibels(Math.min(...under))).toBeLessThan(-10);
    expect(decibels(loudest(stretches.slice(over)))).toBeGreaterThan(-2);
  });
});

describe('after a death', () => {
  /** Somewhere in the long track; answers where it was seen to be last. */
  const playLong = async (): Promise<number> => {
    await api('POST', '/player/queue', { sound_id: ids[4], where: 'next' });
    await api('POST', '/player/next');
    await becomes(({ sound, position }) => sound?.id === ids[4] && position > 0);
    await api('POST', '/player/seek', { position_ms: 10_000 });
    return (await becomes(({ position }) => position > 12_200)).position;
  };

  it('of the player the place is kept to the second', async () => {
    const before = await playLong();
    process.kill(house.pidOf('player'), 'SIGKILL');
    const { position } = await becomes(({ status }) => status === 'paused');
    expect(position).toBeGreaterThan(before - 1000);
    expect(position).toBeLessThan(longMs);
    await playerIsBack();
    await api('POST', '/player/stop');
  });

  it('of both, as when the power fails, the place is kept to the second', async () => {
    const before = await playLong();
    for (const name of ['server', 'player'] as const) process.kill(house.pidOf(name), 'SIGKILL');
    await house.ready();
    await playerIsBack();
    const { status, position, sound } = await becomes((now) => now.status !== 'playing');
    expect([status, sound?.id]).toEqual(['paused', ids[4]]);
    expect(position).toBeGreaterThan(before - 1000);
    expect(position).toBeLessThan(longMs);
    await api('POST', '/player/stop');
  });

  it('of the player the music waits in its place', async () => {
    await api('POST', '/player/mode', { mode: 'loop_one' });
    await api('POST', '/player/play/1');
    await becomes(({ position }) => position > 300);
    process.kill(house.pidOf('player'), 'SIGKILL');
    const paused = await becomes(({ status }) => status === 'paused');
    expect(paused).toMatchObject({ index: 1, sound: { id: ids[1] } });
    await playerIsBack();
    const heard = await hear(async () => {
      await api('POST', '/player/play');
      await sleep(700);
    });
    expect(melody(heard)).toEqual(['b']);
    await api('POST', '/player/stop');
  });

  it('of the server the same track plays on, and is still the one that it knows', async () => {
    await api('POST', '/player/play/2');
    await becomes(({ position }) => position > 200);
    const heard = await hear(async () => {
      process.kill(house.pidOf('server'), 'SIGKILL');
      await sleep(200);
      await house.ready();
      await playerIsBack();
    });
    expect(melody(heard).slice(0, 1)).toEqual(['c']);
    expect(await state()).toMatchObject({ index: 2, mode: 'loop_one', volume: 100 });
    await api('POST', '/player/stop');
  });
});
