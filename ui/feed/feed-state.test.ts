import { expect, test } from 'vitest';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import { initialFeed, reduceFeed, type FeedState } from './feed-state.ts';

const message = (type: string, data: unknown, position?: number): FeedMessage => ({
  type,
  at: '2026-01-01T00:00:00.000Z',
  data,
  ...(position !== undefined && { position }),
});
const played = (id: string, position: number): FeedMessage =>
  message('sound_played', { play_id: id, sound_id: `s-${id}`, latency_ms: 20 }, position);
const voice = (id: string, positionMs: number): object => ({
  play_id: id,
  sound_id: `s-${id}`,
  position_ms: positionMs,
  duration_ms: 1_000,
});
const after = (...messages: FeedMessage[]): FeedState => messages.reduce(reduceFeed, initialFeed);

test('the first hello says where we start, a later one skips nothing', () => {
  const hello = (position: number): FeedMessage =>
    message('hello', { position, version: '1', room: 'main' });
  expect(after(hello(40)).position).toBe(40);
  expect(after(hello(40), hello(60)).position).toBe(40);
  expect(after(hello(40), played('a', 41), hello(60)).position).toBe(41);
});

test('after a resync it goes on from the head', () => {
  const hello = message('hello', { position: 90_000, version: '1', room: 'main' });
  expect(after(played('a', 7), hello, message('resync', {}))).toMatchObject({
    position: 90_000,
    voices: [],
  });
});

test('a press sounds from its first frame to its end', () => {
  const sounding = after(played('a', 1));
  expect(sounding.voices).toEqual([
    { playId: 'a', soundId: 's-a', positionMs: 0, durationMs: 0, latencyMs: 20 },
  ]);
  expect(reduceFeed(sounding, message('play_ended', { play_id: 'a' }, 2))).toEqual({
    ...sounding,
    position: 2,
    voices: [],
  });
});

test('a snapshot replaces the voices, keeps their order and what was measured', () => {
  const { voices, position } = after(
    played('a', 1),
    played('b', 2),
    message('voices', { voices: [voice('c', 5), voice('b', 250), voice('a', 500)] }),
  );
  expect(position).toBe(2);
  expect(voices.map((one) => [one.playId, one.positionMs, one.latencyMs])).toEqual([
    ['a', 500, 20],
    ['b', 250, 20],
    ['c', 5, null],
  ]);
});

test('a voice seen before its press was heard gets its latency then', () => {
  const { voices } = after(message('voices', { voices: [voice('a', 5)] }), played('a', 1));
  expect(voices).toHaveLength(1);
  expect(voices[0]?.latencyMs).toBe(20);
});

test('unknown messages only move the position', () => {
  expect(after(message('extraction_changed', {}, 9))).toEqual({ ...initialFeed, position: 9 });
});

test('a resume tells the past, in which nothing sounds any more', () => {
  const hello = message('hello', { position: 60, version: '1', room: 'main' });
  const resumed = after(hello, played('yesterday', 59));
  expect(resumed).toMatchObject({ position: 59, voices: [] });
  expect(reduceFeed(resumed, played('now', 61)).voices).toHaveLength(1);
});
