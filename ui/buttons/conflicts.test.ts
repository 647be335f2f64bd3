import { expect, test } from 'vitest';
import type { Binding } from '../../server/bindings/contract.ts';
import { aBinding } from '../testing/buttons.ts';
import { conflictsOf } from './conflicts.ts';

const eq = (path: string, value: string) => ({ path, op: 'eq', value }) as const;
/** Whether two of these would fire together. */
const together = (a: Partial<Binding>, b: Partial<Binding>): boolean => {
  const both = [aBinding({ id: 'a', name: 'A', ...a }), aBinding({ id: 'b', name: 'B', ...b })];
  const found = conflictsOf(both);
  expect(found.has('a')).toBe(found.has('b'));
  return found.has('a');
};

test.each<[string, string, boolean]>([
  ['zigbee2mqtt/hall', 'zigbee2mqtt/hall', true],
  ['zigbee2mqtt/hall', 'zigbee2mqtt/den', false],
  ['zigbee2mqtt/+', 'zigbee2mqtt/hall', true],
  ['zigbee2mqtt/#', 'zigbee2mqtt', true],
  ['zigbee2mqtt/#', 'stat/#', false],
  ['+/hall', 'zigbee2mqtt/+', true],
  ['zigbee2mqtt/+', 'zigbee2mqtt/hall/action', false],
])('%s and %s: %s', (a, b, wanted) => {
  expect(together({ filter: a }, { filter: b })).toBe(wanted);
});

test.each<[Binding['match'], Binding['match'], boolean]>([
  ['any', eq('action', 'single'), true],
  [eq('action', 'single'), eq('action', 'double'), false],
  [[eq('action', 'single'), eq('side', '2')], eq('action', 'single'), true],
  [[eq('action', 'single'), eq('side', '2')], [eq('action', 'single'), eq('side', '3')], false],
  [eq('action', 'single'), eq('battery', '1'), false],
  [{ equals: 'ON' }, { equals: 'OFF' }, false],
  [{ equals: 'ON' }, { equals: 'ON' }, true],
  [{ regex: '^O' }, { equals: 'ON' }, false],
  [{ path: 'action', op: 'exists' }, eq('action', 'single'), true],
])('%j and %j: %s', (a, b, wanted) => {
  expect(together({ match: a }, { match: b })).toBe(wanted);
});

test('what is off, paused or only tells others sets off nothing', () => {
  const paused = { reason: 'loop', topic: 'a', since: '2026-11-20T07:56:00.000Z', detail: '' };
  for (const quiet of [
    { enabled: false },
    { paused: paused as Binding['paused'] },
    { command: { type: 'none' } },
  ] as const) {
    expect(together({}, quiet)).toBe(false);
  }
});

test('each is told of all the others', () => {
  const three = ['a', 'b', 'c'].map((id) => aBinding({ id, name: id.toUpperCase() }));
  expect(conflictsOf(three)).toEqual(
    new Map([
      ['a', ['B', 'C']],
      ['b', ['A', 'C']],
      ['c', ['A', 'B']],
    ]),
  );
});
