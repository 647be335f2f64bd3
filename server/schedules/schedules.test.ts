import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../household/registry.ts';
import { systemClock } from '../kernel/ports.ts';
import type { MusicCommand, PlayCommand, StopCommand } from '../player/contract.ts';
import { fakeEngine } from '../speech/testing/fake-engine.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import type { Schedule } from './contract.ts';

let app: TestApp;
let sound: string;
/** How far the clock of the house goes ahead, ms. */
let aheadMs = 0;
const engine = fakeEngine();

type Body = Record<string, unknown>;
const weekly = { weekdays: ['mon', 'tue'], time: '07:00' };
const define = async (body: Body = {}) =>
  app.call('POST', '/admin/schedules', {
    body: { name: 'School', when: weekly, what: { type: 'play_sound', sound_id: sound }, ...body },
  });
const defined = async (body: Body = {}): Promise<Schedule> => {
  const answer = await define(body);
  expect(answer.status).toBe(201);
  return answer.body as Schedule;
};
const one = async (id: string) => (await app.call('GET', `/admin/schedules/${id}`)).body;
const fire = (id: string) => app.call('POST', `/admin/schedules/${id}/fire`);
const quiet = (change: Body) => {
  const hours = { ...registry.quiet_hours.default, enabled: true, from: '00:00', to: '00:00' };
  return app.call('PATCH', '/admin/settings', { body: { quiet_hours: { ...hours, ...change } } });
};
const sent = <T extends MusicCommand['type'] | 'play' | 'stop'>(type: T) =>
  app.player.commands.filter((command) => command.type === type) as Extract<
    MusicCommand | PlayCommand | StopCommand,
    { type: T }
  >[];

beforeAll(async () => {
  const clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  app = await startTestApp({ clock, speechEngines: [engine] });
  await app.setUp();
  app.addSound('Gong.wav', 440, 10_000);
  await app.call('POST', '/sounds/scan');
  sound = ((await app.call('GET', '/sounds/')).body['items'] as { id: string }[])[0]?.id ?? '';
});
afterAll(() => app.stop());
beforeEach(() => {
  if (!app.player.connected) app.player.connect();
  app.player.commands.length = 0;
});
afterEach(async () => {
  await app.call('POST', '/player/stop');
  await quiet({ enabled: false });
});

describe('the routes', () => {
  it('define, list, show, change and remove, each time with when it fires next', async () => {
    const made = await defined({ zone: 'Europe/Berlin' });
    expect(made).toMatchObject({ name: 'School', enabled: true, zone: 'Europe/Berlin' });
    expect(Date.parse(made.next_at ?? '')).toBeGreaterThan(Date.now());
    const { items } = (await app.call('GET', '/admin/schedules')).body as { items: Schedule[] };
    expect(items).toEqual([made]);
    const path = `/admin/schedules/${made.id}`;
    const changed = await app.call('PATCH', path, { body: { enabled: false } });
    expect(changed.body).toEqual({ ...made, enabled: false, next_at: null });
    expect(await one(made.id)).toEqual(changed.body);
    expect((await app.call('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await app.call(method, path, method === 'PATCH' ? { body: {} } : {});
      expect([answer.status, answer.body['code']]).toEqual([404, 'unknown_schedule']);
    }
  });

  it.each<[string, Body]>([
    ['when.cron', { when: { cron: '0 0 30 2 *' } }],
    ['zone', { zone: 'Mars/Olympus' }],
    ['what.sound_id', { what: { type: 'play_sound', sound_id: 'nobody' } }],
    ['what.playlist_id', { what: { type: 'play_playlist', playlist_id: 'nobody' } }],
    ['what.text', { what: { type: 'say', text: ' ' } }],
    ['name', { name: ' ' }],
  ])('name the field where %s is not as it should be', async (path, body) => {
    const answer = await define(body);
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    expect((answer.body['errors'] as { path: string }[]).map((error) => error.path)).toEqual([
      path,
    ]);
  });
});

describe('trying a schedule out', () => {
  it('plays the sound as the house, free', async () => {
    const { id } = await defined();
    const answer = await fire(id);
    expect(answer.status).toBe(200);
    expect(answer.body['fired_at']).not.toBeNull();
    expect(await eventually(() => sent('play').at(-1))).toMatchObject({ sound_id: sound });
    const { items } = (await app.call('GET', '/plays?limit=1')).body as { items: Body[] };
    expect(items).toMatchObject([{ sound_id: sound, user_id: null, origin: 'schedule' }]);
  });

  it('plays a list at a volume, rising from silence', async () => {
    const what = { type: 'play_playlist', playlist_id: 'main', volume: 55, fade_in_ms: 300 };
    const { id } = await defined({ what });
    expect((await fire(id)).status).toBe(200);
    await eventually(() => sent('track_play').at(-1));
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 55));
    expect(sent('music_volume')[0]?.volume).toBeLessThan(55);
    expect((await app.call('GET', '/player/state')).body).toMatchObject({
      status: 'playing',
      volume: 55,
    });
  });

  it('speaks as the house, free', async () => {
    const { id, what } = await defined({ what: { type: 'say', text: ' Off to  school! ' } });
    expect(what).toEqual({ type: 'say', text: 'Off to school!' });
    expect((await fire(id)).status).toBe(200);
    expect(engine.texts.at(-1)).toBe('Off to school!');
    await eventually(() => sent('play').at(-1));
    const { items } = (await app.call('GET', '/plays?limit=1')).body as { items: Body[] };
    expect(items).toMatchObject([
      { sound_name: 'Off to school!', user_id: null, origin: 'schedule' },
    ]);
    const asked = await app.call('GET', '/admin/audit/events?type=SpeechRequested');
    expect(asked.body['items']).toMatchObject([
      { actor: 'schedule', schema_version: 2, data: { user_id: null } },
    ]);
    const paid = await app.call('GET', '/admin/audit/events?type=CreditsReserved');
    expect(paid.body['items']).toEqual([]);
  });

  it('says what is wrong with a voice that is not there', async () => {
    const { id } = await defined({ what: { type: 'say', text: 'Hello', voice: 'nobody' } });
    const answer = await fire(id);
    expect([answer.status, answer.body['code']]).toEqual([422, 'unknown_voice']);
    expect((await one(id))['problem']).toMatch(/nobody/);
  });

  it('stops the board and the music', async () => {
    await app.call('POST', '/player/play');
    await eventually(() => sent('track_play').at(-1));
    const { id } = await defined({ what: { type: 'stop' } });
    expect((await fire(id)).status).toBe(200);
    await eventually(() => sent('stop').at(-1));
    await eventually(() => sent('track_stop').at(-1));
  });

  it('says what is wrong, and keeps it', async () => {
    const { id } = await defined();
    app.player.disconnect();
    const answer = await fire(id);
    expect([answer.status, answer.body['code']]).toEqual([503, 'player_unavailable']);
    expect((await one(id))['problem']).toMatch(/player/);
  });
});

describe('in quiet hours', () => {
  const music = { type: 'play_playlist', playlist_id: 'main', volume: 80 };

  it('an ordinary schedule is refused and changes nothing', async () => {
    await quiet({ jukebox: 'refuse' });
    const before = (await app.call('GET', '/player/state')).body;
    const words = { what: { type: 'say', text: 'Good night' } };
    for (const body of [{}, words, { what: { ...music, volume: 12 } }]) {
      const answer = await fire((await defined(body)).id);
      expect([answer.status, answer.body['code']]).toEqual([409, 'quiet_hours']);
    }
    const { status, volume } = (await app.call('GET', '/player/state')).body;
    expect([status, volume]).toEqual([before['status'], before['volume']]);
    expect(sent('play')).toEqual([]);
  });

  it('an alarm passes, as loud as ever', async () => {
    await quiet({ jukebox: 'refuse', volume_cap: 5 });
    expect((await fire((await defined({ alarm: true })).id)).status).toBe(200);
    await eventually(() => sent('play').at(-1));
    const words = { alarm: true, what: { type: 'say', text: 'Wake up' } };
    expect((await fire((await defined(words)).id)).status).toBe(200);
    await eventually(() => sent('play')[1]);
    expect((await fire((await defined({ alarm: true, what: music })).id)).status).toBe(200);
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 80));
    // Whoever chooses a track is awake.
    await app.call('POST', '/player/play/0');
    await eventually(() => (sent('music_volume').at(-1)?.volume === 5 ? true : undefined));
  });

  it('an alarm is like any other where the household does not let it pass', async () => {
    await quiet({ alarms_pass: false });
    expect((await fire((await defined({ alarm: true })).id)).status).toBe(409);
  });
});

it('a schedule fires by the clock, over the whole house', async () => {
  // Due within moments: the minute is nearly over.
  aheadMs = 58_000 - (systemClock.now() % 60_000);
  const { id } = await defined({ when: { cron: '* * * * *' } });
  await eventually(async () => ((await one(id))['fired_at'] === null ? undefined : true));
  await eventually(() => sent('play').at(-1));
  await app.call('DELETE', `/admin/schedules/${id}`);
}, 30_000);
