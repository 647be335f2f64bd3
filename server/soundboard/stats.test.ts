import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';

let app: TestApp;
let ids: Map<string, string>;
let ben: Person;

const stats = async (path: string) => {
  const { status, body } = await app.call('GET', `/stats/${path}`);
  expect(status).toBe(200);
  return body['items'] as Record<string, unknown>[];
};
const play = async (name: string, token?: string) => {
  const path = `/sounds/play/${ids.get(name)}`;
  const answer = await app.call('POST', path, token === undefined ? {} : { token });
  const play_id = answer.body['play_id'] as string;
  const latency_ms = 10;
  app.player.report({ type: 'voice_started', command_id: play_id, play_id, at_ms: 0, latency_ms });
  await eventually(async () => {
    const { body } = await app.call('GET', `/plays/${play_id}`);
    return body['started_at'] === null ? undefined : true;
  });
};
/** Queued and played until it counts: a fifth of it. */
const hearOnJukebox = async (name: string) => {
  await app.call('POST', '/player/queue', { body: { sound_id: ids.get(name), where: 'next' } });
  await app.call('POST', '/player/next');
  const { track_id } = await eventually(() =>
    app.player.commands.findLast((command) => command.type === 'track_play'),
  );
  const of = { track_id, sound_id: ids.get(name) ?? '', position_ms: 0, at_ms: 0 };
  app.player.report({ type: 'track_started', command_id: 'c', latency_ms: 10, ...of });
  const heard = { duration_ms: 10_000, heard_ms: 2000, paused: false };
  app.player.report({ type: 'track_position', ...of, ...heard });
  await eventually(async () => {
    const { body } = await app.call('GET', `/plays/${track_id}`);
    return body['source'] === 'player' ? true : undefined;
  });
};
/** Of the process, as the house's calendar is. */
const localDay = (at: Date) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
const tomorrow = () => new Date(Date.now() + 24 * 60 * 60_000).toISOString();

beforeEach(async () => {
  app = await startTestApp();
  for (const [index, name] of ['Horn', 'Bell', 'Drum'].entries()) {
    app.addSound(`${name}.wav`, 440 + 100 * index);
  }
  await app.setUp();
  await app.call('POST', '/sounds/scan');
  const { items } = (await app.call('GET', '/sounds/')).body as {
    items: { id: string; name: string }[];
  };
  ids = new Map(items.map(({ id, name }) => [name, id]));
  app.player.connect();
  ben = await addPerson(app, 'Ben', { role: 'user' });
});
afterEach(() => app.stop());

describe('the statistics', () => {
  it('count what was heard, and go on counting', async () => {
    expect(await stats('top-sounds')).toEqual([]);
    expect(await stats('plays-per-day')).toEqual([]);
    await play('Bell');
    await play('Bell', ben.token);
    await play('Horn', ben.token);
    // Pressed, but not heard.
    await app.call('POST', `/sounds/play/${ids.get('Drum')}`);
    const bell = { sound_id: ids.get('Bell'), name: 'Bell', plays: 2 };
    const horn = { sound_id: ids.get('Horn'), name: 'Horn', plays: 1 };
    expect(await stats('top-sounds')).toEqual([bell, horn]);
    expect(await stats('top-sounds?limit=1')).toEqual([bell]);
    expect(await stats('top-users')).toMatchObject([
      { user_id: ben.id, name: 'Ben', plays: 2 },
      { name: 'Mira', plays: 1 },
    ]);
    expect(
      (await stats('plays-per-day')).reduce((sum, day) => sum + (day['plays'] as number), 0),
    ).toBe(3);
    const hours = (await stats('hours')) as unknown as number[][];
    expect(hours.flat().reduce((sum, plays) => sum + plays, 0)).toBe(3);
  });

  it('count what the jukebox played, for nobody', async () => {
    expect(await stats('top-sounds')).toEqual([]);
    await hearOnJukebox('Drum');
    await play('Horn');
    expect(await stats('top-sounds')).toMatchObject([
      { name: 'Drum', plays: 1 },
      { name: 'Horn', plays: 1 },
    ]);
    expect(await stats('top-users')).toMatchObject([{ name: 'Mira', plays: 1 }]);
    const days = await stats('plays-per-day');
    expect(days.reduce((sum, day) => sum + (day['plays'] as number), 0)).toBe(2);
    const { body } = await app.call('GET', '/plays');
    expect(body['items']).toMatchObject([
      { sound_name: 'Horn', source: 'soundboard', user_name: 'Mira' },
      { sound_name: 'Drum', source: 'player', user_id: null, status: 'started' },
    ]);
    const sounds = (await app.call('GET', '/sounds/?sort=plays')).body['items'];
    expect(sounds).toMatchObject([{ play_count: 1 }, { play_count: 1 }, { play_count: 0 }]);
  });

  it('a track of the jukebox outlives the player, and no press has to wait for it', async () => {
    await hearOnJukebox('Drum');
    app.player.disconnect();
    app.player.connect();
    const { body } = await app.call('GET', '/plays');
    expect(body['items']).toMatchObject([{ source: 'player', status: 'started' }]);
  });

  it('are the same after a restart as they were live', async () => {
    await stats('top-sounds');
    for (const name of ['Horn', 'Bell', 'Horn', 'Drum']) await play(name);
    await hearOnJukebox('Bell');
    const all = async () => ({
      sounds: await stats('top-sounds'),
      users: await stats('top-users'),
      days: await stats('plays-per-day'),
      hours: await stats('hours'),
    });
    const live = await all();
    app = await app.restart();
    expect(await all()).toEqual(live);
  });

  it('lie in the days and hours of the house', async () => {
    const before = new Date();
    await play('Horn');
    const after = new Date();
    const [last] = (await stats('plays-per-day')).slice(-1);
    expect([localDay(before), localDay(after)]).toContain(last?.['day']);
    const hours = (await stats('hours')) as unknown as number[][];
    const slots = [before, after].map((at) => hours[(at.getDay() + 6) % 7]?.[at.getHours()]);
    expect(slots).toContain(1);
  });

  it('are of the asked period, days without a play included', async () => {
    await play('Horn');
    expect(await stats(`top-sounds?from=${tomorrow()}`)).toEqual([]);
    expect(await stats('top-users?to=2020-01-01T00:00:00Z')).toEqual([]);
    const days = await stats('plays-per-day?from=2020-02-27T12:00:00Z&to=2020-03-02T12:00:00Z');
    expect(days.map(({ plays }) => plays)).toEqual([0, 0, 0, 0, 0]);
    expect(days[2]).toEqual({ day: '2020-02-29', plays: 0 });
    const latest = await stats('plays-per-day?from=2020-01-01T00:00:00Z&limit=2');
    expect(latest.map(({ plays }) => String(plays)).toSorted()).toEqual(['0', '1']);
  });

  it('keep a forgotten person’s plays without a name, and a removed sound’s with one', async () => {
    await play('Horn', ben.token);
    await app.call('DELETE', `/admin/users/${ben.id}`);
    await app.call('DELETE', `/sounds/${ids.get('Horn')}`);
    expect(await stats('top-users')).toEqual([{ user_id: ben.id, name: null, plays: 1 }]);
    expect(await stats('top-sounds')).toMatchObject([{ name: 'Horn', plays: 1 }]);
  });

  it('refuse what is no time', async () => {
    const answer = await app.call('GET', '/stats/hours?from=yesterday');
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
  });

  it('are for guests too, and for nobody without an identity', async () => {
    const guest = await addPerson(app, 'Gil', { role: 'guest' });
    const seen = await app.call('GET', '/stats/top-users', { token: guest.token });
    expect(seen.status).toBe(200);
    expect((await app.call('GET', '/stats/top-users', { token: null })).status).toBe(401);
  });
});

it('who played a sound is in the history', async () => {
  await play('Horn', ben.token);
  await play('Bell');
  const { body } = await app.call('GET', `/plays?sound_id=${ids.get('Horn')}`);
  expect(body).toMatchObject({ total: 1, items: [{ user_name: 'Ben', sound_name: 'Horn' }] });
  const theirs = await app.call('GET', `/plays?user_id=${ben.id}&from=2020-01-01T00:00:00Z`);
  expect(theirs.body['total']).toBe(1);
});
