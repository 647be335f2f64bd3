import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, openMqtt, type Person } from '../users/testing/people.ts';
import type { PlayerState } from './contract.ts';

let app: TestApp;
let port: number;
let party: string;
const clients: MqttClient[] = [];

type Body = Record<string, unknown>;
type Voice = (payload: Body) => Promise<Body>;
let ben: Voice;
let gil: Voice;

const state = async () => (await app.call('GET', '/player/state')).body as PlayerState;

/** Publishes on `cmd/play` and hears the answer. */
const voiceOf = async (person: Person, scopes: string[]): Promise<Voice> => {
  const token = await issueToken(app, person, ['mqtt', ...scopes]);
  const client = await openMqtt(port, person.name, token);
  clients.push(client);
  const answers = new Map<string, Body>();
  client.on('message', (topic, payload) => {
    answers.set(topic, JSON.parse(payload.toString()) as Body);
  });
  const replies = `encore/main/reply/${person.name}`;
  await client.subscribeAsync(`${replies}/#`);
  let said = 0;
  return async (payload) => {
    const reply = `r${++said}`;
    await client.publishAsync('encore/main/cmd/play', JSON.stringify({ ...payload, reply }));
    return eventually(() => answers.get(`${replies}/${reply}`));
  };
};

const addList = async (name: string, sounds: string[], body: Body = {}): Promise<string> => {
  const made = await app.call('POST', '/playlists/', {
    body: { name, visibility: 'household', ...body },
  });
  const id = made.body['id'] as string;
  await app.call('POST', `/playlists/${id}/sounds`, { body: { sound_ids: sounds } });
  return id;
};

beforeAll(async () => {
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  app.player.connect();
  app.addSound('a.wav', 300, 10_000);
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/');
  const sounds = (body['items'] as { id: string }[]).map(({ id }) => id);
  party = await addList('Party', sounds);
  await addList('Dinner', sounds);
  await addList('Dinner', sounds);
  await addList('Secret', sounds, { visibility: 'private' });
  await addList('Empty', []);
  ben = await voiceOf(await addPerson(app, 'Ben', { role: 'user' }), ['play', 'player']);
  gil = await voiceOf(await addPerson(app, 'Gil', { role: 'guest' }), ['play', 'player']);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync()));
  await app.stop();
});
beforeEach(async () => {
  await app.call('POST', '/player/stop');
});

describe('cmd/play with a playlist', () => {
  it('plays it by its id', async () => {
    expect(await ben({ playlist: party })).toEqual({ ok: true, playlist_id: party });
    expect(await state()).toMatchObject({ status: 'playing', index: 0, playlist: { id: party } });
  });

  it('plays it by its name, in any case, at the volume that is asked for', async () => {
    await app.call('POST', '/player/volume', { body: { volume: 70 } });
    expect(await ben({ playlist: ' party ', volume: 35 })).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ status: 'playing', volume: 35 });
    await app.call('POST', '/player/stop');
    await ben({ playlist: 'Party' });
    expect(await state()).toMatchObject({ status: 'playing', volume: 35 });
  });

  it('is refused where two have the name, and says which there are', async () => {
    const refused = await ben({ playlist: 'Dinner' });
    expect(refused).toMatchObject({ ok: false, code: 'unknown_playlist' });
    const suggestions = refused['suggestions'] as string[];
    expect(suggestions).toHaveLength(2);
    for (const one of suggestions) expect(one).toMatch(/^Dinner \(.+\)$/);
    expect((await state()).status).toBe('stopped');
  });

  it('is refused where none has it, and says which are near', async () => {
    expect(await ben({ playlist: 'Prty' })).toMatchObject({
      ok: false,
      code: 'unknown_playlist',
      detail: 'No single playlist is called "Prty". Did you mean: Party?',
      suggestions: ['Party'],
    });
    expect(await ben({ playlist: 'Zzzzzzzz' })).toMatchObject({ suggestions: [] });
  });

  it('knows no list that only somebody else sees', async () => {
    expect(await ben({ playlist: 'Secret' })).toMatchObject({
      code: 'unknown_playlist',
      suggestions: [],
    });
  });

  it('is refused where nothing is in it, and nothing else is changed', async () => {
    await ben({ playlist: party, volume: 50 });
    expect(await ben({ playlist: 'Empty', volume: 90 })).toMatchObject({ code: 'nothing_to_play' });
    expect(await state()).toMatchObject({ playlist: { id: party }, volume: 50 });
  });

  it.each([{ playlist: '' }, { playlist: 7 }, { playlist: 'Party', volume: 101 }])(
    'is refused where it is not as it should be: %j',
    async (payload) => {
      expect(await ben(payload)).toMatchObject({ ok: false, code: 'invalid_fields' });
    },
  );

  it('waits for no player that is gone', async () => {
    app.player.disconnect();
    expect(await ben({ playlist: party })).toMatchObject({ code: 'player_unavailable' });
    app.player.connect();
    expect((await state()).status).toBe('stopped');
  });
});

describe('who may', () => {
  it('a guest plays sounds, and no list', async () => {
    expect(await gil({ playlist: party })).toMatchObject({ ok: false, code: 'not_allowed' });
    expect(await gil({ name: 'a' })).toMatchObject({ ok: true });
  });

  it('a token needs the scope of the player', async () => {
    const cem = await voiceOf(await addPerson(app, 'Cem', { role: 'user' }), ['play']);
    expect(await cem({ playlist: party })).toMatchObject({ ok: false, code: 'not_allowed' });
    expect((await state()).status).toBe('stopped');
  });
});
