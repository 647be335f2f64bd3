import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../household/registry.ts';
import { mainPlaylistId } from '../playlists/index.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import type { MusicCommand, PlayerState, TrackPlayCommand } from './contract.ts';

let app: TestApp;
let ben: Person;
let gil: Person;
let sounds: string[];
let list: string;
let entries: string[];

type Body = Record<string, unknown>;
const post = (path: string, body?: Body) =>
  app.call('POST', `/player/${path}`, body ? { body } : {});
const state = async () => (await app.call('GET', '/player/state')).body as PlayerState;
const music = () =>
  app.player.commands.filter(({ type }) => /^(track|music)_/.test(type)) as MusicCommand[];
const sent = <T extends MusicCommand['type']>(type: T) =>
  music().filter((command): command is Extract<MusicCommand, { type: T }> => command.type === type);
const lastSent = <T extends MusicCommand['type']>(type: T) => eventually(() => sent(type).at(-1));
const playing = async (index: number): Promise<TrackPlayCommand> =>
  eventually(() => {
    const last = sent('track_play').at(-1);
    return last?.sound_id === sounds[index] ? last : undefined;
  });
const followedBy = (after: string) =>
  eventually(() => sent('track_next').findLast((command) => command.after === after));
const becomes = (wanted: Partial<PlayerState>) =>
  eventually(async () => {
    const now = await state();
    const fits = Object.entries(wanted).every(
      ([key, value]) => now[key as keyof PlayerState] === value,
    );
    return fits ? now : undefined;
  });

const started = (track_id: string, command_id = 'c') =>
  app.player.report({
    type: 'track_started',
    track_id,
    command_id,
    at_ms: 0,
    latency_ms: 10,
    position_ms: 0,
  });
const at = (track_id: string, position_ms: number, heard_ms = position_ms, paused = true) =>
  app.player.report({
    type: 'track_position',
    track_id,
    sound_id: '',
    position_ms,
    duration_ms: 10_000,
    heard_ms,
    paused,
    at_ms: 0,
  });
const moves = (track_id: string, position_ms: number) =>
  at(track_id, position_ms, position_ms, false);
const ended = (track_id: string) =>
  app.player.report({
    type: 'track_ended',
    track_id,
    reason: 'finished',
    heard_ms: 10_000,
    position_ms: 10_000,
  });
const failed = (track_id: string) =>
  app.player.report({
    type: 'track_failed',
    track_id,
    command_id: 'c',
    code: 'file_corrupt',
    message: 'Broken.',
    heard_ms: 0,
  });

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  ben = await addPerson(app, 'Ben', { role: 'user' });
  gil = await addPerson(app, 'Gil', { role: 'guest' });
  for (const [index, name] of ['a.wav', 'b.wav', 'c.wav'].entries()) {
    app.addSound(name, 300 + index * 100, 10_000);
  }
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/?sort=name');
  sounds = (body['items'] as { id: string }[]).map(({ id }) => id);
});
afterAll(() => app.stop());

beforeEach(async () => {
  if (!app.player.connected) app.player.connect();
  await post('stop');
  const made = await app.call('POST', '/playlists/', {
    body: { name: 'List', visibility: 'household' },
  });
  list = made.body['id'] as string;
  const added = await app.call('POST', `/playlists/${list}/sounds`, {
    body: { sound_ids: sounds },
  });
  entries = added.body['entry_ids'] as string[];
  await post(`playlist/${list}`);
  await post('mode', { mode: 'continuous' });
  app.player.commands.length = 0;
});

describe('a new box', () => {
  it('has the main playlist loaded, and stands still', async () => {
    const fresh = await startTestApp();
    try {
      await fresh.setUp();
      const { body } = await fresh.call('GET', '/player/state');
      expect(body).toMatchObject({
        status: 'stopped',
        mode: 'continuous',
        volume: 70,
        playlist: { id: mainPlaylistId },
      });
    } finally {
      await fresh.stop();
    }
  });
});

describe('playing', () => {
  it('tells the player what sounds and what follows', async () => {
    expect((await post('play')).body).toMatchObject({ status: 'playing', index: 0 });
    const { track_id, position_ms, paused, path } = await playing(0);
    expect([position_ms, paused]).toEqual([0, false]);
    expect(path).toMatch(/\.wav$/);
    expect((await followedBy(track_id)).track).toMatchObject({ sound_id: sounds[1] });
    expect(await state()).toMatchObject({
      sound: { id: sounds[0], name: 'a' },
      playlist: { id: list, length: 3, duration: 30_000, sounds: [{ id: sounds[0] }, {}, {}] },
    });
    const { body } = await app.call('GET', '/player/state?tracks=false');
    expect(body['playlist']).toEqual({ id: list, name: 'List', length: 3, duration: 30_000 });
  });

  it('follows the player from track to track, and stops at the end of the list', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    const next = (await followedBy(track_id)).track;
    ended(track_id);
    started(next?.track_id ?? '');
    await becomes({ index: 2, status: 'playing' });
    expect(sent('track_play')).toHaveLength(1);
    expect((await followedBy(next?.track_id ?? '')).track).toBeNull();
    ended(next?.track_id ?? '');
    await becomes({ status: 'stopped', index: 2 });
  });

  it('tells the new follower when list, mode or queue change', async () => {
    await post('play');
    const { track_id } = await playing(0);
    const follower = async (sound: string | undefined) =>
      eventually(() => {
        const last = sent('track_next').at(-1);
        return last?.after === track_id && last.track?.sound_id === sound ? last : undefined;
      });
    await follower(sounds[1]);
    await post('mode', { mode: 'loop_one' });
    await follower(sounds[0]);
    await post('mode', { mode: 'single' });
    await follower(undefined);
    await post('mode', { mode: 'loop' });
    await app.call('DELETE', `/playlists/${list}/sounds/${entries[1]}`);
    await follower(sounds[2]);
    const { body } = await post('queue', { sound_id: sounds[1], where: 'next' });
    await follower(sounds[1]);
    await app.call('DELETE', `/player/queue/${body['queue_id'] as string}`);
    await follower(sounds[2]);
  });

  it('pauses in its place and goes on', async () => {
    await post('play');
    const { track_id } = await playing(0);
    started(track_id);
    at(track_id, 4200);
    expect((await post('pause')).body).toMatchObject({ status: 'paused', position: 4200 });
    await lastSent('track_pause');
    expect((await post('play')).body).toMatchObject({ status: 'playing', index: 0 });
    await lastSent('track_resume');
    expect(sent('track_play')).toHaveLength(1);
  });

  it('seeks within the track, and says where its end is', async () => {
    await post('play');
    const { track_id } = await playing(0);
    at(track_id, 100);
    await post('seek', { position_ms: 7000 });
    expect(await lastSent('track_seek')).toMatchObject({ track_id, position_ms: 7000 });
    expect(await post('seek', { position_ms: 10_001 })).toMatchObject({
      status: 422,
      body: { code: 'seek_beyond_end', duration_ms: 10_000, errors: [{ path: 'position_ms' }] },
    });
  });

  it('hundreds of presses of next are few commands to the player', async () => {
    await post('mode', { mode: 'loop' });
    await post('play');
    await playing(0);
    app.player.commands.length = 0;
    const presses = 301;
    await Promise.all(Array.from({ length: presses }, () => post('next')));
    await playing(presses % 3);
    expect(sent('track_play').length).toBeLessThan(presses);
    expect(await state()).toMatchObject({ index: presses % 3, status: 'playing' });
  });

  it('volume reaches the player at once and stays', async () => {
    await post('volume', { volume: 33 });
    expect(await lastSent('music_volume')).toMatchObject({ volume: 33 });
    expect(await state()).toMatchObject({ volume: 33 });
  });
});

describe('an edit of the loaded list', () => {
  const order = (...ids: (string | undefined)[]) =>
    app.call('PUT', `/playlists/${list}/sounds/order`, { body: { entry_ids: ids } });

  it('is followed by itself', async () => {
    await post('play/0');
    await order(entries[2], entries[1], entries[0]);
    await becomes({ index: 2, status: 'playing' });
  });

  it('that takes the track away stops at the first one', async () => {
    await post('play/1');
    await playing(1);
    await app.call('DELETE', `/playlists/${list}/sounds/${entries[1]}`);
    await becomes({ index: 0, status: 'stopped' });
    await lastSent('track_stop');
  });

  it('that empties it leaves nothing, and play says so', async () => {
    await post('play/1');
    for (const id of entries) await app.call('DELETE', `/playlists/${list}/sounds/${id}`);
    await becomes({ index: null, status: 'stopped', sound: null });
    expect((await post('play')).body['code']).toBe('nothing_to_play');
  });

  it('that deletes it leaves nothing either', async () => {
    await app.call('DELETE', `/playlists/${list}`);
    await becomes({ index: null, playlist: null });
  });
});

describe('a list that rules fill', () => {
  it('is followed when its sounds change, and lets go of a track without stopping it', async () => {
    const tag = (index: number, tags: string[]) =>
      app.call('PATCH', `/sounds/${sounds[index]}`, { body: { tags } });
    for (const index of [0, 1, 2]) await tag(index, ['evening']);
    const made = await app.call('POST', '/playlists/', {
      body: { name: 'Evening', visibility: 'household', rules: { tags_all: ['evening'] } },
    });
    await post(`playlist/${made.body['id'] as string}`);
    await post('play/1');
    const { track_id } = await playing(1);
    const follower = (index: number) =>
      eventually(() => {
        const last = sent('track_next').at(-1);
        return last?.after === track_id && last.track?.sound_id === sounds[index]
          ? last
          : undefined;
      });
    await follower(2);
    await app.call('PATCH', `/sounds/${sounds[0]}`, { body: { name: 'z' } });
    await becomes({ index: 0, status: 'playing' });
    await tag(2, []);
    await follower(0);
    await tag(1, []);
    await follower(0);
    expect(await state()).toMatchObject({ status: 'playing', sound: { id: sounds[1] } });
    await app.call('PATCH', `/sounds/${sounds[0]}`, { body: { name: 'a', tags: [] } });
  });
});

describe('the state', () => {
  const names = async () => {
    const { playlist } = await state();
    return [playlist?.name, playlist?.length, playlist?.sounds.map(({ name }) => name)];
  };

  it('has the loaded list as it is now, however often it was asked for', async () => {
    expect(await names()).toEqual(['List', 3, ['a', 'b', 'c']]);
    await app.call('PATCH', `/playlists/${list}`, { body: { name: 'Other' } });
    await app.call('PATCH', `/sounds/${sounds[1]}`, { body: { name: 'Bee' } });
    expect(await names()).toEqual(['Other', 3, ['a', 'Bee', 'c']]);
    await app.call('DELETE', `/playlists/${list}/sounds/${entries[0]}`);
    expect(await names()).toEqual(['Other', 2, ['Bee', 'c']]);
    await app.call('PATCH', `/sounds/${sounds[1]}`, { body: { name: 'b' } });
    await post('playlist/main');
    expect(await names()).toEqual(['All sounds', 3, ['a', 'b', 'c']]);
  });
});

describe('a track that cannot be played', () => {
  it('is skipped; when none can be, the player stops', async () => {
    await post('mode', { mode: 'loop' });
    await post('play/0');
    for (const index of [0, 1, 2]) failed((await playing(index)).track_id);
    await becomes({ status: 'stopped' });
    const { body } = await app.call('GET', '/admin/audit/events?stream=player-main&limit=500');
    const [last, ...earlier] = body['items'] as { type: string; data: { reason?: string } }[];
    expect([last?.type, last?.data.reason]).toEqual(['PlaybackStopped', 'nothing_playable']);
    expect(earlier.filter(({ type }) => type === 'TrackFailed')).toHaveLength(3);
    expect((await post('play')).status).toBe(200);
  });

  it('is skipped with its reason when its file is gone', async () => {
    const files = ['b.wav', 'c.wav'].map((name) =>
      join(app.soundsDir, 'originals', 'soundboard', name),
    );
    for (const file of files) renameSync(file, `${file}.away`);
    await app.call('POST', '/sounds/scan');
    const failures = async () => {
      const { body } = await app.call('GET', '/admin/audit/events?type=TrackFailed&limit=500');
      return body['items'] as { data: { sound_id: string; code: string } }[];
    };
    const before = (await failures()).length;
    await post('mode', { mode: 'loop' });
    await post('play/1');
    await playing(0);
    const all = await failures();
    const newer = all.slice(0, all.length - before);
    expect(newer.map(({ data }) => data)).toMatchObject([
      { sound_id: sounds[2], code: 'file_missing' },
      { sound_id: sounds[1], code: 'file_missing' },
    ]);
    expect(await state()).toMatchObject({ status: 'playing', index: 0 });
    for (const file of files) renameSync(`${file}.away`, file);
    await app.call('POST', '/sounds/scan');
  });

  it('does not follow by itself when it was cued: the list goes on to the one after', async () => {
    await post('play/0');
    const { track_id } = await playing(0);
    started(track_id);
    const next = (await followedBy(track_id)).track?.track_id ?? '';
    failed(next);
    ended(track_id);
    const second = await playing(1);
    failed(second.track_id);
    await playing(2);
  });
});

describe('counting', () => {
  const plays = async () => (await app.call('GET', `/sounds/${sounds[0]}`)).body['play_count'];

  it('takes a fifth that was heard, not one that was skipped over', async () => {
    const before = (await plays()) as number;
    await post('play/0');
    const { track_id } = await playing(0);
    started(track_id);
    at(track_id, 9000, 1900);
    at(track_id, 9500, 2000);
    await eventually(async () => ((await plays()) === before + 1 ? true : undefined));
    at(track_id, 9900, 2400);
    await post('stop');
    expect(await plays()).toBe(before + 1);
  });
});

describe('the player goes away', () => {
  it('the music waits in its place until somebody says play', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    at(track_id, 5000);
    app.player.disconnect();
    await becomes({ status: 'paused', position: 5000 });
    app.player.commands.length = 0;
    app.player.connect();
    expect(await lastSent('track_play')).toMatchObject({ position_ms: 5000, paused: true });
    await post('play');
    await lastSent('track_resume');
  });

  it('a place that was chosen in a pause holds, also through a restart of the server', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    at(track_id, 5000);
    await post('pause');
    await post('seek', { position_ms: 8000 });
    at(track_id, 8000);
    app.player.disconnect();
    app.player.commands.length = 0;
    app.player.connect();
    expect(await lastSent('track_play')).toMatchObject({ position_ms: 8000, paused: true });
    await post('previous');
    app = await app.restart();
    app.player.connect();
    expect(await lastSent('track_play')).toMatchObject({ position_ms: 0, paused: true });
    expect(await state()).toMatchObject({ status: 'paused', index: 1 });
  });

  it('a pause right after a restart of the server holds what played on where it is', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    app = await app.restart();
    app.player.connect([], [], {
      track_id,
      sound_id: sounds[1] ?? '',
      position_ms: 7000,
      duration_ms: 10_000,
      heard_ms: 7000,
      paused: false,
      at_ms: 0,
    });
    const { status, position } = (await post('pause')).body as PlayerState;
    expect(status).toBe('paused');
    expect(position).toBeGreaterThanOrEqual(7000);
  });

  it('a place that was chosen while it played holds before the player says so', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    moves(track_id, 5000);
    await post('seek', { position_ms: 8000 });
    app = await app.restart();
    app.player.connect();
    expect(await lastSent('track_play')).toMatchObject({ position_ms: 8000, paused: true });
  });

  it('music does not begin until it is back, and whoever asks is told', async () => {
    app.player.disconnect();
    for (const path of ['play', 'play/0', 'next']) {
      const refused = await post(path);
      expect([refused.status, refused.body['code']]).toEqual([503, 'player_unavailable']);
    }
    app.player.connect();
    expect((await state()).status).toBe('stopped');
  });
});

describe('quiet hours that begin while music plays', () => {
  const quiet = (change: Body) => {
    const hours = { ...registry.quiet_hours.default, from: '00:00', to: '00:00', ...change };
    return app.call('PATCH', '/admin/settings', { body: { quiet_hours: hours } });
  };

  it('pause it in its place, gently, where the household refuses music', async () => {
    await post('play/1');
    const { track_id } = await playing(1);
    started(track_id);
    at(track_id, 5000);
    await quiet({ enabled: true, jukebox: 'refuse' });
    await becomes({ status: 'paused', position: 5000 });
    expect(await lastSent('track_pause')).toMatchObject({ fade_ms: 5000 });
    expect((await post('resume')).body['code']).toBe('quiet_hours');
    await quiet({ enabled: false });
    expect((await state()).status).toBe('paused');
    await post('resume');
    expect(await lastSent('track_resume')).toMatchObject({ fade_ms: 60 });
    await post('pause');
    await eventually(() => (sent('track_pause').at(-1)?.fade_ms === 60 ? true : undefined));
  });

  it('keep it paused where a track ends while it fades', async () => {
    await post('play');
    const { track_id } = await playing(0);
    started(track_id);
    const follows = await eventually(() => sent('track_next').at(-1)?.track ?? undefined);
    at(track_id, 9000);
    await quiet({ enabled: true, jukebox: 'refuse' });
    await becomes({ status: 'paused', index: 0 });
    await lastSent('track_pause');
    ended(track_id);
    started(follows.track_id);
    await becomes({ status: 'paused', index: 1 });
    expect(sent('track_resume')).toEqual([]);
    await quiet({ enabled: false });
  });

  it('lower it step by step, and back, where the household lowers music', async () => {
    const volumes = () => sent('music_volume').map(({ volume }) => volume);
    await post('volume', { volume: 80 });
    await post('play');
    await playing(0);
    await quiet({ enabled: true, jukebox: 'lower', volume_cap: 20 });
    await eventually(() => (volumes().at(-1) === 20 ? true : undefined));
    expect(volumes().filter((volume) => volume > 20 && volume < 80).length).toBeGreaterThan(0);
    expect(await state()).toMatchObject({ status: 'playing', volume: 80 });
    await quiet({ enabled: false });
    await eventually(() => (volumes().at(-1) === 80 ? true : undefined));
  });
});

describe('the sleep timer', () => {
  it('stops at the end of the track', async () => {
    await post('play/0');
    const { track_id } = await playing(0);
    started(track_id);
    await followedBy(track_id);
    await post('sleep', { at_end_of_track: true });
    await eventually(() => (sent('track_next').at(-1)?.track === null ? true : undefined));
    ended(track_id);
    expect(await becomes({ status: 'stopped' })).toMatchObject({ sleep_timer: null });
  });

  it('fades out when its time has come, and can be taken back', async () => {
    await post('play/0');
    await playing(0);
    await post('sleep', { after_ms: 3_600_000 });
    expect((await state()).sleep_timer).toMatchObject({ fade_ms: 10_000 });
    expect((await app.call('DELETE', '/player/sleep')).status).toBe(204);
    await post('sleep', { after_ms: 1000, fade_ms: 5000 });
    await becomes({ status: 'stopped' });
    expect(await lastSent('track_stop')).toMatchObject({ fade_ms: 5000 });
    // The next end is an ordinary one.
    await post('play/0');
    await playing(0);
    await post('playlist/main');
    await eventually(() => (sent('track_stop').at(-1)?.fade_ms === 60 ? true : undefined));
  });
});

describe('who may', () => {
  it('members control, guests look on', async () => {
    const as = (who: Person, method: string, path: string) =>
      app.call(method, `/player/${path}`, { token: who.token });
    expect((await as(ben, 'POST', 'play')).status).toBe(200);
    expect((await as(gil, 'POST', 'play')).status).toBe(403);
    expect((await as(gil, 'GET', 'state')).status).toBe(200);
  });

  it('a private list of somebody else is nowhere', async () => {
    await app.call('PATCH', `/playlists/${list}`, { body: { visibility: 'private' } });
    const refused = await app.call('POST', `/player/playlist/${list}`, { token: ben.token });
    expect([refused.status, refused.body['code']]).toEqual([404, 'unknown_playlist']);
  });
});

describe('bad input', () => {
  it.each([
    ['seek', { position_ms: -1 }],
    ['seek', { position_ms: Number.NaN }],
    ['seek', { position_ms: 'x' }],
    ['volume', { volume: 101 }],
    ['volume', { volume: 1.5 }],
    ['mode', { mode: 'backwards' }],
    ['play/-1', undefined],
    ['play/99', undefined],
    ['play/x', undefined],
    ['sleep', { after_ms: 0 }],
    ['queue', { sound_id: 'x', where: 'middle' }],
  ])('%s %j is refused with words', async (path, body) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).not.toHaveLength(0);
  });

  it('an unknown sound is not queued', async () => {
    expect((await post('queue', { sound_id: 'none' })).body['code']).toBe('unknown_sound');
  });
});
