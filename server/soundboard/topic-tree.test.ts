import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MqttClient } from 'mqtt';
import { brokerKinds, startMqttHouse, type MqttHouse } from '../testing/mqtt-house.ts';
import { eventually, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';

// Credits and plays of today are somebody's: the house has neither.
describe.each(brokerKinds.filter(({ by }) => by === 'Mira'))('with $broker', (kind) => {
  let house: MqttHouse;
  let app: TestApp;
  let admin: MqttClient;
  let ben: Person;
  /** The newest message of each topic. */
  const latest = new Map<string, string>();
  const heard: { topic: string; payload: string }[] = [];

  beforeAll(async () => {
    house = await startMqttHouse(kind);
    app = house.app();
    for (const name of ['Gong.wav', 'alerts/Air horn.wav', 'alerts/Klaxon.wav'])
      app.addSound(name, 300 + name.length);
    await app.call('POST', '/sounds/scan');
    app.player.connect();
    ben = await addPerson(app, 'Ben');
    admin = await house.open();
    admin.on('message', (topic, payload) => {
      latest.set(topic, payload.toString());
      heard.push({ topic, payload: payload.toString() });
    });
    await admin.subscribeAsync('encore/main/#', { qos: 1 });
  }, 60_000);
  afterAll(async () => {
    await admin.endAsync();
    await house.stop();
  });
  beforeEach(() => void (heard.length = 0));

  const stateOf = (name: string) => {
    const payload = latest.get(`encore/main/state/${name}`);
    return payload === undefined || payload === ''
      ? undefined
      : (JSON.parse(payload) as Record<string, unknown>);
  };
  const say = (topic: string, payload: unknown) =>
    admin.publishAsync(
      `encore/main/cmd/${topic}`,
      typeof payload === 'string' ? payload : JSON.stringify(payload),
      { qos: 1 },
    );
  const plays = () => app.player.plays();
  const began = (play_id: string) =>
    app.player.report({
      type: 'voice_started',
      command_id: play_id,
      play_id,
      at_ms: 0,
      latency_ms: 9,
    });
  const ended = (play_id: string) =>
    app.player.report({ type: 'voice_ended', play_id, reason: 'finished', heard_ms: 200 });
  /** A track of the jukebox counts as a play, which the state of the house tells by itself. */
  const hearOnJukebox = async () => {
    const playsToday = () => Number(stateOf('stats')?.['plays_today']);
    const before = playsToday();
    await app.call('POST', '/player/play/2');
    const { track_id, sound_id } = await eventually(() =>
      app.player.commands.findLast((command) => command.type === 'track_play'),
    );
    const of = { track_id, sound_id, position_ms: 0, at_ms: 0 };
    app.player.report({ type: 'track_started', command_id: 'c', latency_ms: 10, ...of });
    const heard = { duration_ms: 10_000, heard_ms: 2000, paused: false };
    app.player.report({ type: 'track_position', ...of, ...heard });
    await eventually(() => playsToday() > before || undefined);
    return sound_id;
  };
  const nextPlay = async (seen: number) => {
    await eventually(() => plays().length > seen || undefined);
    return plays()[seen]!;
  };
  const refusal = () =>
    eventually(() => {
      const found = heard.find(
        ({ topic, payload }) => topic === 'encore/main/event/play' && payload.includes('refused'),
      );
      return found && (JSON.parse(found.payload) as Record<string, unknown>);
    });

  test('every state of the tree is kept', async () => {
    for (const name of [
      'head',
      'playing',
      'siren',
      'volume',
      'mode',
      'queue',
      'stats',
      'users/Mira',
      'users/Ben',
    ]) {
      await eventually(() => stateOf(name));
    }
    expect(stateOf('siren')).toEqual({ state: 'OFF' });
    expect(stateOf('stats')).toEqual({ plays_today: 0, sounds: 3 });
    expect(stateOf('users/Ben')).toEqual({ id: ben.id, name: 'Ben', credits: 25, plays_today: 0 });
  });

  test('a siren plays the tone at its level, shows it, and ends with its duration', async () => {
    const seen = plays().length;
    await say('siren', { state: 'ON', tone: 'Gong', duration: 1, volume_level: 0.5 });
    const play = await nextPlay(seen);
    expect(play.gain_db).toBeCloseTo(-18.06, 1);
    began(play.play_id);
    await eventually(() => stateOf('siren')?.['state'] === 'ON' || undefined);
    expect(stateOf('siren')).toEqual({ state: 'ON', tone: 'Gong' });
    await eventually(() =>
      app.player.commands.find((one) => one.type === 'stop' && one.play_id === play.play_id),
    );
    ended(play.play_id);
    await eventually(() => stateOf('siren')?.['state'] === 'OFF' || undefined);
    await eventually(() => stateOf('stats')?.['plays_today'] === 1 || undefined);
    await eventually(() => stateOf('users/Mira')?.['plays_today'] === 1 || undefined);
  });

  test('a siren without a tone plays the last sound again, and off is silence', async () => {
    const seen = plays().length;
    await say('play', 'Air horn');
    const { sound_id } = await nextPlay(seen);
    expect(await hearOnJukebox()).not.toBe(sound_id);
    await say('siren', 'ON');
    expect((await nextPlay(seen + 1)).sound_id).toBe(sound_id);
    const before = app.player.commands.length;
    await say('siren', { state: 'OFF' });
    await eventually(() =>
      app.player.commands.slice(before).find((one) => one.type === 'stop' && one.play_id === null),
    );
  });

  test('a bare name is taken as it is written, also where it reads as JSON', async () => {
    app.addSound('1.0.wav', 900);
    await app.call('POST', '/sounds/scan');
    const [{ id }] = (await app.call('GET', '/sounds/?q=1.0')).body['items'] as [{ id: string }];
    const seen = plays().length;
    await say('play', '1.0');
    expect((await nextPlay(seen)).sound_id).toBe(id);
    heard.length = 0;
    await say('play', 'null');
    expect(await refusal()).toMatchObject({ name: 'null', code: 'unknown_sound' });
    await app.call('DELETE', `/sounds/${id}`);
  });

  test('what names nothing is refused with what a name is', async () => {
    await say('play', {});
    expect((await refusal())['reason']).toContain('name a sound: ');
  });

  test.each([
    ['siren', { state: 'MAYBE' }, 'invalid_fields'],
    ['siren', { state: 'ON', tone: 'Nothing like it' }, 'unknown_sound'],
    ['siren', { state: 'ON', tone: 'Gong', volume_level: 7 }, 'invalid_fields'],
    ['play', { random: { tag: 'nothing' } }, 'unknown_tag'],
    ['play', { name: 'Gong', volume: 200 }, 'invalid_fields'],
    ['volume', 'loud', 'invalid_fields'],
    ['mode', { mode: 'shuffle' }, 'invalid_fields'],
  ])('cmd/%s with %o is refused aloud', async (topic, payload, code) => {
    await say(topic, payload);
    expect(await refusal()).toMatchObject({ event_type: 'refused', by: 'Mira', code });
  });

  test('a play may be softer, and chosen at random from a tag', async () => {
    const seen = plays().length;
    await say('play', { name: 'gong', volume: 50 });
    expect((await nextPlay(seen)).gain_db).toBeCloseTo(-18.06, 1);
    await say('play', { random: { tag: 'Alerts' } });
    const { path } = await nextPlay(seen + 1);
    expect(path.length).toBeGreaterThan(0);
    expect((await nextPlay(seen + 1)).gain_db).toBe(0);
  });

  test('a renamed sound is still known by its old name, until another one has it', async () => {
    const { body } = await app.call('GET', '/sounds/?q=Klaxon');
    const [{ id }] = body['items'] as [{ id: string }];
    await app.call('PATCH', `/sounds/${id}`, { body: { name: 'Submarine' } });
    const seen = plays().length;
    await say('play', 'klaxon');
    expect((await nextPlay(seen)).sound_id).toBe(id);
    const { body: gongs } = await app.call('GET', '/sounds/?q=Gong');
    const [{ id: gong }] = gongs['items'] as [{ id: string }];
    await app.call('PATCH', `/sounds/${gong}`, { body: { name: 'Klaxon' } });
    await say('play', 'klaxon');
    expect((await nextPlay(seen + 1)).sound_id).toBe(gong);
    await say('siren', { state: 'ON', tone: 'Gong' });
    expect((await nextPlay(seen + 2)).sound_id).toBe(gong);
  });

  test("a person's state follows their name, and goes when they do", async () => {
    await app.call('PATCH', '/auth/me', { body: { name: 'Benno' }, token: ben.token });
    await eventually(() => stateOf('users/Benno'));
    expect(latest.get('encore/main/state/users/Ben')).toBe('');
    await app.call('PATCH', `/admin/users/${ben.id}`, { body: { disabled: true } });
    await eventually(() => latest.get('encore/main/state/users/Benno') === '' || undefined);
  });

  test('a burst of changes is told at most twice a second', async () => {
    for (let volume = 1; volume <= 30; volume++) await say('volume', String(volume));
    await eventually(() => stateOf('volume')?.['volume'] === 30 || undefined);
    const told = heard.filter(({ topic }) => topic === 'encore/main/state/volume');
    expect(told.length).toBeLessThan(10);
  });
});
