import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { connectAsync } from 'mqtt';
import type { MqttLogin } from './mqtt-house.ts';

export type Told = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly correlation?: string;
};

export type SayOptions = {
  readonly retain?: boolean;
  /** MQTT 5 only. */
  readonly answer?: { readonly topic: string; readonly correlation: string };
};

/** A client of somebody else's making. */
export type Talker = {
  /** What it was told so far, in order, of all that it listens to. */
  readonly told: Told[];
  /** Resolves when the broker listens for it. */
  hear(filter: string): Promise<void>;
  /** QoS 1; resolves when the broker has it. */
  say(topic: string, payload: string, options?: SayOptions): Promise<void>;
  close(): Promise<void>;
};

export type TalkerKind = {
  readonly talker: string;
  readonly version: 4 | 5;
  open(port: number, login: MqttLogin): Promise<Talker>;
};

const run = promisify(execFile);
/** Retained, and so told at once to whoever listens. */
const statusTopic = 'encore/main/status';

const byLibrary = (version: 4 | 5): TalkerKind => ({
  talker: `mqtt.js, MQTT ${version === 5 ? '5' : '3.1.1'}`,
  version,
  async open(port, { name, token }) {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
      username: name,
      password: token,
      protocolVersion: version,
      reconnectPeriod: 0,
    });
    const told: Told[] = [];
    client.on('message', (topic, payload, { retain, properties }) => {
      const correlation = properties?.correlationData?.toString();
      told.push({
        topic,
        payload: payload.toString(),
        retain,
        ...(correlation !== undefined && { correlation }),
      });
    });
    return {
      told,
      async hear(filter) {
        await client.subscribeAsync(filter, { qos: 1 });
      },
      async say(topic, payload, { retain = false, answer } = {}) {
        const properties = answer && {
          responseTopic: answer.topic,
          correlationData: Buffer.from(answer.correlation),
        };
        await client.publishAsync(topic, payload, {
          qos: 1,
          retain,
          ...(properties && { properties }),
        });
      },
      close: () => client.endAsync(true),
    };
  },
});

/** A line that mosquitto_sub prints for a message. */
type Line = {
  topic: string;
  payload: string;
  retain: 0 | 1;
  properties?: { 'correlation-data'?: string };
};

const byTools = (version: 4 | 5): TalkerKind => ({
  talker: `mosquitto_pub and mosquitto_sub, MQTT ${version === 5 ? '5' : '3.1.1'}`,
  version,
  open(port, { name, token }) {
    const common = [
      ['-p', String(port), '-u', name, '-P', token, '-q', '1'],
      ['-V', version === 5 ? 'mqttv5' : 'mqttv311'],
    ].flat();
    const told: Told[] = [];
    const listeners: (() => Promise<void>)[] = [];
    return Promise.resolve({
      told,
      async hear(filter) {
        const args = [...common, '-t', statusTopic, '-t', filter, '-F', '%j'];
        const child = spawn('mosquitto_sub', args, { stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = once(child, 'exit');
        listeners.push(async () => {
          child.kill();
          await ended;
        });
        await new Promise<void>((resolve, reject) => {
          void ended.then(() => reject(new Error(`${filter} is not listened to`)));
          createInterface({ input: child.stdout }).on('line', (line) => {
            const { topic, payload, retain, properties } = JSON.parse(line) as Line;
            if (topic === statusTopic && retain === 1) resolve();
            const correlation = properties?.['correlation-data'];
            told.push({
              topic,
              payload,
              retain: retain === 1,
              ...(correlation !== undefined && { correlation }),
            });
          });
        });
      },
      async say(topic, payload, { retain = false, answer } = {}) {
        const args = [...common, '-t', topic, '-m', payload, ...(retain ? ['-r'] : [])];
        if (answer) {
          args.push('-D', 'publish', 'response-topic', answer.topic);
          args.push('-D', 'publish', 'correlation-data', answer.correlation);
        }
        await run('mosquitto_pub', args);
      },
      async close() {
        await Promise.all(listeners.map((end) => end()));
      },
    });
  },
});

export const byVersion5 = byLibrary(5);

export const talkerKinds: readonly TalkerKind[] = [
  byLibrary(4),
  byVersion5,
  byTools(4),
  byTools(5),
];
