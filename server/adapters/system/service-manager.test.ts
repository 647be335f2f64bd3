import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../kernel/logger.ts';
import { connectServiceManager } from './service-manager.ts';
import { openNotifySocket, type NotifySocket } from './testing/notify-socket.ts';

let socket: NotifySocket;
beforeEach(() => {
  socket = openNotifySocket();
  vi.stubEnv('NOTIFY_SOCKET', socket.path);
});
afterEach(() => {
  vi.unstubAllEnvs();
  socket.close();
});

const connect = (watchdogMs: number | null) =>
  connectServiceManager({ socket: socket.path, watchdogMs }, silentLogger);

it('tells that it starts, is ready and stops, in words', async () => {
  const manager = await connect(null);
  manager.status('Reading\nWATCHDOG=1');
  manager.ready('Ready on port 8000');
  manager.stopping();
  expect(socket.received()).toEqual([
    'STATUS=Reading WATCHDOG=1',
    'READY=1',
    'STATUS=Ready on port 8000',
    'STOPPING=1',
    'STATUS=Stopping',
  ]);
});

it('feeds the watchdog while the self-check finds nothing, and no more when it finds something', async () => {
  const manager = await connect(80);
  let fault: string | undefined;
  manager.watch(() => fault);
  await socket.next(/^WATCHDOG=1$/);
  await socket.next(/^WATCHDOG=1$/);
  fault = 'the store is gone';
  await socket.next(/^STATUS=The self-check fails: the store is gone$/);
  const fed = socket.received().length;
  await socket.next(/^STATUS=The self-check fails/);
  expect(socket.received().slice(fed)).not.toContain('WATCHDOG=1');
  fault = undefined;
  await socket.next(/^WATCHDOG=1$/);
  manager.stopping();
});

it('takes a self-check that throws for a fault', async () => {
  const manager = await connect(80);
  manager.watch(() => {
    throw new Error('SQLITE_IOERR');
  });
  await socket.next(/^STATUS=The self-check fails: Error: SQLITE_IOERR$/);
  expect(socket.received()).not.toContain('WATCHDOG=1');
  manager.stopping();
});

it('does not feed the watchdog when a self-check does not end', async () => {
  const manager = await connect(80);
  let asked = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  manager.watch(() => {
    asked += 1;
    return promise;
  });
  await vi.waitUntil(() => asked === 1);
  const other = await connect(80);
  other.watch(() => undefined);
  for (const _ of [1, 2, 3]) await socket.next(/^WATCHDOG=1$/);
  other.stopping();
  expect(asked).toBe(1);
  resolve(undefined);
  await socket.next(/^WATCHDOG=1$/);
  manager.stopping();
});

it('says nothing where nobody listens', async () => {
  const manager = await connectServiceManager({ socket: null, watchdogMs: 80 }, silentLogger);
  manager.ready('Ready');
  manager.stopping();
  expect(socket.received()).toEqual([]);
});
