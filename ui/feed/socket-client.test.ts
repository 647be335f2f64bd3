import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSocket } from '../testing/fake-socket.ts';
import { CommandRefused } from '../api/problem.ts';
import { backoffMs } from './backoff.ts';
import { SocketClient, type Link } from './socket-client.ts';

let links: Link[];
let allowed: boolean;

const client = (): SocketClient =>
  new SocketClient({
    url: () => 'ws://box/api/v1/socket',
    onMessage: () => {},
    onLink: (link) => links.push(link),
    mayReconnect: async () => allowed,
    createSocket: (url) => new FakeSocket(url) as unknown as WebSocket,
  });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all.length = 0;
  links = [];
  allowed = true;
});
afterEach(() => vi.useRealTimers());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error as CommandRefused).code,
  );

test('live from the hello on, not from the open socket', () => {
  const socket = client();
  socket.start();
  expect(socket.link).toBe('connecting');
  FakeSocket.last.hello();
  expect(links).toEqual(['connecting', 'live']);
});

test('a command is answered by its id', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  const first = socket.command('play_sound', { sound_id: 'a' });
  const second = socket.command('play_sound', { sound_id: 'b' });
  const [a, b] = FakeSocket.last.sent;
  FakeSocket.last.say({ type: 'refused', id: b?.id, code: 'cooling_down', detail: 'Wait.' });
  FakeSocket.last.say({ type: 'ack', id: a?.id, data: { play_id: 'p' } });
  await expect(first).resolves.toEqual({ play_id: 'p' });
  await expect(second).rejects.toEqual(new CommandRefused('cooling_down', 'Wait.'));
});

test('a command waits for the first line of a page, which its pads may be ahead of', async () => {
  const socket = client();
  socket.start();
  const presses = ['a', 'b'].map((id) => codeOf(socket.command('play_sound', { sound_id: id })));
  await vi.advanceTimersByTimeAsync(900);
  expect(FakeSocket.last.sent).toEqual([]);
  FakeSocket.last.hello();
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSocket.last.sent.map(({ data }) => data)).toEqual([
    { sound_id: 'a' },
    { sound_id: 'b' },
  ]);
  for (const { id } of FakeSocket.last.sent) FakeSocket.last.say({ type: 'ack', id, data: {} });
  expect(await Promise.all(presses)).toEqual(['accepted', 'accepted']);
  expect(vi.getTimerCount()).toBe(1);
});

test('and no longer than a second, after which nothing of it is sent', async () => {
  const socket = client();
  socket.start();
  const press = codeOf(socket.command('play_sound', {}));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await press).toBe('not_connected');
  FakeSocket.last.hello();
  expect(FakeSocket.last.sent).toEqual([]);
});

test('nothing is sent, now or later, while the line is down', async () => {
  const socket = client();
  socket.start();
  const early = codeOf(socket.command('play_sound', {}));
  FakeSocket.last.breaks();
  expect(await early).toBe('not_connected');
  expect(await codeOf(socket.command('play_sound', {}))).toBe('not_connected');
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.hello();
  expect(FakeSocket.last.sent).toEqual([]);
});

test('what was in flight when the line broke is refused and not repeated', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  const lost = codeOf(socket.command('play_sound', {}));
  FakeSocket.last.breaks();
  expect(await lost).toBe('line_lost');
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.hello();
  expect(FakeSocket.all).toHaveLength(2);
  expect(FakeSocket.last.sent).toEqual([]);
});

test('reconnecting first, offline from the second miss, live again after', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  FakeSocket.last.breaks();
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.breaks();
  await vi.advanceTimersByTimeAsync(600);
  FakeSocket.last.hello();
  expect(links).toEqual(['connecting', 'live', 'reconnecting', 'offline', 'live']);
});

test('without an identity it stops trying', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  allowed = false;
  FakeSocket.last.breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(socket.link).toBe('idle');
  expect(FakeSocket.all).toHaveLength(1);
});

test('after sleep commands wait for no one: refused until the line has answered', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  const probe = socket.probe();
  expect(await codeOf(socket.command('play_sound', {}))).toBe('not_connected');
  const id = FakeSocket.last.sent[0]?.id;
  FakeSocket.last.say({ type: 'refused', id, code: 'unknown_command', detail: '' });
  await probe;
  expect(socket.link).toBe('live');
});

test('a line that does not answer after sleep is opened anew', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  const probe = socket.probe();
  await vi.advanceTimersByTimeAsync(2_500);
  await probe;
  expect(socket.link).toBe('reconnecting');
  expect(FakeSocket.last.closed).toBe(true);
});

test('a line on which nothing happens is asked, and trusted meanwhile', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  await vi.advanceTimersByTimeAsync(14_000);
  FakeSocket.last.say({ type: 'voices', at: '', data: { voices: [] } });
  await vi.advanceTimersByTimeAsync(14_000);
  expect(FakeSocket.last.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.last.sent.map(({ command }) => command)).toEqual(['ping']);
  expect(socket.link).toBe('live');
  FakeSocket.last.say({ type: 'ack', id: FakeSocket.last.sent[0]?.id, data: {} });
  await vi.advanceTimersByTimeAsync(14_000);
  expect(links).toEqual(['connecting', 'live']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.last.sent).toHaveLength(2);
});

test('a line that is dead though open is given up though nobody touches the page', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  const dead = FakeSocket.last;
  await vi.advanceTimersByTimeAsync(15_000 + 6_000);
  expect(dead.closed).toBe(true);
  expect(socket.link).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.hello();
  expect(links).toEqual(['connecting', 'live', 'reconnecting', 'live']);
});

test('a line that was left is asked no more', async () => {
  const socket = client();
  socket.start();
  FakeSocket.last.hello();
  socket.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.last.sent).toEqual([]);
  expect(links).toEqual(['connecting', 'live', 'idle']);
});

test('waits double, with jitter, up to 15 s', () => {
  const waits = [0, 1, 2, 10].map((attempt) => backoffMs(attempt, () => 1));
  expect(waits).toEqual([250, 500, 1_000, 15_000]);
  expect(backoffMs(0, () => 0)).toBe(188);
});
