import { expect, test } from 'vitest';
import type { PlayerMode } from '../../server/player/contract.ts';
import { whatIsSaid } from '../testing/messages.ts';
import { aTrack } from '../testing/player.ts';
import { orderWord, upNext } from './up-next.ts';

const tracks = ['a', 'b', 'c', 'd'].map((id) => aTrack({ id }));
const queue = [{ queue_id: '1', sound: aTrack({ id: 'q' }) }];
const after = (mode: PlayerMode, index: number | null): string =>
  upNext({ queue, index, mode }, tracks)
    .map(({ sound }) => sound.id)
    .join('');

test.each([
  ['continuous', 1, 'qcd'],
  ['continuous', 3, 'q'],
  ['continuous', null, 'qabcd'],
  ['loop', 1, 'qcda'],
  ['loop', 0, 'qbcd'],
  ['random', 1, 'qacd'],
  ['loop_one', 1, 'q'],
  ['single', 1, 'q'],
] as const)('%s at %s: %s', (mode, index, order) => {
  expect(after(mode, index)).toBe(order);
});

test('each track that follows has an id of its own, also when one sound comes twice', () => {
  const twice = [aTrack(), aTrack(), aTrack()];
  const ids = upNext({ queue: [], index: 0, mode: 'continuous' }, twice).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

test('what the mode does to the order is said in every language', () => {
  const messages = new Set(whatIsSaid().flatMap((one) => one.messages));
  expect(Object.values(orderWord).filter((word) => word && !messages.has(word))).toEqual([]);
});
