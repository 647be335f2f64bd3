import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brokerKinds, startMqttHouse, type MqttHouse } from './testing/mqtt-house.ts';
import { byVersion5, talkerKinds, type Talker, type Told } from './testing/mqtt-talkers.ts';
import { eventually } from './testing/test-app.ts';
import { addPerson } from './users/testing/people.ts';

describe.each(brokerKinds)('with $broker', (kind) => {
  const { isOurs, by, replies } = kind;
  let house: MqttHouse;
  let gong: string;

  beforeAll(async () => {
    house = await startMqttHouse(kind);
    const app = house.app();
    app.addSound('Gong.wav');
    app.addSound('Gong low.wav', 220);
    await app.call('POST', '/sounds/scan');
    app.player.connect();
    const { items } = (await app.call('GET', '/sounds/?q=Gong')).body as {
      items: { id: string; name: string }[];
    };
    gong = items.find(({ name }) => name === 'Gong')?.id ?? '';
  }, 60_000);
  afterAll(() => house.stop());

  const plays = () => house.app().player.plays();
  const playAfter = async (seen: number) => {
    await eventually(() => plays().length > seen || undefined);
    return plays()[seen]!;
  };
  const parsed = ({ payload }: Told) => JSON.parse(payload) as Record<string, unknown>;

  describe.each(talkerKinds)('and $talker', ({ version, open }) => {
    let ann: Talker;
    beforeEach(async () => (ann = await open(house.port, house.admin)));
    afterEach(() => ann.close());

    const told = (topic: string, holds: (one: Told) => boolean = () => true) =>
      eventually(() => ann.told.find((one) => one.topic === `encore/main/${topic}` && holds(one)));
    const say = (topic: string, payload: unknown, options?: Parameters<Talker['say']>[2]) =>
      ann.say(
        `encore/main/${topic}`,
        typeof payload === 'string' ? payload : JSON.stringify(payload),
        options,
      );

    test('a command plays, by name and by id, and everybody hears who pressed', async () => {
      await ann.hear('encore/main/event/play');
      const seen = plays().length;
      await say('cmd/play', 'Gong');
      const { play_id, sound_id } = await playAfter(seen);
      expect(sound_id).toBe(gong);
      const voice = { type: 'voice_started', command_id: play_id, play_id } as const;
      house.app().player.report({ ...voice, at_ms: 0, latency_ms: 9 });
      const started = parsed(await told('event/play'));
      expect(started).toEqual({
        event_type: 'started',
        id: gong,
        name: 'Gong',
        by,
        reason: null,
        play_id,
      });
      await say('cmd/play', { id: gong });
      expect((await playAfter(seen + 1)).sound_id).toBe(gong);
    });

    test('the outcome is told on the topic that the command names', async () => {
      await ann.hear(`encore/main/reply/${replies}/#`);
      await say('cmd/play', { name: 'Gong', reply: 'r1' });
      const outcome = await told(`reply/${replies}/r1`);
      expect([parsed(outcome)['ok'], outcome.retain]).toEqual([true, false]);
    });

    test.runIf(version === 5)(
      'and on the response topic of MQTT 5, with what belongs to it',
      async () => {
        await ann.hear(`encore/main/reply/${replies}/#`);
        const topic = `encore/main/reply/${replies}/mine`;
        await say('cmd/play', 'Gong', { answer: { topic, correlation: 'c7' } });
        const outcome = await told(`reply/${replies}/mine`);
        expect([parsed(outcome)['ok'], outcome.correlation]).toEqual([true, 'c7']);
      },
    );

    test('a refusal is heard by all and answered to who asked, with what it may have meant', async () => {
      await ann.hear('encore/main/event/play');
      await ann.hear(`encore/main/reply/${replies}/#`);
      await say('cmd/play', { name: 'Gongg', reply: 'r2' });
      const event = parsed(await told('event/play'));
      expect(event).toMatchObject({ event_type: 'refused', by, code: 'unknown_sound' });
      const answer = parsed(await told(`reply/${replies}/r2`));
      expect(answer).toMatchObject({ ok: false, code: 'unknown_sound' });
      expect(JSON.stringify(answer)).toContain('"Gong"');
    });

    test.each(['cmd/sing', 'cmd/volume'])('%s with nonsense is answered as well', async (topic) => {
      await ann.hear(`encore/main/reply/${replies}/#`);
      await say(topic, { volume: 'loud', reply: 'r3' });
      expect(parsed(await told(`reply/${replies}/r3`))).toMatchObject({ ok: false });
    });

    test('a key makes a repeat harmless', async () => {
      await ann.hear(`encore/main/reply/${replies}/#`);
      const seen = plays().length;
      const press = { name: 'Gong', key: `k-${seen}`, reply: 'k' };
      await say('cmd/play', press);
      await say('cmd/play', press);
      const [first, second] = await eventually(() => {
        const replied = ann.told.filter(({ topic }) => topic.endsWith('/k'));
        return replied.length === 2 ? replied.map(parsed) : undefined;
      });
      expect([first?.['ok'], second]).toEqual([true, first]);
      expect(plays().length).toBe(seen + 1);
    });

    test('a retained command does nothing', async () => {
      await ann.hear(`encore/main/reply/${replies}/#`);
      const seen = plays().length;
      await say('cmd/play', { name: 'Gong', reply: 'kept' }, { retain: true });
      await say('cmd/stop', { reply: 'after' });
      await told(`reply/${replies}/after`);
      expect(plays().length).toBe(seen);
      expect(ann.told.filter(({ topic }) => topic.endsWith('/kept'))).toEqual([]);
      await say('cmd/play', '', { retain: true });
    });

    test('a burst of changes is told at most twice a second, the last one surely', async () => {
      await ann.hear('encore/main/state/volume');
      const last = 40 + version;
      const publisher = await byVersion5.open(house.port, house.admin);
      for (let volume = last - 30; volume <= last; volume++) {
        await publisher.say('encore/main/cmd/volume', String(volume));
      }
      await publisher.close();
      await told('state/volume', (one) => parsed(one)['volume'] === last);
      expect(ann.told.filter(({ topic }) => topic.endsWith('state/volume')).length).toBeLessThan(
        10,
      );
    });
  });

  test('a retained command stays ignored when Encore comes back', async () => {
    const client = await house.open();
    await client.publishAsync('encore/main/cmd/play', 'Gong', { qos: 1, retain: true });
    await client.endAsync(true);
    await house.restart();
    const app = house.app();
    app.player.connect();
    const again = await house.open();
    const heard: { payload: string; retain: boolean }[] = [];
    again.on('message', (topic, payload, { retain }) => {
      if (topic.includes('/cmd/')) heard.push({ payload: payload.toString(), retain });
    });
    await again.subscribeAsync('encore/main/cmd/play', { qos: 1 });
    await again.publishAsync('encore/main/cmd/play', 'Gong low', { qos: 1 });
    const { sound_id } = await playAfter(0);
    expect([sound_id === gong, plays().length]).toEqual([false, 1]);
    await eventually(() => heard.some(({ retain }) => !retain) || undefined);
    // Ours keeps no command; somebody else's keeps what it is given.
    expect(heard.map(({ payload }) => payload)).toEqual(
      isOurs ? ['Gong low'] : ['Gong', 'Gong low'],
    );
    await again.publishAsync('encore/main/cmd/play', '', { qos: 1, retain: true });
    await again.endAsync(true);
  });

  test("a person's state is theirs; a broker of somebody else's guards it by its own rules", async () => {
    const ben = await house.login(await addPerson(house.app(), 'Ben'));
    const listener = await byVersion5.open(house.port, ben);
    const stateOf = (name: string) => `encore/main/state/users/${name}`;
    const toldOf = (name: string) =>
      eventually(() => listener.told.find(({ topic }) => topic === stateOf(name)));
    await listener.hear(stateOf('Ben'));
    expect(parsed(await toldOf('Ben'))).toMatchObject({ credits: 25, plays_today: 0 });
    const others = listener.hear(stateOf('Mira'));
    if (isOurs) {
      await expect(others).rejects.toThrow();
    } else {
      await others;
      await toldOf('Mira');
    }
    await listener.close();
  });
});
