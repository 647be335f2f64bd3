import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessRoles } from './kernel/door.ts';
import { declared, makeCallers, type Caller } from './testing/callers.ts';
import { freePort } from './testing/free-port.ts';
import { eventually, password, startTestApp, type TestApp } from './testing/test-app.ts';
import { scopes } from './users/contract.ts';
import { issueToken, openMqtt } from './users/testing/people.ts';

let app: TestApp;
let port: number;
/** All with the scope `mqtt`, which logs in; a person's token has every scope. */
let callers: Record<string, Caller>;
const clients = new Map<string, MqttClient>();

beforeAll(async () => {
  port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  callers = await makeCallers(app, ['mqtt']);
  for (const [name, caller] of Object.entries(callers)) {
    if (!caller.person) continue;
    if (caller.scopes === null) caller.token = await issueToken(app, caller.person, [...scopes]);
    clients.set(name, await openMqtt(port, caller.person.name, caller.token ?? ''));
  }
}, 60_000);
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.endAsync()));
  await app.stop();
});

const each = async (look: (client: MqttClient, caller: Caller, name: string) => Promise<void>) => {
  for (const [name, client] of clients) await look(client, callers[name] as Caller, name);
};
const hasScope = ({ scopes: held }: Caller, scope: string) => held === null || held.has(scope);

describe('the MQTT door', () => {
  it('knows nobody, and nobody without a token of the scope mqtt', async () => {
    await expect(openMqtt(port, '', '')).rejects.toThrow();
    await expect(openMqtt(port, 'Ben', '')).rejects.toThrow();
    await expect(openMqtt(port, 'Ben', password)).rejects.toThrow();
    const { person } = callers['user'] as Caller;
    if (!person) throw new Error('the user is somebody');
    await expect(openMqtt(port, person.name, person.token)).rejects.toThrow();
    const own = await issueToken(app, person, ['mqtt']);
    await expect(openMqtt(port, 'Cem', own)).rejects.toThrow();
    const others = scopes.filter((scope) => scope !== 'mqtt');
    const all = await issueToken(app, person, others);
    await expect(openMqtt(port, person.name, all)).rejects.toThrow();
    expect((await openMqtt(port, person.name, own)).end().disconnecting).toBe(true);
  }, 60_000);
});

describe('every command topic', () => {
  it('declares a role and a scope, none for nobody and none by which a token only reads', () => {
    expect(app.offers.topics.length).toBeGreaterThan(1);
    for (const { topic, access } of app.offers.topics) {
      expect(topic).toMatch(/^cmd\/[a-z_/]+$/);
      expect(accessRoles.slice(1)).toContain(access.role);
      expect(scopes.filter((scope) => scope !== 'read')).toContain(access.scope);
    }
  });

  it('lets in whom it declares, and nobody else', async () => {
    await each(async (client, caller, name) => {
      const replies = `encore/main/reply/${caller.person?.name}`;
      const answers = new Map<string, string>();
      client.on('message', (topic, payload) => {
        if (!topic.startsWith(replies)) return;
        const { ok, code } = JSON.parse(payload.toString()) as { ok: boolean; code?: string };
        answers.set(topic, !ok && code === 'not_allowed' ? code : 'let in');
      });
      await client.subscribeAsync(`${replies}/#`);
      const seen: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const [number, { topic, access }] of app.offers.topics.entries()) {
        const key = `${topic} for ${name}`;
        // Names no sound and no value: what is let in finds little to do.
        const payload = JSON.stringify({ reply: `walk-${number}` });
        await client.publishAsync(`encore/main/${topic}`, payload, { qos: 1 });
        seen[key] = await eventually(() => answers.get(`${replies}/walk-${number}`));
        wanted[key] = declared(access, caller);
      }
      expect(seen).toEqual(wanted);
    });
  });
});

describe('beside commands', () => {
  /** Of the house itself, of vendors, of other people; `$` is the broker's alone. */
  const elsewhere = [
    'encore/main/status',
    'encore/main/state/volume',
    'encore/main/event/play',
    'encore/main/reply/Mira/x',
    'encore/other/cmd/play',
    'encore/main/cmd',
    'homeassistant/device/encore_main/config',
    'zigbee2mqtt/button',
    '$SYS/broker',
  ];

  it('only an admin whose token has the scope admin publishes, and nobody for the broker', async () => {
    await each(async (_, caller, name) => {
      const seen: Record<string, boolean> = {};
      const wanted: Record<string, boolean> = {};
      for (const topic of elsewhere) {
        // Of its own: a refusal may end the connection.
        const client = await openMqtt(port, caller.person?.name ?? '', caller.token ?? '');
        const key = `${topic} by ${name}`;
        seen[key] = await client.publishAsync(topic, 'x', { qos: 1 }).then(
          () => true,
          () => false,
        );
        wanted[key] =
          caller.role === 'admin' && hasScope(caller, 'admin') && !topic.startsWith('$');
        client.end(true);
      }
      expect(seen).toEqual(wanted);
    });
  }, 60_000);
});

type Hearers = 'everybody' | 'themselves' | 'admins' | 'nobody';

/** Who may subscribe, by what the topic table says of each. `NAME` stands for the caller's own. */
const filters: Record<string, Hearers> = {
  'encore/main/status': 'everybody',
  'encore/main/info': 'everybody',
  'encore/main/state/head': 'everybody',
  'encore/main/state/playing': 'everybody',
  'encore/main/state/+': 'everybody',
  'encore/main/state/jobs/#': 'everybody',
  'encore/main/event/play': 'everybody',
  'encore/main/event/#': 'everybody',
  'encore/main/state/users/NAME': 'themselves',
  'encore/main/reply/NAME/#': 'themselves',
  'encore/main/state/users/Mira': 'admins',
  'encore/main/state/users/+': 'admins',
  'encore/main/state/#': 'admins',
  'encore/main/reply/Mira/x': 'admins',
  'encore/main/reply/+/x': 'admins',
  'encore/main/reply/#': 'admins',
  'encore/main/cmd/#': 'admins',
  'encore/main/cmd/play': 'admins',
  'encore/main/#': 'admins',
  'encore/+/status': 'admins',
  'encore/#': 'admins',
  'homeassistant/#': 'admins',
  'zigbee2mqtt/button': 'admins',
  '+/main/status': 'admins',
  '#': 'admins',
  '$SYS/#': 'nobody',
  '$SYS/broker': 'nobody',
};

describe('subscribing', () => {
  it('is for those whom the topic is for, and for nobody else', async () => {
    await each(async (_, caller, name) => {
      const own = caller.person?.name ?? '';
      const client = await openMqtt(port, own, caller.token ?? '');
      const admin = caller.role === 'admin' && hasScope(caller, 'admin');
      const seen: Record<string, boolean> = {};
      const wanted: Record<string, boolean> = {};
      for (const [filter, hearers] of Object.entries(filters)) {
        const key = `${filter} for ${name}`;
        seen[key] = await client.subscribeAsync(filter.replace('NAME', own)).then(
          () => true,
          () => false,
        );
        wanted[key] =
          hearers === 'everybody' || hearers === 'themselves' || (hearers === 'admins' && admin);
      }
      expect(seen).toEqual(wanted);
      await client.endAsync();
    });
  });

  it('and what is delivered is held to the same rule', async () => {
    const heard = new Map<string, string[]>();
    await each(async (client, _, name) => {
      const topics: string[] = [];
      heard.set(name, topics);
      // What the house itself says is for whom it is for, and comes when it comes.
      client.on('message', (topic, payload) => {
        if (payload.toString() === 'x') topics.push(topic);
      });
      await client.subscribeAsync('encore/main/state/+');
      await client.subscribeAsync(`encore/main/state/users/${callers[name]?.person?.name}`);
    });
    const admin = clients.get('admin') as MqttClient;
    for (const topic of ['users/Ben', 'users/Cem', 'nothing', 'end']) {
      await admin.publishAsync(`encore/main/state/${topic}`, 'x', { qos: 1 });
    }
    const last = 'encore/main/state/end';
    await eventually(() => [...heard.values()].every((all) => all.includes(last)) || undefined);
    for (const [name, all] of heard) {
      const said = all.filter((topic) => topic.startsWith('encore/main/state/'));
      const own = { user: ['users/Ben'], 'other user': ['users/Cem'] }[name] ?? [];
      const wanted = [...own, 'nothing', 'end'].map((topic) => `encore/main/state/${topic}`);
      expect([name, said]).toEqual([name, wanted]);
    }
  });
});

describe('tokens of devices and bridges', () => {
  /** By the access table of the MQTT page, for an admin's tokens of each kind. */
  const may: Record<string, { device: string; bridge: string }> = {
    'encore/main/cmd/play': { device: '', bridge: 'publish, subscribe' },
    'encore/main/status': { device: '', bridge: 'subscribe' },
    'encore/main/state/users/Mira': { device: '', bridge: 'subscribe' },
    'encore/main/reply/Mira/x': { device: '', bridge: 'subscribe' },
    'homeassistant/status': { device: '', bridge: 'publish, subscribe' },
    'zigbee2mqtt/hall': { device: 'publish, subscribe', bridge: 'publish, subscribe' },
    'zigbee2mqttx/hall': { device: '', bridge: '' },
    'dev/Ada/press': { device: 'publish, subscribe', bridge: '' },
    'dev/Ben/press': { device: '', bridge: '' },
    'tele/lamp/STATE': { device: '', bridge: '' },
    '$SYS/broker': { device: '', bridge: '' },
  };

  it.each(['device', 'bridge'] as const)('a %s may what its row says', async (kind) => {
    const owner = callers['admin']?.person;
    if (!owner) throw new Error('the admin is somebody');
    const token = await issueToken(app, owner, ['mqtt', 'play', 'admin'], {
      kind,
      prefixes: ['zigbee2mqtt'],
    });
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const [topic, row] of Object.entries(may)) {
      const client = await openMqtt(port, owner.name, token);
      const ways = [
        await client.subscribeAsync(topic).then(
          () => 'subscribe',
          () => null,
        ),
        await client.publishAsync(topic, '{}', { qos: 1 }).then(
          () => 'publish',
          () => null,
        ),
      ];
      seen[topic] = ways
        .filter((way) => way !== null)
        .toSorted()
        .join(', ');
      wanted[topic] = row[kind];
      client.end(true);
    }
    expect(seen).toEqual(wanted);
  });

  it('get topics of others, and the kind of a bridge, from admins only', async () => {
    const { person } = callers['user'] as Caller;
    const make = (more: Record<string, unknown>) =>
      app.call('POST', '/auth/tokens', {
        body: { name: 'Button', scopes: ['mqtt'], ...more },
        token: person?.token ?? null,
      });
    const codes = [
      await make({ kind: 'bridge' }),
      await make({ kind: 'device', prefixes: ['zigbee2mqtt'] }),
    ].map(({ status, body }) => [status, body['code']]);
    expect(codes).toEqual([
      [403, 'bridge_is_for_admins'],
      [403, 'prefixes_are_for_admins'],
    ]);
    expect((await make({ kind: 'device' })).status).toBe(201);
  });

  it('what was refused is shown to admins', async () => {
    const { status, body } = await app.call('GET', '/admin/mqtt');
    expect(status).toBe(200);
    expect(body).toMatchObject({ mode: 'embedded', state: 'ok', topic: 'encore/main' });
    const refusals = body['refusals'] as { name: string; action: string; what: string }[];
    expect(
      refusals.some(({ action, what }) => action === 'publish' && what === 'dev/Ben/press'),
    ).toBe(true);
    const clients = body['clients'] as { name: string; kind: string }[];
    expect(clients.find(({ name }) => name === 'Ada')?.kind).toBe('admin');
  });
});
