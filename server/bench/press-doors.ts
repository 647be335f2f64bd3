import { once } from 'node:events';
import { connectAsync } from 'mqtt';
import { WebSocket } from 'ws';
import type { RealHouse } from '../testing/real-house.ts';

/** A way in: presses a sound and does not wait for more than the door asks. */
export type PressDoor = {
  readonly name: string;
  press(soundId: string): Promise<void>;
  close(): Promise<void> | void;
};

export const httpDoor = (house: RealHouse, token: string): PressDoor => ({
  name: 'HTTP',
  async press(soundId) {
    const answer = await fetch(`${house.url}/api/v1/sounds/play/${soundId}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    });
    if (answer.status !== 202) throw new Error(`press: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  },
  close: () => undefined,
});

export const socketDoor = async (house: RealHouse, token: string): Promise<PressDoor> => {
  const url = `${house.url.replace('http', 'ws')}/api/v1/socket`;
  const socket = new WebSocket(url, ['bearer', token]);
  socket.on('message', () => undefined);
  await once(socket, 'open');
  let last = 0;
  return {
    name: 'WebSocket',
    press(soundId) {
      const command = { id: `bench-${++last}`, command: 'play_sound', data: { sound_id: soundId } };
      socket.send(JSON.stringify(command));
      return Promise.resolve();
    },
    close: () => socket.close(),
  };
};

export const mqttDoor = async (house: RealHouse, token: string): Promise<PressDoor> => {
  const options = { username: 'Mira', password: token, protocolVersion: 5 } as const;
  const client = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, options);
  return {
    name: 'MQTT',
    async press(soundId) {
      await client.publishAsync('encore/main/cmd/play', JSON.stringify({ id: soundId }), {
        qos: 1,
      });
    },
    close: () => client.endAsync(),
  };
};
