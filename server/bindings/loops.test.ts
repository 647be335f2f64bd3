/** Bindings that set themselves off, over a real broker, by way of a client that brings things back. */
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { issueToken, openMqtt } from '../users/testing/people.ts';
import type { Binding } from './contract.ts';
import { loopLimits } from './loop-watch.ts';

type Body = Record<string, unknown>;

let app: TestApp;
let mqtt: MqttClient;
/** Somebody else's client: what brings Encore's own words back to it. */
let bridge: MqttClient;
let gong: string;
/** What the house says on `event/…`, and on which topics the bridge has spoken. */
let told: { topic: string; payload: Body }[];

const played = () => app.player.plays().length;
const defined = async (body: Body): Promise<Binding> => {
  const answer = await app.call('POST', '/admin/bindings', {
    body: {
      name: 'Hall',
      filter: 'bridge/#',
      match: 'any',
      debounce_ms: 0,
      command: { type: 'play', sound_id: gong },
      ...body,
    },
  });
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body as unknown as Binding;
};
const one = async (id: string) =>
  (await app.call('GET', `/admin/bindings/${id}`)).body as unknown as Binding;
const paused = (id: string) =>
  eventually(async () => {
    const now = await one(id);
    return now.paused === null ? undefined : now;
  });
/** Says something of its own whenever Encore says something on this topic. */
const bring = async (from: string, back: (topic: string, payload: Buffer) => [string, string]) => {
  bridge.on('message', (topic, payload) => {
    if (!topic.startsWith(from.replace(/#$/, ''))) return;
    void bridge.publishAsync(...back(topic, payload), { qos: 1 });
  });
  await bridge.subscribeAsync(from, { qos: 1 });
};
const press = (topic = 'bridge/press') => mqtt.publishAsync(topic, 'single', { qos: 1 });

/** Until nothing has been played for so long that what comes then is no answer. */
const silence = async () => {
  let [known, since] = [-1, 0];
  await eventually(() => {
    if (played() !== known) [known, since] = [played(), performance.now()];
    return performance.now() - since > loopLimits.silenceMs + 500 ? true : undefined;
  });
};

beforeAll(async () => {
  const port = await freePort();
  app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
  await app.setUp();
  app.addSound('Gong.wav', 440, 10_000);
  await app.call('POST', '/sounds/scan');
  const { items } = (await app.call('GET', '/sounds/')).body as { items: { id: string }[] };
  gong = items[0]?.id ?? '';
  const me = (await app.call('GET', '/auth/me')).body as { id: string; name: string };
  const token = await issueToken(app, { ...me, token: app.token() ?? '' }, ['mqtt', 'admin']);
  [mqtt, bridge] = [await openMqtt(port, me.name, token), await openMqtt(port, me.name, token)];
  mqtt.on('message', (topic, payload) => {
    told.push({ topic, payload: JSON.parse(payload.toString()) as Body });
  });
  await mqtt.subscribeAsync('encore/main/event/#');
}, 60_000);
afterAll(async () => {
  await Promise.all([mqtt.endAsync(), bridge.endAsync()]);
  await app.stop();
});
beforeEach(() => {
  if (!app.player.connected) app.player.connect();
  app.player.commands.length = 0;
  told = [];
});
afterEach(async () => {
  bridge.removeAllListeners('message');
  await bridge.unsubscribeAsync('encore/main/#');
  const { items } = (await app.call('GET', '/admin/bindings')).body as { items: Binding[] };
  for (const { id } of items) await app.call('DELETE', `/admin/bindings/${id}`);
});

describe('what Encore says, brought back', () => {
  it('word for word, pauses the binding with words, and resuming it lets it press again', async () => {
    const { id } = await defined({});
    await bring('encore/main/event/#', (topic, payload) => [`bridge/${topic}`, String(payload)]);
    await press();
    const found = await paused(id);
    expect(found.paused).toMatchObject({
      reason: 'loop',
      topic: 'bridge/encore/main/event/button',
    });
    expect(found.paused?.detail).toMatch(/set itself off.+bridge\/encore\/main\/event\/button/);
    expect(played()).toBe(loopLimits.roundsMax);
    const refused = await eventually(
      () => told.find(({ payload }) => payload['code'] === 'loop')?.payload,
    );
    expect(refused).toMatchObject({ event_type: 'refused', id, name: 'Hall' });

    bridge.removeAllListeners('message');
    await press();
    const resumed = await app.call('POST', `/admin/bindings/${id}/resume`);
    expect([resumed.status, resumed.body['paused']]).toEqual([200, null]);
    const again = await app.call('POST', `/admin/bindings/${id}/resume`);
    expect([again.status, again.body['code']]).toEqual([409, 'not_paused']);
    await press();
    await eventually(async () =>
      (await one(id)).triggers === loopLimits.roundsMax + 1 ? true : undefined,
    );
    const { items } = (
      await app.call('GET', `/admin/audit/events?stream=binding-${id}&order=asc&limit=100`)
    ).body as { items: { type: string; actor: string }[] };
    expect(items.map(({ type }) => type)).toEqual([
      'BindingDefined',
      ...Array.from({ length: loopLimits.roundsMax }, () => 'BindingTriggered'),
      'BindingPaused',
      'BindingResumed',
      'BindingTriggered',
    ]);
  });

  it('by way of another binding pauses one of the two', async () => {
    const there = await defined({
      name: 'There',
      filter: 'bridge/there',
      command: { type: 'none' },
    });
    const back = await defined({ name: 'Back', filter: 'bridge/back' });
    await bring('encore/main/event/button', (_, payload) => {
      const { name } = JSON.parse(String(payload)) as { name: string };
      return [name === 'There' ? 'bridge/back' : 'bridge/there', String(payload)];
    });
    await press('bridge/there');
    const ids = [there.id, back.id];
    await eventually(async () => {
      const both = await Promise.all(ids.map(one));
      return both.some((binding) => binding.paused) ? true : undefined;
    });
    // That the one is paused is told as well, and comes back to the other.
    await silence();
    expect(played()).toBeLessThanOrEqual(loopLimits.roundsMax + 1);
  });

  it('without any of its words is cut off, and paused when that was so again and again', async () => {
    const { id } = await defined({});
    await bring('encore/main/event/button', () => ['bridge/again', 'go']);
    await press();
    expect((await paused(id)).paused).toMatchObject({
      reason: 'loop_suspected',
      topic: 'bridge/again',
    });
    const { answersMax, silencesMax } = loopLimits;
    expect(played()).toBe(answersMax + silencesMax * answersMax);
  }, 60_000);
});

it('what everybody plays may be answered once: that is no loop', async () => {
  const { id } = await defined({ command: { type: 'none' } });
  await bring('encore/main/event/play', (_, payload) => ['bridge/play', String(payload)]);
  for (let times = 1; times <= 5; times++) {
    const { body } = await app.call('POST', `/sounds/play/${gong}`);
    const play_id = body['play_id'] as string;
    app.player.report({
      type: 'voice_started',
      command_id: 'none',
      play_id,
      at_ms: 0,
      latency_ms: 1,
    });
    await eventually(async () => ((await one(id)).triggers === times ? true : undefined));
  }
  expect((await one(id)).paused).toBeNull();
});

it('an eager hand loses no press', async () => {
  const { id } = await defined({ filter: 'button/hall' });
  const presses = loopLimits.answersMax + 1;
  for (let times = 1; times <= presses; times++) {
    await press('button/hall');
    // Fewer than ten a second, and soon after what Encore said.
    const since = performance.now();
    await eventually(() => (performance.now() - since > 250 ? true : undefined));
  }
  // The last one was held back.
  await eventually(async () => ((await one(id)).triggers === presses ? true : undefined));
  expect((await one(id)).paused).toBeNull();
}, 60_000);
