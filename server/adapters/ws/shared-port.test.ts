import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { openHttpDoor } from '../testing/open-http-door.ts';
import { createPresence } from '../../presence/presence.ts';
import { createSocketDoor } from './socket-door.ts';

test('both doors share a port, and the feed ends before HTTP does', async () => {
  const { door, port, origin, logger, close } = await openHttpDoor([]);
  const kernel = testKernel();
  const socketDoor = createSocketDoor({
    httpServer: door.server,
    feed: kernel.connect({ feed: [], reactors: [] }).feed,
    kernel,
    authenticator: fakeAuthenticator(person('ann')),
    presence: createPresence(kernel.clock.now),
    socketCommands: [],
    room: 'main',
    version: '1.2.3',
    boxId: 'box-1',
    settings: { publicUrl: origin, trustProxy: false },
    logger,
  });
  socketDoor.start();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/socket`, [
    'bearer',
    'ann-token',
  ]);
  await once(socket, 'message');
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  // A plain request to the feed's address is no upgrade.
  expect((await fetch(`${origin}/api/v1/socket`)).status).toBe(404);

  const startedMs = performance.now();
  const ended = once(socket, 'close');
  await socketDoor.stop();
  await close();
  expect((await ended)[0]).toBe(1001);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  const late = connect(port, '127.0.0.1');
  await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await kernel.stop();
});
