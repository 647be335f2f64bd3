import { expect, test } from 'vitest';
import { z } from 'zod';
import { playerModes } from '../player/contract.ts';
import { mqttLimits } from '../adapters/mqtt/limits.ts';
import { outTopics } from '../adapters/mqtt/topic-tree.ts';
import { componentsOf, deviceConfig } from './device.ts';
import { deviceLimits, type DeviceFacts } from './facts.ts';
import { deviceDiscovery } from './testing/discovery-schema.ts';

const tone = (name: string) => ({ tone: name, sound_id: `id of ${name}` });

const facts = (more: Partial<DeviceFacts> = {}): DeviceFacts => ({
  room: 'main',
  topic: 'encore/main',
  version: '1.2.3',
  publicUrl: 'http://encore.local:8000',
  modes: playerModes,
  quietSwitch: true,
  tones: [tone('Air horn'), tone('Gong')],
  playlists: ['All sounds', 'Friday "night"'],
  buttons: [tone('Gong')],
  bindings: [{ id: 'b-1', name: 'Hall button' }],
  people: [{ user_id: 'u-1', name: 'Mira', topicName: 'Mira' }],
  ...more,
});

const checked = (more: Partial<DeviceFacts> = {}, gone = {}) =>
  deviceDiscovery.parse(JSON.parse(JSON.stringify(deviceConfig(facts(more), gone))));

test('the device is one that Home Assistant takes, to the letter', () => {
  const { dev, o, cmps, availability } = checked();
  expect({ dev, o, availability }).toEqual({
    dev: {
      ids: ['encore_main'],
      name: 'Encore',
      mf: 'Encore',
      mdl: 'Sound box',
      sw: '1.2.3',
      cu: 'http://encore.local:8000',
    },
    o: { name: 'Encore', sw: '1.2.3', url: 'http://encore.local:8000' },
    availability: [{ topic: 'encore/main/status' }],
  });
  const kinds = Object.values(cmps).map(({ p }) => p);
  expect([...new Set(kinds)].toSorted()).toEqual([
    'button',
    'device_automation',
    'event',
    'image',
    'notify',
    'number',
    'select',
    'sensor',
    'siren',
    'switch',
    'tag',
    'text',
    'update',
  ]);
  expect(cmps['siren']).toMatchObject({
    command_topic: 'encore/main/cmd/siren',
    state_topic: 'encore/main/state/siren',
    available_tones: ['Air horn', 'Gong'],
    unique_id: 'encore_main_siren',
    default_entity_id: 'siren.encore_main_siren',
  });
});

test('a box without sounds, lists and people is taken too', () => {
  const { cmps } = checked({ tones: [], playlists: [], buttons: [], people: [] });
  expect(cmps['siren']).not.toHaveProperty('available_tones');
  expect(cmps).not.toHaveProperty('playlist');
});

test('the largest box is taken: limits hold, names too long are left out', () => {
  const many = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => tone(`${name} ${index}`));
  const { cmps } = checked({
    tones: [...many(499, 'Tone'), tone('x'.repeat(300))],
    buttons: many(80, 'Button'),
    playlists: ['y'.repeat(300), 'Short'],
    people: Array.from({ length: 150 }, (_, index) => ({
      user_id: `u-${index}`,
      name: `Person ${index}`,
      topicName: `Person ${index}`,
    })),
  });
  const all = Object.entries(cmps);
  expect(all.filter(([key]) => key.startsWith('sound_'))).toHaveLength(deviceLimits.buttonsMax);
  expect(all.filter(([key]) => key.startsWith('credits_'))).toHaveLength(deviceLimits.peopleMax);
  expect(cmps['siren']).toMatchObject({ available_tones: { length: 499 } });
  expect(cmps['playlist']).toMatchObject({ options: ['Short'] });
});

test('what is gone is taken back by its platform alone', () => {
  const { cmps } = checked({}, { sound_1: { p: 'button' } });
  expect(cmps['sound_1']).toEqual({ p: 'button' });
});

test('another room is another device, with ids of its own', () => {
  const ids = (room: string) =>
    Object.values(componentsOf(facts({ room, topic: `encore/${room}` }))).flatMap(({ unique_id }) =>
      unique_id === undefined ? [] : [unique_id],
    );
  expect(ids('main').filter((id) => ids('attic').includes(id))).toEqual([]);
});

test('a name in a template is only ever what Home Assistant puts there', () => {
  const { cmps } = checked();
  for (const component of Object.values(cmps)) {
    if ('command_template' in component && component.p !== 'number') {
      expect(component.command_template).toContain('{{ value | tojson }}');
    }
  }
});

test('each binding is a trigger of its own name, told apart by its id', () => {
  const { cmps } = checked({
    bindings: [
      { id: 'b-1', name: 'Hall button' },
      { id: 'b-2', name: 'hall button' },
    ],
  });
  const triggers = Object.values(cmps).filter(({ p }) => p === 'device_automation');
  expect(triggers).toMatchObject([
    { subtype: 'Hall button', payload: 'b-1', topic: 'encore/main/event/button' },
    { subtype: 'hall button (2)', payload: 'b-2', topic: 'encore/main/event/button' },
  ]);
});

test('what is told of presses, cards and covers is read from topics that there are', () => {
  const { cmps } = checked();
  const topicsOf = new Map(outTopics.map((one) => [`encore/main/${one.topic}`, one]));
  const payloadOf = (topic: unknown) => topicsOf.get(String(topic))?.payload;
  const { button_presses, plays, tags, cover } = cmps as Record<string, Record<string, unknown>>;
  for (const event of [button_presses, plays]) {
    const { event_type } = z.toJSONSchema(payloadOf(event?.['state_topic'])!).properties ?? {};
    expect(event?.['event_types']).toEqual((event_type as { enum: unknown }).enum);
  }
  expect(z.toJSONSchema(payloadOf(tags?.['topic'])!).properties).toHaveProperty('uid');
  expect(payloadOf(cover?.['image_topic'])?.safeParse('').success).toBe(true);
});

test('whatever it holds, the message is one that the broker takes', () => {
  const long = '音'.repeat(200);
  const many = (count: number) => Array.from({ length: count }, (_, index) => `${long} ${index}`);
  const config = deviceConfig(
    facts({
      tones: many(500).map(tone),
      buttons: many(500).map(tone),
      playlists: many(1000),
      bindings: many(1000).map((name) => ({ id: name, name })),
      people: many(1000).map((name) => ({ user_id: name, name, topicName: name })),
    }),
    Object.fromEntries(
      many(200).map((_, at) => [`trigger_${at}`.padEnd(24, '0'), { p: 'device_automation' }]),
    ),
  );
  const text = JSON.stringify(config);
  expect(Buffer.byteLength(text)).toBeLessThan(mqttLimits.packetBytesMax);
  expect(Buffer.byteLength(text)).toBeGreaterThan(mqttLimits.packetBytesMax / 2);
  const taken = Object.keys((config as { cmps: object }).cmps);
  for (const kind of ['sound_', 'credits_', 'trigger_']) {
    expect(taken.filter((key) => key.startsWith(kind)).length).toBeGreaterThan(20);
  }
});
