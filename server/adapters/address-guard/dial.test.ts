import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createDial } from './dial.ts';

it('a name with many IPv6 addresses is also tried over IPv4', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const addresses = ['::1', '::1', '::1', '::1', '127.0.0.1'];
  const dial = createDial({ check: () => Promise.resolve({ ok: true, addresses }) });
  const dialled = await dial('media.example', port, new AbortController().signal);
  expect(dialled.ok && dialled.socket.remoteAddress).toBe('127.0.0.1');
  if (dialled.ok) dialled.socket.destroy();
  server.close();
});
