import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { startMosquitto } from '../testing/mosquitto.ts';
import { mosquittoAcl } from './mqtt-acl.ts';

test('a Mosquitto with the printed rules lets everybody say and hear what is theirs', async () => {
  const acl = mosquittoAcl({
    mqtt: {
      baseTopic: 'encore',
      external: { username: 'encore' },
      discovery: { prefix: 'homeassistant' },
    },
    player: { room: 'main' },
  });
  const users = { encore: 'e', homeassistant: 'h', Ben: 'b' };
  const mosquitto = await startMosquitto({ users, acl: `${acl.join('\n')}\n` });
  const dial = (username: keyof typeof users) =>
    mqtt.connectAsync(mosquitto.url, {
      username,
      password: users[username],
      protocolVersion: 5,
      reconnectPeriod: 0,
    });
  const [encore, ha, ben] = [await dial('encore'), await dial('homeassistant'), await dial('Ben')];
  const heard: string[] = [];
  ben.on('message', (topic) => heard.push(topic));
  await ben.subscribeAsync('#', { qos: 1 });
  for (const topic of [
    'encore/main/state/users/Cem',
    'encore/main/reply/Cem/x',
    'homeassistant/device/encore_main/config',
    'encore/main/state/users/Ben',
    'encore/main/state/volume',
    'encore/main/event/play',
  ]) {
    await encore.publishAsync(topic, 'x', { qos: 1 });
  }
  while (!heard.includes('encore/main/event/play')) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(heard).toEqual([
    'encore/main/state/users/Ben',
    'encore/main/state/volume',
    'encore/main/event/play',
  ]);
  const may = (client: mqtt.MqttClient, topic: string) =>
    client.publishAsync(topic, 'x', { qos: 1 }).then(
      () => true,
      () => false,
    );
  expect(await may(ben, 'encore/main/cmd/play')).toBe(true);
  expect(await may(ben, 'encore/main/users/Ben/cmd/play')).toBe(true);
  expect(await may(ben, 'encore/main/users/Cem/cmd/play')).toBe(false);
  expect(await may(ben, 'encore/main/status')).toBe(false);
  expect(await may(ha, 'homeassistant/status')).toBe(true);
  expect(await may(ha, 'encore/main/status')).toBe(false);
  for (const client of [encore, ha, ben]) client.end(true);
  await mosquitto.remove();
});
