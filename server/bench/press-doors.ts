import { Agent, request } from 'node:http';
import { connectAsync } from 'mqtt';
import type { RealHouse } from '../testing/real-house.ts';
import { openFeed } from './house-calls.ts';

/** A way in: presses a sound and does not wait for more than the door asks. */
export type PressDoor = {
  readonly name: string;
  press(soundId: string): Promise<void>;
  close(): Promise<void> | void;
};

/** Over a connection that stays open, and by a client that does next to nothing: the door is what is measured. */
export const httpDoor = (house: RealHouse, token: string): PressDoor => {
  const agent = new Agent({ keepAlive: true });
  const headers = { Authorization: `Bearer ${token}` };
  return {
    name: 'HTTP',
    press: (soundId) =>
      new Promise((resolve, reject) => {
        const url = `${house.url}/api/v1/sounds/play/${soundId}`;
        const asked = request(url, { agent, headers, method: 'POST' }, (answer) => {
          if (answer.statusCode !== 202) reject(new Error(`press: ${answer.statusCode}`));
          answer.resume().on('end', resolve).on('error', reject);
        });
        asked.on('error', reject).end();
      }),
    close: () => agent.destroy(),
  };
};

export const socketDoor = async (house: RealHouse, token: string): Promise<PressDoor> => {
  const socket = await openFeed(house, token);
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
