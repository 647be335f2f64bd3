import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { makeNoise, type NoiseTrack } from '../adapters/vlc/testing/noise.ts';
import { startRealHouse, type RealHouse } from '../testing/real-house.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { callsTo, openFeed, type Call } from './house-calls.ts';

/** Of the tones that `next` goes to and fro between, and of the floor: whole periods in 5 ms. */
export const hertz = { one: 1000, other: 2000, floor: 6000 } as const;
/** Not a whole number of anybody's blocks. */
const gaplessMs = [1037, 1011] as const;
const longMs = 40_000;

export type JukeboxHouse = {
  readonly house: RealHouse;
  /** That may do everything at every door. */
  readonly token: string;
  readonly noise: readonly [NoiseTrack, NoiseTrack, NoiseTrack];
  readonly call: Call;
  /** A listener to the feed, as a screen is one. */
  listen(heard?: (message: FeedText) => void): Promise<WebSocket>;
  /** Loads a new list of the sounds whose names begin so, in the order of their names. */
  load(prefix: string, mode: string): Promise<void>;
};
export type FeedText = {
  type: string;
  position?: number;
  at: string;
  data: Record<string, unknown>;
};

/** The whole box with music to measure by: noise that tells places, and tones that tell tracks. */
export const openJukeboxHouse = async (
  env: Record<string, string> = {},
  /** Puts more into the folder of the board. */
  fillMore: (folder: string) => void = () => undefined,
): Promise<JukeboxHouse> => {
  let noise: JukeboxHouse['noise'] | undefined;
  const house = await startRealHouse({
    env,
    async fill(soundsDir) {
      const dir = join(soundsDir, 'originals', 'soundboard');
      noise = [
        await makeNoise(dir, { seed: 1, lengthMs: gaplessMs[0] }),
        await makeNoise(dir, { seed: 2, lengthMs: gaplessMs[1] }),
        await makeNoise(dir, { seed: 3, lengthMs: longMs }),
      ];
      writeFileSync(join(dir, 'tone 1.wav'), sineWav(hertz.one, longMs));
      writeFileSync(join(dir, 'tone 2.wav'), sineWav(hertz.other, longMs));
      fillMore(dir);
    },
  });
  const token = await house.apiToken(await house.setUp());
  const call = callsTo(house, token);
  if (!noise) throw new Error('the house was not filled');
  await call('POST', '/player/volume', { volume: 100 });
  return {
    house,
    token,
    noise,
    call,
    listen: (heard = () => undefined) =>
      openFeed(house, token, (text) => heard(JSON.parse(text) as FeedText)),
    async load(prefix, mode) {
      const { items } = (await call('GET', '/sounds/?sort=name')) as {
        items: { id: string; name: string }[];
      };
      const sound_ids = items.filter(({ name }) => name.startsWith(prefix)).map(({ id }) => id);
      const { id } = await call('POST', '/playlists/', { name: prefix });
      await call('POST', `/playlists/${String(id)}/sounds`, { sound_ids });
      await call('POST', `/player/playlist/${String(id)}`);
      await call('POST', '/player/mode', { mode });
    },
  };
};
