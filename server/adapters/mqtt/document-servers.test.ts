import { expect, test } from 'vitest';
import { parseConfig } from '../../config.ts';
import { documentServers } from './document-servers.ts';

const serversOf = (environment: Record<string, string>) => {
  const parsed = parseConfig(environment);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { http, mqtt } = parsed.config;
  return documentServers({ publicUrl: http.publicUrl, mqtt });
};

test('the broker stands at the port that is configured, and only on this machine unless opened', () => {
  const { mqtt, socket } = serversOf({ PORT: '8123', MQTT_PORT: '1884' });
  expect(mqtt).toMatchObject({ host: '127.0.0.1:1884', protocol: 'mqtt' });
  expect(socket).toMatchObject({ host: 'localhost:8123', protocol: 'ws' });
});

test('a broker that is open to the network is where the house is', () => {
  const environment = { PUBLIC_URL: 'https://box.example', MQTT_HOST: '0.0.0.0', MQTT_WS: 'true' };
  const { mqtt, socket } = serversOf(environment);
  expect(mqtt).toEqual({
    host: 'box.example:1883',
    protocol: 'mqtt',
    description: 'The embedded broker; over WebSocket at https://box.example/mqtt',
  });
  expect(socket).toMatchObject({ host: 'box.example', protocol: 'wss' });
});

test("somebody else's broker is named by its address", () => {
  const { mqtt } = serversOf({ MQTT_URL: 'mqtts://broker.example:8884' });
  expect(mqtt).toMatchObject({ host: 'broker.example:8884', protocol: 'mqtts' });
});

test('without a broker there is none to name', () => {
  expect(serversOf({ MQTT_MODE: 'off' })).not.toHaveProperty('mqtt');
});
