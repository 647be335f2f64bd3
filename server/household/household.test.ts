import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MusicCommand, PlayCommand } from '../player/contract.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import type { QuietHours, Setting } from './contract.ts';
import { registry } from './registry.ts';

let app: TestApp;
let ben: Person;
let sound: string;

/** The whole day, every day: whatever the clock of this machine says. */
const always = (change: Partial<QuietHours> = {}): QuietHours => ({
  ...registry.quiet_hours.default,
  enabled: true,
  from: '00:00',
  to: '00:00',
  ...change,
});

const choose = (body: Record<string, unknown>) => app.call('PATCH', '/admin/settings', { body });
const quiet = (change?: Partial<QuietHours>) => choose({ quiet_hours: always(change) });
const valueOf = async (name: string): Promise<unknown> => {
  const { items } = (await app.call('GET', '/admin/settings')).body as { items: Setting[] };
  return items.find((one) => one.name === name)?.value;
};
const press = (token?: string) =>
  app.call('POST', `/sounds/play/${sound}`, token === undefined ? {} : { token });
const jukebox = (path: string, token?: string) =>
  app.call('POST', `/player/${path}`, token === undefined ? {} : { token });
const sent = <T extends MusicCommand['type'] | 'play'>(type: T) =>
  app.player.commands.filter((command) => command.type === type) as Extract<
    MusicCommand | PlayCommand,
    { type: T }
  >[];

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  ben = await addPerson(app, 'Ben', { role: 'user' });
  app.addSound('Beep.wav', 440, 10_000);
  await app.call('POST', '/sounds/scan');
  sound = ((await app.call('GET', '/sounds/')).body['items'] as { id: string }[])[0]?.id ?? '';
  app.player.connect();
});
afterAll(() => app.stop());

beforeEach(() => {
  app.player.commands.length = 0;
});
afterEach(async () => {
  await jukebox('stop');
  const defaults = Object.entries(registry).map(([name, entry]) => [name, entry.default]);
  expect((await choose(Object.fromEntries(defaults))).status).toBe(200);
});

describe('settings', () => {
  it('are listed with value, default and what each is for', async () => {
    await choose({ crossfade_ms: 1500 });
    const { items } = (await app.call('GET', '/admin/settings')).body as { items: Setting[] };
    expect(items.map(({ name }) => name)).toEqual(Object.keys(registry));
    expect(items.find(({ name }) => name === 'crossfade_ms')).toEqual({
      name: 'crossfade_ms',
      value: 1500,
      default: 0,
      explanation: registry.crossfade_ms.explanation,
      chosen_at: expect.any(String) as string,
      chosen_by: expect.any(String) as string,
    });
  });

  it('are chosen all or not at all, and each bad one is named', async () => {
    const { status, body } = await choose({
      volume_max: 101,
      crossfade_ms: 700,
      ducking_depth_db: 'deep',
      quiet_hours: always({ from: '25:00' }),
    });
    expect([status, body['code']]).toEqual([422, 'invalid_fields']);
    const paths = (body['errors'] as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['ducking_depth_db', 'quiet_hours.from', 'volume_max']);
    expect(await valueOf('crossfade_ms')).toBe(0);
  });

  it('of a name that nobody knows are refused', async () => {
    const { status, body } = await choose({ volume_max: 50, colour: 'green' });
    expect(status).toBe(422);
    expect(JSON.stringify(body['errors'])).toContain('colour');
    expect(await valueOf('volume_max')).toBe(100);
  });

  it('keep their history as facts, one for each change', async () => {
    await choose({ volume_max: 61 });
    await choose({ volume_max: 61 });
    await choose({ volume_max: 62 });
    const { body } = await app.call('GET', '/admin/audit/events?stream=settings-household');
    const events = body['items'] as { data: { name: string; value: unknown } }[];
    const values = events.map(({ data }) => data).filter(({ name }) => name === 'volume_max');
    expect(values.map(({ value }) => value).filter((value) => value !== 100)).toEqual([62, 61]);
  });

  it('survive a restart', async () => {
    await choose({ volume_max: 73 });
    app = await app.restart();
    app.player.connect();
    expect(await valueOf('volume_max')).toBe(73);
  });
});

describe('the music', () => {
  it('is sent to the player no louder than the household allows, and keeps its volume', async () => {
    await app.call('POST', '/player/volume', { body: { volume: 90 } });
    await choose({ volume_max: 40 });
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 40));
    const { body } = await app.call('GET', '/player/state');
    expect(body['volume']).toBe(90);
    await choose({ volume_max: 100 });
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 90));
  });

  it('ducks and crossfades as the household has chosen, from now on', async () => {
    await choose({ ducking_depth_db: 20, ducking_attack_ms: 10, ducking_release_ms: 900 });
    const ducking = { depth_db: 20, attack_ms: 10, release_ms: 900 };
    expect(await eventually(() => sent('ducking').at(-1))).toMatchObject(ducking);
  });

  it('stays where it was after the player was lost, unless the household wants it to go on', async () => {
    const status = async () => (await app.call('GET', '/player/state')).body['status'];
    const lose = () => {
      app.player.disconnect();
      app.player.connect();
    };
    await jukebox('play');
    lose();
    await eventually(async () => ((await status()) === 'paused' ? true : undefined));
    await choose({ resume_after_power_cut: true });
    await jukebox('resume');
    app.player.commands.length = 0;
    lose();
    expect(await eventually(() => sent('track_play').at(-1))).toMatchObject({ paused: false });
    expect(await status()).toBe('playing');
  });
});

describe('in quiet hours', () => {
  it('everybody is told that it is quiet', async () => {
    const ask = async () => (await app.call('GET', '/settings/quiet', { token: ben.token })).body;
    expect(await ask()).toMatchObject({ quiet: false, until: null, next_at: null });
    await quiet();
    expect(await ask()).toMatchObject({ quiet: true, until: null, board: 'refuse' });
  });

  it('a press is refused, costs nothing and sends nothing', async () => {
    await quiet();
    const { status, body } = await press(ben.token);
    expect([status, body['code']]).toEqual([409, 'quiet_hours']);
    const credits = await app.call('GET', '/credits', { token: ben.token });
    expect(credits.body).toMatchObject({ balance: 25, available: 25 });
    expect(sent('play')).toEqual([]);
  });

  it('the refusal says until when', async () => {
    const minutes = (shift: number) => {
      const then = new Date(Date.now() + shift * 60_000);
      return `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
    };
    await quiet({ from: minutes(-60), to: minutes(60) });
    const { body } = await press(ben.token);
    expect(body['detail']).toMatch(/until \d\d:\d\d/);
    expect(Date.parse(body['until'] as string)).toBeGreaterThan(Date.now());
  });

  it('a press may be lowered instead', async () => {
    await quiet({ board: 'lower', gain_cap_db: -20 });
    expect((await press(ben.token)).status).toBe(202);
    expect(await eventually(() => sent('play').at(-1))).toMatchObject({ gain_db: -20 });
    await choose({ quiet_hours: registry.quiet_hours.default });
    app.player.commands.length = 0;
    await press(ben.token);
    expect(await eventually(() => sent('play').at(-1))).toMatchObject({ gain_db: 0 });
  });

  it('an admin passes where the household lets it', async () => {
    await quiet({ admins_pass: false });
    expect((await press()).status).toBe(409);
    await quiet({ admins_pass: true });
    expect((await press()).status).toBe(202);
    expect((await press(ben.token)).status).toBe(409);
  });

  it('music does not begin, whichever way', async () => {
    await jukebox('play');
    await jukebox('pause');
    await quiet({ jukebox: 'refuse' });
    for (const way of ['play', 'play/0', 'resume', 'next']) {
      const { status, body } = await jukebox(way, ben.token);
      expect([way, status, body['code']]).toEqual([way, 409, 'quiet_hours']);
    }
    expect((await app.call('GET', '/player/state')).body['status']).toBe('paused');
  });

  it('music that plays goes on, no louder than the cap, and can be stopped', async () => {
    await jukebox('play');
    await app.call('POST', '/player/volume', { body: { volume: 80 } });
    await quiet({ jukebox: 'lower', volume_cap: 15 });
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 15));
    expect((await jukebox('next', ben.token)).status).toBe(200);
    expect((await jukebox('stop', ben.token)).status).toBe(200);
  });

  it('may begin lowered, or as ever', async () => {
    await app.call('POST', '/player/volume', { body: { volume: 80 } });
    await quiet({ jukebox: 'lower', volume_cap: 20 });
    expect((await jukebox('play', ben.token)).status).toBe(200);
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 20));
    app.player.commands.length = 0;
    await quiet({ jukebox: 'allow', volume_cap: 20 });
    await eventually(() => sent('music_volume').find(({ volume }) => volume === 80));
  });
});
