import path from 'node:path';
import { startMediaServer, type MediaServer } from '../../../server/testing/media-server.ts';
import { password, startRealHouse, type RealHouse } from '../../../server/testing/real-house.ts';
import { fillDemoSounds } from './demo-sounds.ts';

type Sound = { id: string; name: string; tags: string[] };
type Call = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

export type DemoHouse = {
  readonly house: RealHouse;
  readonly soundId: (name: string) => string;
  readonly call: Call;
  stop(): Promise<void>;
};

const callAs =
  (house: RealHouse, token: string): Call =>
  async (method, path, body) => {
    const response = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };

/** One after the other: what came first stands first. */
const inOrder = async <T>(
  things: readonly T[],
  of: (thing: T) => Promise<unknown>,
): Promise<void> => {
  for (const thing of things) await of(thing);
};

const join = async (house: RealHouse, call: Call, name: string, role: string): Promise<Call> => {
  const { link } = await call('POST', '/admin/invites', { role });
  const invite = new URL(link as string).hash.replace('#invite=', '');
  const response = await fetch(`${house.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invite, name, password }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return callAs(house, token);
};

const press = async (call: Call, soundId: string): Promise<void> => {
  await call('POST', `/sounds/play/${soundId}`, {});
  // Enough of it to be heard, and paid.
  await new Promise((resolve) => setTimeout(resolve, 350));
  await call('POST', '/sounds/stop', {});
};

const playlists = [
  [
    'Sunday kitchen',
    'household',
    ['Harbour at six', 'Paper lanterns', 'Second breakfast', 'Slow tram', 'North window'],
  ],
  ['To fall asleep', 'private', ['Lights out', 'North window', 'Slow tram']],
  [
    'Quiz night',
    'household',
    ['Drum roll', 'Correct answer', 'Wrong answer', 'Applause', 'Sad trombone'],
  ],
] as const;

const favourites = ['Air horn', 'Gong', 'Blackbird', 'Dinner bell', 'Coin'];
const pressed = [
  'Air horn',
  'Dinner bell',
  'Coin',
  'Air horn',
  'Gong',
  'Red alert',
  'Air horn',
  'Front door',
  'Coin',
  'Blackbird',
  'Dinner bell',
  'Ba dum tss',
  'Air horn',
  'Sonar',
  'Gong',
  'Coin',
];

const furnish = async (call: Call, soundId: (name: string) => string): Promise<void> => {
  const ids: string[] = [];
  await inOrder(playlists, async ([name, visibility, names]) => {
    const { id } = await call('POST', '/playlists/', { name, visibility });
    await call('POST', `/playlists/${id as string}/sounds`, { sound_ids: names.map(soundId) });
    ids.push(id as string);
  });
  await inOrder(favourites, (name) => call('POST', `/sounds/${soundId(name)}/favourite`, {}));
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
  const play = (name: string) => ({ type: 'play_sound', sound_id: soundId(name) });
  await inOrder(
    [
      {
        name: 'Wake up',
        when: { weekdays, time: '06:40' },
        what: { type: 'play_playlist', playlist_id: ids[0], fade_in_ms: 60_000 },
        alarm: true,
      },
      {
        name: 'School bus',
        when: { weekdays, time: '07:25' },
        what: play('Cuckoo clock'),
        alarm: true,
      },
      {
        name: 'Dinner',
        when: { weekdays: [...weekdays, 'sat', 'sun'], time: '18:00' },
        what: play('Dinner bell'),
      },
    ],
    (schedule) => call('POST', '/admin/schedules', schedule),
  );
  const by = (filter: string, word: string) => ({ filter, match: { path: 'action', value: word } });
  await inOrder(
    [
      {
        name: 'Hall, single',
        ...by('zigbee2mqtt/Hall', 'single'),
        command: { type: 'play', sound_id: soundId('Doorbell') },
      },
      { name: 'Hall, double', ...by('zigbee2mqtt/Hall', 'double'), command: { type: 'stop' } },
      {
        name: 'Kitchen, hold',
        ...by('zigbee2mqtt/Kitchen', 'hold'),
        command: { type: 'random', playlist_id: ids[2] },
      },
    ],
    (binding) => call('POST', '/admin/bindings', binding),
  );
  await call('POST', `/player/playlist/${ids[0]}`, {});
  await call('POST', '/player/mode', { mode: 'loop' });
  await call('POST', '/player/play', {});
};

const extract = async (call: Call, web: MediaServer): Promise<void> => {
  await inOrder(['/page', '/nothing'], (path) =>
    call('POST', '/extractions/', { url: `${web.url}${path}` }),
  );
};

const fillHouse = async (
  house: RealHouse,
  web: MediaServer,
): Promise<Pick<DemoHouse, 'soundId' | 'call'>> => {
  const call = callAs(house, await house.setUp());
  // When the box is up, which waits for no more sounds than it finds: a busy machine needs a while.
  await fillDemoSounds(path.join(house.dir, 'sounds'));
  await call('POST', '/sounds/scan', {});
  const { items } = (await call('GET', '/sounds/catalogue')) as { items: Sound[] };
  const soundId = (name: string): string => {
    const found = items.find((sound) => sound.name === name);
    if (!found) throw new Error(`no sound is called ${name}`);
    return found.id;
  };
  const bo = await join(house, call, 'Bo', 'user');
  const ida = await join(house, call, 'Ida', 'user');
  await join(house, call, 'Guest tablet', 'guest');
  await extract(call, web);
  const callers = [call, bo, ida, bo];
  await inOrder([...pressed.entries()], ([at, name]) =>
    press(callers[at % 4] ?? call, soundId(name)),
  );
  await furnish(call, soundId);
  return { soundId, call };
};

/** The real box with a household's sounds, people, lists, presses, music, buttons and alarms. */
export const startDemoHouse = async (): Promise<DemoHouse> => {
  const web = await startMediaServer();
  const house = await startRealHouse({
    fill: () => undefined,
    env: { EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1', PLAYER_ROOM: 'living-room' },
  });
  const stop = async (): Promise<void> => {
    await house.stop();
    await web[Symbol.asyncDispose]();
  };
  try {
    return { house, stop, ...(await fillHouse(house, web)) };
  } catch (error) {
    await stop();
    throw error;
  }
};
