import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { declared, makeCallers, type Caller } from './testing/callers.ts';
import { eventually, startTestApp, type TestApp } from './testing/test-app.ts';
import type { QuietHours, Setting } from './household/contract.ts';
import { accessRoles } from './kernel/door.ts';
import { scopes } from './users/contract.ts';

type Message = { type: string; id?: string; code?: string; at: string; data: unknown };
type Line = {
  readonly heard: Message[];
  /** Sends a command; `let in`, or the code of the door's refusal. */
  ask(command: string, data?: unknown): Promise<string>;
  close(): Promise<void>;
};

let app: TestApp;
let callers: Record<string, Caller>;
let soundId: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  app.addSound('Beep.wav');
  await app.call('POST', '/sounds/scan');
  soundId = ((await app.call('GET', '/sounds/')).body['items'] as { id: string }[])[0]?.id ?? '';
  app.player.connect();
  callers = await makeCallers(app);
}, 60_000);
afterAll(() => app.stop());

const address = () => `${app.url.replace('http', 'ws')}/api/v1/socket`;

const dial = async ({ token }: Caller): Promise<Line | 'sign_in_needed'> => {
  const socket = new WebSocket(address(), token === null ? [] : ['bearer', token]);
  const heard: Message[] = [];
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('unexpected-response', (_, response) => {
      expect(response.statusCode).toBe(401);
      socket.terminate();
      resolve(false);
    });
    socket.on('error', () => undefined);
    socket.on('message', (data) =>
      heard.push(JSON.parse((data as Buffer).toString('utf8')) as Message),
    );
  });
  if (!opened) return 'sign_in_needed';
  let asked = 0;
  return {
    heard,
    async ask(command, data = {}) {
      const id = `walk-${++asked}`;
      socket.send(JSON.stringify({ id, command, data }));
      const answer = await eventually(() => heard.find((message) => message.id === id));
      return answer.code === 'not_allowed' ? 'not_allowed' : 'let in';
    },
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
};

describe('every command of the WebSocket', () => {
  it('declares a role and a scope, none for nobody and none by which a token only reads', () => {
    expect(app.offers.socketCommands.length).toBeGreaterThan(1);
    for (const { access } of app.offers.socketCommands) {
      expect(accessRoles.slice(1)).toContain(access.role);
      expect(scopes.filter((scope) => scope !== 'read')).toContain(access.scope);
    }
  });

  it('lets in whom it declares, and nobody else', async () => {
    for (const [name, caller] of Object.entries(callers)) {
      const line = await dial(caller);
      const seen: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const { command, access } of app.offers.socketCommands) {
        seen[`${command} for ${name}`] = line === 'sign_in_needed' ? line : await line.ask(command);
        wanted[`${command} for ${name}`] = declared(access, caller);
      }
      expect(seen).toEqual(wanted);
      if (line !== 'sign_in_needed') await line.close();
    }
  });
});

/** A favourite, one’s own keys and a private list share their messages' types with what everybody hears. */
const kindOf = ({ type, data }: Message): string => {
  if (type === 'sound_changed' && 'favourite' in (data as object)) return 'favourite';
  const { playlist_id, board_id } = data as { playlist_id?: string; board_id?: string };
  if (board_id === 'own') return 'own keys';
  return type === 'playlist_changed' && playlist_id !== 'main' ? 'private playlist' : type;
};

/** Who hears a message beside whom it is about. A kind that is missing here fails the walk. */
const audiences: Record<string, 'everybody' | 'person and admins' | 'person' | 'admins'> = {
  board_changed: 'everybody',
  favourite: 'person',
  job_progress: 'everybody',
  'own keys': 'person',
  plan_changed: 'everybody',
  play_ended: 'everybody',
  player_state: 'everybody',
  playlist_changed: 'everybody',
  'private playlist': 'person and admins',
  quiet_changed: 'everybody',
  schedule_changed: 'admins',
  settings_changed: 'admins',
  sound_changed: 'everybody',
  sound_played: 'everybody',
  user_changed: 'person and admins',
  user_connected: 'everybody',
  user_credits_changed: 'person and admins',
  user_disconnected: 'everybody',
  user_message: 'person',
  voices: 'everybody',
};

describe('the feed', () => {
  const lines = new Map<string, Line>();

  /** Everything there is to hear, caused by one and about another. */
  const live = async (ben: string) => {
    const post = async (path: string, body?: unknown, token = callers['user']?.token ?? null) => {
      const answer = await app.call('POST', path, { token, ...(body ? { body } : {}) });
      expect(answer.status).toBeLessThan(300);
      return answer.body;
    };
    await post(`/sounds/${soundId}/favourite`);
    await post('/playlists/', { name: 'Mine' });
    await post('/boards', { name: 'Ours', shared: true });
    const token = callers['user']?.token ?? null;
    await app.call('PUT', '/boards/own/keys/1', { token, body: { sound_id: soundId } });
    const play_id = (await post(`/sounds/play/${soundId}`))['play_id'] as string;
    const voice = { command_id: play_id, play_id };
    app.player.report({ type: 'voice_started', ...voice, at_ms: 0, latency_ms: 9 });
    app.player.report({
      type: 'voices',
      voices: [{ play_id, sound_id: soundId, position_ms: 1, duration_ms: 2 }],
    });
    app.player.report({ type: 'voice_ended', play_id, reason: 'finished', heard_ms: 9 });
    const admin = callers['admin']?.token ?? null;
    await post('/socket/send-message', { user_id: ben, message: 'Dinner' }, admin);
    await app.call('PATCH', `/admin/users/${ben}`, { body: { plan: 'premium' } });
    await app.call('PATCH', '/admin/plans/premium', { body: { name: 'Gold' } });
    const { items } = (await app.call('GET', '/admin/settings')).body as { items: Setting[] };
    const hours = items.find(({ name }) => name === 'quiet_hours')?.value as QuietHours;
    const quiet_hours = { ...hours, jukebox: 'allow' };
    await app.call('PATCH', '/admin/settings', { body: { quiet_hours } });
    const weekly = { weekdays: ['mon'], time: '07:00' };
    const body = { name: 'Silence', when: weekly, what: { type: 'stop' } };
    await post('/admin/schedules', body, admin);
    app.addSound('Bell.wav', 880);
    await app.call('POST', '/sounds/scan');
    const late = new WebSocket(address(), ['bearer', app.token() ?? '']);
    await once(late, 'message');
    late.close();
    const admins = lines.get('admin');
    for (const type of Object.keys(audiences)) {
      if (audiences[type] !== 'person') {
        await eventually(() => admins?.heard.find((message) => kindOf(message) === type));
      }
    }
  };

  it('tells each message to those it is for, and to nobody else', async () => {
    for (const [name, caller] of Object.entries(callers)) {
      const line = await dial(caller);
      if (line !== 'sign_in_needed') lines.set(name, line);
    }
    // All of them are there: from here on everybody could hear everything.
    await Promise.all([...lines.values()].map((line) => line.ask('ping')));
    for (const { heard } of lines.values()) heard.length = 0;
    await live(callers['user']?.person?.id ?? '');
    await Promise.all([...lines.values()].map((line) => line.ask('ping')));

    const keyOf = ({ type, at, data }: Message) => `${type} ${at} ${JSON.stringify(data)}`;
    const all = new Map<string, Message>();
    for (const { heard } of lines.values()) {
      for (const message of heard) if (message.type !== 'ack') all.set(keyOf(message), message);
    }
    const types = [...new Set([...all.values()].map(kindOf))];
    expect(types.toSorted()).toEqual(Object.keys(audiences).toSorted());
    for (const [name, line] of lines) {
      const { role, scopes: held, person } = callers[name] as Caller;
      const isFor = (message: Message): boolean => {
        if (held !== null && !held.has('read')) return false;
        const isOwn = (message.data as { user_id?: string }).user_id === person?.id;
        const kind = kindOf(message);
        const audience = audiences[kind];
        if (kind === 'private playlist' && name === 'user') return true;
        if (audience === 'person') return name === 'user';
        return audience === 'everybody' || isOwn || role === 'admin';
      };
      const heard = line.heard.filter(({ type }) => type !== 'ack').map(keyOf);
      const wanted = [...all].filter(([, message]) => isFor(message)).map(([key]) => key);
      expect([name, heard.toSorted()]).toEqual([name, wanted.toSorted()]);
    }
    await Promise.all([...lines.values()].map((line) => line.close()));
  });

  it('of a past that was missed is told by the same rule', async () => {
    const missed = async (caller: Caller) => {
      const socket = new WebSocket(`${address()}?after=0`, ['bearer', caller.token ?? '']);
      const heard: Message[] = [];
      socket.on('message', (data) =>
        heard.push(JSON.parse((data as Buffer).toString('utf8')) as Message),
      );
      await once(socket, 'open');
      socket.send(JSON.stringify({ id: 'end', command: 'ping', data: {} }));
      await eventually(() => heard.find(({ id }) => id === 'end'));
      socket.close();
      return heard.filter(({ type }) => audiences[type] === 'person and admins');
    };
    const own = ({ data }: Message) => (data as { user_id: string }).user_id;
    const [guest, user, admin] = ['guest', 'user', 'admin'].map((name) => callers[name] as Caller);
    for (const caller of [guest, user] as Caller[]) {
      const heard = await missed(caller);
      expect(new Set(heard.map(own))).toEqual(new Set([caller.person?.id]));
    }
    expect(new Set((await missed(admin as Caller)).map(own)).size).toBeGreaterThan(4);
    expect(await missed(callers['token with play'] as Caller)).toEqual([]);
  });
});
