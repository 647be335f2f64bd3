import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createPressMarks, type PressMarks } from '../board/press-marks.ts';
import { createPresses } from '../board/presses.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { createFeed, type Feed } from './feed.ts';

let feed: Feed;
let marks: PressMarks;
let explained: string[];
let heard: string[];
/** Calls that went over HTTP. */
let posted: string[];

const session = (): SessionStore => {
  const user = { id: 'u', name: 'Mira', role: 'user', plan: 'standard' } as const;
  const state = signal<SessionState>({ status: 'signed-in', user });
  const nothing = async (): Promise<void> => {};
  const http = createHttp(() => expect.unreachable());
  return {
    state,
    http,
    check: nothing,
    login: nothing,
    setup: nothing,
    register: nothing,
    know: () => {},
    logout: nothing,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { href: 'http://box/' });
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('window', new EventTarget());
  posted = [];
  vi.stubGlobal('fetch', async (url: string) => {
    posted.push(url);
    return Response.json({}, { status: 202 });
  });
  FakeSocket.all.length = 0;
  feed = createFeed(session(), (url) => new FakeSocket(url) as unknown as WebSocket);
  marks = createPressMarks();
  explained = [];
  heard = [];
  const presses = createPresses(feed, marks, (text) => explained.push(text));
  feed.on((message) => {
    heard.push(message.type);
    presses.hear(message);
  });
  feed.start();
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const played = (id: string, position: number): object => ({
  type: 'sound_played',
  position,
  at: '',
  data: { play_id: id, sound_id: 'horn', name: 'Air horn', latency_ms: 20 },
});
const failed = (id: string, position: number): object => ({
  type: 'play_ended',
  position,
  at: '',
  data: { play_id: id, sound_id: 'horn', name: 'Air horn', outcome: 'failed', message: 'No file.' },
});
const ownPress = async (playId: string): Promise<void> => {
  const press = feed.play('horn');
  FakeSocket.last.say({
    type: 'ack',
    id: FakeSocket.last.sent.at(-1)?.id,
    data: { play_id: playId },
  });
  await press;
};
const asleep = async (): Promise<void> => {
  FakeSocket.last.breaks();
  await vi.advanceTimersByTimeAsync(400);
};

test('a press that is heard now flashes and is measured, one that fails is explained', async () => {
  FakeSocket.last.hello(10);
  await ownPress('a');
  FakeSocket.last.say(played('a', 11));
  FakeSocket.last.say(failed('a', 12));
  expect(marks.latencies.value.get('horn')).toBe(20);
  expect(feed.latency.value).toEqual({ ms: 20, of: 'press' });
  expect(explained).toEqual(['Air horn did not play. No file.']);
});

test('after a night nothing of yesterday flashes, is measured or complains', async () => {
  FakeSocket.last.hello(10);
  await ownPress('a');
  await asleep();
  expect(FakeSocket.last.url).toContain('after=10');
  FakeSocket.last.hello(60);
  FakeSocket.last.say(played('a', 58));
  FakeSocket.last.say(failed('a', 59));
  FakeSocket.last.say({ type: 'sound_changed', position: 60, at: '', data: { sound_id: 'horn' } });
  expect(marks.latencies.value.size).toBe(0);
  expect(feed.latency.value).toBeNull();
  expect(explained).toEqual([]);
  expect(feed.state.value).toMatchObject({ position: 60, voices: [] });
  // The library has changed all the same, and the past is not told again.
  expect(heard).toEqual(['hello', 'hello', 'sound_changed']);
  expect(feed.isOwn('a')).toBe(false);
  FakeSocket.last.say(played('b', 61));
  expect(marks.latencies.value.get('horn')).toBe(20);
});

test('a press that nobody answers is told, and the line is looked at before the next', async () => {
  FakeSocket.last.hello();
  const told = feed.play('horn').catch((error: unknown) => (error as Error).message);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await told).toBe('Encore did not answer. Try again.');
  expect(feed.link.value).toBe('checking');
  await expect(feed.play('coin')).rejects.toThrow('Still connecting');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(feed.link.value).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.hello();
  // Neither press was kept for the new line.
  expect(FakeSocket.last.sent).toEqual([]);
  expect(feed.link.value).toBe('live');
});

test('a press that is refused says nothing against the line', async () => {
  FakeSocket.last.hello();
  const press = feed.play('horn');
  const id = FakeSocket.last.sent.at(-1)?.id;
  FakeSocket.last.say({ type: 'refused', id, code: 'cooling_down', detail: 'Wait a moment.' });
  await expect(press).rejects.toThrow('Wait a moment.');
  expect(feed.link.value).toBe('live');
});

test('a stop does not wait for the first line of a page', async () => {
  const stopped = feed.stopSounds();
  await vi.advanceTimersByTimeAsync(0);
  expect(posted).toEqual(['/api/v1/sounds/stop']);
  await stopped;
  FakeSocket.last.hello();
  expect(FakeSocket.last.sent).toEqual([]);
});

test('a stop that is answered goes over the socket alone', async () => {
  FakeSocket.last.hello();
  const stopped = feed.stopSounds();
  FakeSocket.last.say({ type: 'ack', id: FakeSocket.last.sent.at(-1)?.id, data: {} });
  await stopped;
  expect(posted).toEqual([]);
});

test('silence does not wait for a socket that is half dead', async () => {
  FakeSocket.last.hello();
  const stopped = feed.stopSounds('p 1');
  await vi.advanceTimersByTimeAsync(1_500);
  await stopped;
  expect(posted).toEqual(['/api/v1/sounds/stop?play_id=p%201']);
  // And the line is no longer believed.
  expect(feed.link.value).toBe('checking');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(feed.link.value).toBe('reconnecting');
});

test('nor for one that breaks under it, or is not there', async () => {
  FakeSocket.last.hello();
  const stopped = feed.stopSounds();
  FakeSocket.last.breaks();
  await stopped;
  await feed.stopSounds();
  expect(posted).toEqual(['/api/v1/sounds/stop', '/api/v1/sounds/stop']);
});

test('a stop that is refused is not asked for again elsewhere', async () => {
  FakeSocket.last.hello();
  const stopped = feed.stopSounds();
  const id = FakeSocket.last.sent.at(-1)?.id;
  FakeSocket.last.say({ type: 'refused', id, code: 'forbidden', detail: 'Not you.' });
  await expect(stopped).rejects.toThrow('Not you.');
  expect(posted).toEqual([]);
});
