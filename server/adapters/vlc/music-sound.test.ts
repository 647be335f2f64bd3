/** What is heard of the music in the room: real libvlc, real mixer, real sound server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { jukeboxOf } from './testing/jukebox.ts';
import { makeNoise, placeOf } from './testing/noise.ts';
import { openRoom, type Room } from './testing/player-room.ts';
import type { Recording } from './testing/recording.ts';

// Real parts on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });
/** A sound server that got no CPU for a moment is heard too; twice in the same test is no chance. */
const heardAgain = { retry: 1 };

/** A recording lags behind the sound: server, monitor and pipe. */
const lagMs = 300;

let room: Room;
const jukebox = jukeboxOf(() => room);

const record = async (action: () => Promise<void>): Promise<Recording> => {
  const recorder = await room.sink.record();
  await action();
  await sleep(lagMs);
  return recorder.stop();
};

beforeAll(async () => {
  room = await openRoom();
});
afterEach(async () => {
  jukebox.stop();
  await sleep(lagMs);
});
afterAll(() => room.dispose());

describe('a track', heardAgain, () => {
  it('is heard whole, and counted', async () => {
    const track = await makeNoise(room.dir, { seed: 1, lengthMs: 1500 });
    let id = '';
    const heard = await record(async () => {
      id = jukebox.play(track);
      await jukebox.ended(id);
    });
    const [sound, ...more] = heard.sounds();
    expect(more).toEqual([]);
    expect(sound?.lengthMs).toBeCloseTo(1500, -1);
    expect(placeOf(heard, (sound?.startMs ?? 0) + 1000, track)).toMatchObject({
      likeness: expect.closeTo(1, 2),
    });
    expect(await jukebox.ended(id)).toMatchObject({ reason: 'finished', heard_ms: 1500 });
  });
});
