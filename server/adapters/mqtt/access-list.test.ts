import { expect, test } from 'vitest';
import type { Identity } from '../../kernel/door.ts';
import { person } from '../testing/fake-authenticator.ts';
import { createAccessList } from './access-list.ts';

const access = createAccessList({
  baseTopic: 'encore',
  room: 'main',
  discoveryPrefix: 'homeassistant',
});
const id = '01990000-0000-7000-8000-000000000001';

test('somebody is known in topics by their name, or by their id where the name cannot stand there', () => {
  const named = (name: string) => access.replyTopic(person(name, { actor: id }), 'x');
  expect(named('Ben')).toBe('encore/main/reply/Ben/x');
  for (const name of ['a/b', '#', '+', '$SYS', 'tab\tbed']) {
    expect(named(name)).toBe(`encore/main/reply/${id}/x`);
  }
});

test('who calls themselves by an id hears nothing of whose it is', () => {
  const eve = person(id, { actor: 'eve' });
  expect(access.mayHear(eve, `encore/main/state/users/${id}`)).toBe(false);
  expect(access.mayHear(eve, `encore/main/reply/${id}/#`)).toBe(false);
  expect(access.mayHear(eve, 'encore/main/reply/eve/#')).toBe(true);
});

test('commands are below cmd, and nothing stands there itself', () => {
  const ben = person('Ben');
  expect(access.mayPublish(ben, 'encore/main/cmd/play')).toBe(true);
  for (const topic of ['encore/main/cmd', 'encore/main/cmdx/play', 'encore/other/cmd/play']) {
    expect(access.mayPublish(ben, topic)).toBe(false);
  }
});

const token = (
  kind: 'user' | 'device' | 'bridge',
  prefixes: string[] = [],
  more: Partial<Identity> = {},
) => person('Ben', { ...more, mqtt: { kind, prefixes, actAs: false } });

test('a device has its own topics and those that it was granted, and commands nothing', () => {
  const button = token('device', ['zigbee2mqtt/hall', 'shellies/a/#', 'tele/b/']);
  const both = ['dev/Ben/press', 'zigbee2mqtt/hall', 'zigbee2mqtt/hall/action'];
  for (const topic of [...both, 'shellies/a/relay', 'tele/b/STATE']) {
    expect([topic, access.mayPublish(button, topic)]).toEqual([topic, true]);
    expect([topic, access.mayHear(button, topic)]).toEqual([topic, true]);
  }
  for (const topic of ['dev/Cem/press', 'dev/Benno', 'zigbee2mqtt/kitchen', 'zigbee2mqtt']) {
    expect([topic, access.mayPublish(button, topic)]).toEqual([topic, false]);
    expect([topic, access.mayHear(button, topic)]).toEqual([topic, false]);
  }
  expect(access.mayPublish(button, 'encore/main/cmd/play')).toBe(false);
  expect(access.mayHear(button, 'encore/main/status')).toBe(false);
  expect(access.mayHear(button, 'dev/+/press')).toBe(false);
});

test('a bridge commands, announces to Home Assistant, and hears the house', () => {
  const bridge = token('bridge', ['zigbee2mqtt']);
  for (const topic of [
    'encore/main/cmd/play',
    'homeassistant/device/x/config',
    'zigbee2mqtt/hall/action',
  ]) {
    expect([topic, access.mayPublish(bridge, topic)]).toEqual([topic, true]);
  }
  for (const topic of [
    'encore/main/status',
    'encore/main/state/users/Cem',
    'encore/main/reply/Cem/x',
    'encore/main/cmd',
    'shellies/a',
    '$SYS/broker',
  ]) {
    expect([topic, access.mayPublish(bridge, topic)]).toEqual([topic, false]);
  }
  for (const filter of ['encore/#', 'encore/main/state/users/+', 'homeassistant/#']) {
    expect([filter, access.mayHear(bridge, filter)]).toEqual([filter, true]);
  }
  for (const filter of ['#', 'shellies/#', '$SYS/#', '+/main/status']) {
    expect([filter, access.mayHear(bridge, filter)]).toEqual([filter, false]);
  }
});

test.each([
  ['encore'],
  ['encore/main/status'],
  ['homeassistant'],
  ['dev'],
  ['dev/Cem'],
  ['#'],
  ['+'],
  ['$SYS'],
  ['/'],
])('a grant for "%s" gives nothing away', (prefix) => {
  const button = token('device', [prefix]);
  for (const topic of [
    'encore/main/status',
    'homeassistant/status',
    'dev/Cem/press',
    '$SYS/broker',
    'x/y',
  ]) {
    expect([topic, access.mayPublish(button, topic)]).toEqual([topic, false]);
  }
});

test("an admin's own token is an admin's with the scope admin; a device token never is", () => {
  const admin = { role: 'admin', scopes: new Set(['admin', 'mqtt']) } as const;
  expect(access.mayPublish(token('user', [], admin), 'zigbee2mqtt/x')).toBe(true);
  expect(access.mayPublish(token('device', [], admin), 'zigbee2mqtt/x')).toBe(false);
  const without = { role: 'admin', scopes: new Set(['mqtt']) } as const;
  expect(access.mayPublish(token('user', [], without), 'zigbee2mqtt/x')).toBe(false);
});
