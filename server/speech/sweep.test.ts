import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { accepted, type Decider } from '../kernel/decider.ts';
import type { Event, Origin } from '../kernel/event.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { mainPlaylistId } from '../playlists/index.ts';
import { playlistsProjection } from '../playlists/projection.ts';
import { playsProjection } from '../soundboard/projection.ts';
import { createDerivedFiles, createThumbnails, openSoundIntake } from '../sounds/index.ts';
import { normalisationProjection } from '../sounds/normalisation-projection.ts';
import { soundsProjection } from '../sounds/projection.ts';
import { soundsSideTables } from '../sounds/side-tables.ts';
import { fakeMedia } from '../sounds/testing/fake-media.ts';
import { speechProjection } from './projection.ts';
import { createSpeechQueries } from './queries.ts';
import { createSweep, sweepLimits } from './sweep.ts';

const asGiven: Decider<null, readonly Event[], Event, never> = {
  decide: (events) => accepted(...events),
  evolve: (state) => state,
  initialState: () => null,
};
/** Nothing here reaches a file. */
const nowhere = join(tmpdir(), 'encore-nowhere');

let kernel: ReturnType<typeof testKernel>;

const given = async (origin: Origin, stream: string, ...events: Event[]) => {
  await kernel.bus.execute({ actor: 'ann', origin }, (tx) => {
    tx.decide(asGiven, stream, events);
    return done(null);
  });
  kernel.clock.advance(1000);
};
const about = (sound_id: string, type: string, data: object = {}) =>
  given('http', `sound-${sound_id}`, { type, data: { sound_id, ...data } });

let counted = 0;
const said = async (origin: Origin, sound_id: string, was_there = false) => {
  const speech_id = `speech-${++counted}`;
  const [phrase, hash] = [`phrase of ${sound_id}`, `hash of ${sound_id}`];
  const [engine, voice] = [{ engine: 'espeak-ng', engine_version: '1' }, { voice: 'en-gb' }];
  const data = { speech_id, user_id: 'ann', phrase, characters: 3, language: 'en-gb' };
  const stream = `speech-${speech_id}`;
  await given(origin, stream, {
    type: 'SpeechRequested',
    data: { ...data, ...engine, ...voice },
  });
  await given(origin, stream, {
    type: 'SpeechCompleted',
    data: { speech_id, sound_id, phrase, hash, was_there, took_ms: 9 },
  });
};
const added = (sound_id: string, type = 'TTS') =>
  about(sound_id, 'SoundAdded', {
    name: sound_id,
    tags: [],
    type,
    filename: `${sound_id}.wav`,
    hash: `hash of ${sound_id}`,
    size: 100,
    duration_ms: 100,
    format: 'wav',
    codec: 'pcm_s16le',
    channels: 1,
    sample_rate: 22_050,
    demuxer: 'wav',
  });
/** As a phrase comes into the library. */
const spoken = async (sound_id: string, origin: Origin = 'mqtt') => {
  await added(sound_id);
  await said(origin, sound_id);
};
const played = (sound_id: string) => {
  const play_id = `play-${++counted}`;
  const data = { play_id, sound_id, user_id: 'ann' };
  return given('mqtt', `play-${play_id}`, { type: 'PlayRequested', data });
};
const days = (count: number) => kernel.clock.advance(count * sweepLimits.everyMs);
const listed = () =>
  kernel.storage
    .prepare<[], string>('SELECT id FROM sounds WHERE removed_at IS NULL ORDER BY id')
    .pluck()
    .all();
const sweep = async () => {
  const media = fakeMedia();
  const intake = openSoundIntake(kernel, {
    media,
    derived: createDerivedFiles(nowhere, media),
    soundsDir: nowhere,
    diskSpace: () => Promise.resolve({ free: 1e9, total: 1e9 }),
    mediaJobsMax: 1,
    thumbnails: createThumbnails(nowhere),
  });
  const queries = createSpeechQueries(kernel.storage);
  await createSweep(kernel, { queries, intake }).sweep();
};

beforeEach(() => {
  kernel = testKernel({
    projections: [
      soundsProjection,
      normalisationProjection,
      playsProjection,
      playlistsProjection,
      speechProjection,
    ],
    sideTables: [soundsSideTables],
  });
});

describe('a phrase that was only said', () => {
  it.each(['mqtt', 'ws'] as const)(
    'over %s goes when it was not played for 30 days, in the name of the system',
    async (origin) => {
      await spoken('said', origin);
      await played('said');
      days(29);
      await sweep();
      expect(listed()).toEqual(['said']);
      days(2);
      await sweep();
      expect(listed()).toEqual([]);
      expect(kernel.log.readAll(0, 100).at(-1)).toMatchObject({
        type: 'SoundRemoved',
        actor: 'system',
        origin: 'schedule',
        data: { sound_id: 'said' },
      });
    },
  );

  it('goes however often it was said before', async () => {
    await spoken('said');
    for (let times = 0; times < 3; times++) await played('said');
    days(31);
    await sweep();
    expect(listed()).toEqual([]);
  });

  it('goes from the list too that every sound joins', async () => {
    await given('system', 'playlist-main', {
      type: 'PlaylistCreated',
      data: {
        playlist_id: mainPlaylistId,
        name: 'All',
        description: '',
        visibility: 'household',
        owner_id: null,
        rules: null,
      },
    });
    await spoken('said');
    await given('system', 'playlist-main', {
      type: 'EntryAdded',
      data: { playlist_id: mainPlaylistId, entry_id: 'e1', sound_id: 'said', before: null },
    });
    days(31);
    await sweep();
    expect(listed()).toEqual([]);
  });
});

describe('what somebody keeps stays', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['made to be kept', () => spoken('kept', 'http')],
    [
      'said, then made to be kept',
      async () => {
        await spoken('kept');
        await said('http', 'kept', true);
      },
    ],
    [
      'found in the folders before it was said',
      async () => {
        await added('kept');
        await said('mqtt', 'kept', true);
      },
    ],
    ['no speech at all', () => added('kept')],
  ])('%s', async (_what, come) => {
    await come();
    days(400);
    await sweep();
    expect(listed()).toEqual(['kept']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['renamed', () => about('kept', 'SoundRenamed', { name: 'Dinner' })],
    ['tagged', () => about('kept', 'SoundTagged', { tags: ['dinner'] })],
    ['made louder', () => about('kept', 'SoundGainSet', { gain_db: 3 })],
    ['a favourite', () => about('kept', 'SoundFavourited', { user_id: 'ben' })],
    [
      'restored from the trash',
      async () => {
        await about('kept', 'SoundRemoved');
        await about('kept', 'SoundFileTrashed', { kept: true });
        await about('kept', 'SoundRestored');
      },
    ],
    [
      'in a list',
      async () => {
        await given('http', 'playlist-p1', {
          type: 'PlaylistCreated',
          data: {
            playlist_id: 'p1',
            name: 'Evening',
            description: '',
            visibility: 'private',
            owner_id: 'ben',
            rules: null,
          },
        });
        await given('http', 'playlist-p1', {
          type: 'EntryAdded',
          data: { playlist_id: 'p1', entry_id: 'e1', sound_id: 'kept', before: null },
        });
      },
    ],
  ])('%s', async (_what, keep) => {
    await spoken('kept');
    await keep();
    days(400);
    await sweep();
    expect(listed()).toEqual(['kept']);
  });

  it('for as long as it is played', async () => {
    await spoken('kept');
    days(20);
    await played('kept');
    days(20);
    await sweep();
    expect(listed()).toEqual(['kept']);
  });
});

it('more than fit into one transaction go in one sweep', async () => {
  const many = sweepLimits.atOnceMax + 5;
  for (let number = 0; number < many; number++) await spoken(`said ${number}`);
  days(31);
  expect(listed()).toHaveLength(many);
  await sweep();
  expect(listed()).toEqual([]);
});
