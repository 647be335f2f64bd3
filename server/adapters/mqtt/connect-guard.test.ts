import type { Client, ConnectPacket } from 'aedes';
import { expect, test } from 'vitest';
import { createConnectGuard } from './connect-guard.ts';
import { mqttLimits } from './limits.ts';

const guarded = () => {
  const guard = createConnectGuard();
  /** Whether the session of this client is kept when it leaves. */
  const connected = (clientId: string, { clean = false, right = true } = {}) => {
    const client = { clean } as Client;
    const packet = { clientId, clean, protocolVersion: 4, username: 'ann' } as ConnectPacket;
    guard.preConnect(client, packet, () => undefined);
    if (right) guard.loggedIn(client);
    expect(packet.clean).toBe(client.clean);
    return !client.clean;
  };
  return connected;
};

test('so many sessions are kept, and wrong logins take no place among them', () => {
  const connected = guarded();
  for (let count = 0; count < 300; count++) connected(`wrong-${count}`, { right: false });
  const kept = Array.from({ length: 300 }, (_, count) => connected(`right-${count}`));
  expect(kept.filter(Boolean)).toHaveLength(mqttLimits.keptSessionsMax);
  expect([connected('right-7'), connected('new')]).toEqual([true, false]);
});

test('a session that is wiped makes room for another', () => {
  const connected = guarded();
  for (let count = 0; count < mqttLimits.keptSessionsMax; count++) connected(`panel-${count}`);
  connected('panel-7', { clean: true });
  expect([connected('new'), connected('newer')]).toEqual([true, false]);
});
