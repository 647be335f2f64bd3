import type { Client, ConnectPacket } from 'aedes';
import { expect, test } from 'vitest';
import { preConnect } from './connect-guard.ts';
import { mqttLimits } from './limits.ts';

const asked = (packet: Partial<ConnectPacket>) => {
  const connect = { clientId: 'panel', username: 'ann', ...packet } as ConnectPacket;
  let refused: string | undefined;
  preConnect({} as Client, connect, (error) => (refused = error?.message));
  return { connect, refused };
};

test('client ids are longer by the name of who uses them, and none is made for those without', () => {
  expect(asked({}).connect.clientId).toBe('ann/panel');
  expect(asked({ clientId: '' }).connect.clientId).toBe('');
});

test('a client id has an end', () => {
  const longest = 'x'.repeat(mqttLimits.clientIdCharactersMax);
  expect(asked({ clientId: longest }).refused).toBeUndefined();
  expect(asked({ clientId: `${longest}x` }).refused).toBe(
    'a client id may have at most 128 characters',
  );
});

test('a will loses what this broker cannot do', () => {
  const properties = { willDelayInterval: 60, messageExpiryInterval: 5 };
  const will = { topic: 'dev/x', payload: Buffer.from('x'), qos: 2, retain: false, properties };
  expect(asked({ will } as never).connect.will).toMatchObject({
    qos: 1,
    properties: { messageExpiryInterval: 5 },
  });
  expect(properties).not.toHaveProperty('willDelayInterval');
});
