import { expect, test } from 'vitest';
import { playerModes } from '../player/contract.ts';
import { componentsOf, deviceConfig, deviceLimits, type DeviceFacts } from './device.ts';
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
  people: [{ user_id: 'u-1', name: 'Mira', topicName: 'Mira' }],
  ...more,
});

const checked = (more: Partial<DeviceFacts> = {}, gone = {}) =>
  deviceDiscovery.parse(JSON.parse(JSON.stringify(deviceConfig(facts(more), gone))));

test('the device is one that Home Assistant takes, to the letter', () => {
  const { dev, o, cmps, availability_topic } = checked();
  expect({ dev, o, availability_topic }).toEqual({
    dev: {
      ids: ['encore_main'],
      name: 'Encore',
      mf: 'Encore',
      mdl: 'Sound box',
      sw: '1.2.3',
      cu: 'http://encore.local:8000',
    },
    o: { name: 'Encore', sw: '1.2.3', url: 'http://encore.local:8000' },
    availability_topic: 'encore/main/status',
  });
  const kinds = Object.values(cmps).map(({ p }) => p);
  expect([...new Set(kinds)].toSorted()).toEqual([
    'button',
    'event',
    'notify',
    'number',
    'select',
    'sensor',
    'siren',
    'switch',
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
    Object.values(componentsOf(facts({ room, topic: `encore/${room}` }))).map(
      (component) => component['unique_id'],
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
