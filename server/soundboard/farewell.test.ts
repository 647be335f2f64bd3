import { expect, test } from 'vitest';
import { startMosquitto } from '../testing/mosquitto.ts';
import { eventually, startTestApp } from '../testing/test-app.ts';
import { openMqtt } from '../users/testing/people.ts';

test('a box that is switched off while it sounds leaves no siren on', async () => {
  const mosquitto = await startMosquitto();
  const app = await startTestApp({
    environment: { MQTT_MODE: 'external', MQTT_URL: mosquitto.url },
  });
  await app.setUp();
  app.addSound('Gong.wav');
  await app.call('POST', '/sounds/scan');
  app.player.connect();
  const client = await openMqtt(mosquitto.port, 'x', 'y');
  const said: string[] = [];
  client.on('message', (topic, payload) => said.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync(['encore/main/state/siren', 'encore/main/status'], { qos: 1 });
  await eventually(() => said.includes('encore/main/status online') || undefined);
  await client.publishAsync('encore/main/cmd/play', 'Gong', { qos: 1 });
  const { play_id } = await eventually(() => app.player.plays().at(-1));
  app.player.report({
    type: 'voice_started',
    command_id: play_id,
    play_id,
    at_ms: 0,
    latency_ms: 9,
  });
  await eventually(
    () => said.at(-1) === 'encore/main/state/siren {"state":"ON","tone":"Gong"}' || undefined,
  );
  const stopped = app.stop();
  await eventually(() => said.includes('encore/main/status offline') || undefined);
  expect(said.slice(-2)).toEqual([
    'encore/main/state/siren {"state":"OFF"}',
    'encore/main/status offline',
  ]);
  await stopped;
  await client.endAsync();
  await mosquitto.remove();
});
