import type { MqttClient } from 'mqtt';
import type { Logger } from '../../kernel/logger.ts';
import { mqttLimits } from './limits.ts';

export type Dial = {
  start(): void;
  /** Hangs up and dials anew. */
  redial(why: string): void;
  stop(): Promise<void>;
};

/** CONNACK of MQTT 5 and of 3.1.1. */
const wrongVersion: ReadonlySet<unknown> = new Set([132, 1]);
const wrongLogin: ReadonlySet<unknown> = new Set([134, 135, 4, 5]);
const protocolError = 130;

const words = (error: (Error & { code?: unknown; errors?: readonly Error[] }) | undefined) => {
  if (!error) return 'hung up';
  if (wrongLogin.has(error.code)) {
    return 'refuses the login: check MQTT_USERNAME and MQTT_PASSWORD';
  }
  if (/connack timeout/i.test(error.message)) return 'does not answer';
  if (/keepalive timeout/i.test(error.message)) return 'does not answer any more';
  // A name with several addresses fails with all their errors in one.
  const [first] = error.errors ?? [];
  const why = error.message === '' ? (first?.message ?? String(error.code)) : error.message;
  return `cannot be reached (${why})`;
};

/** Keeps one connection to a broker: by MQTT 5 where it can, by 3.1.1 where it must. */
export const createBrokerDial = (ports: {
  readonly limits: { readonly reconnectMsMin: number; readonly reconnectMsMax: number };
  readonly logger: Logger;
  readonly open: (protocolVersion: 4 | 5) => MqttClient;
  readonly onUp: (client: MqttClient) => void;
  /** The connection that was up is gone. */
  readonly onLost: () => void;
  /** No connection, and why, for people. */
  readonly onDown: (why: string) => void;
}): Dial => {
  const { limits } = ports;
  let current: MqttClient | undefined;
  let version: 4 | 5 = 5;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let stopping = false;
  let reason: string | undefined;

  const again = (waitMs: number) => {
    if (!stopping) retry = setTimeout(connect, waitMs).unref();
  };

  const connect = () => {
    const client = ports.open(version);
    current = client;
    let up = false;
    let fault: (Error & { code?: unknown }) | undefined;
    client.on('error', (error) => void (fault = error));
    client.once('connect', () => {
      up = true;
      failures = 0;
      ports.onUp(client);
    });
    client.once('close', () => {
      // Whatever mqtt.js still holds for this connection is given up with it.
      client.end(true);
      if (current === client) current = undefined;
      if (up) ports.onLost();
      if (stopping) return;
      const why = reason ?? words(fault);
      reason = undefined;
      const code = fault?.code;
      // Brokers of 3.1.1 say so, or hang up on what they do not know.
      const notThisVersion =
        !up && (wrongVersion.has(code) || code === protocolError || fault === undefined);
      if (notThisVersion && version === 5) {
        version = 4;
        again(0);
        return;
      }
      // A broker that was replaced is asked for 5 again.
      if (!up) version = 5;
      ports.onDown(why);
      failures++;
      again(Math.min(limits.reconnectMsMax, limits.reconnectMsMin * 2 ** (failures - 1)));
    });
  };

  return {
    start: connect,
    redial(why) {
      reason = why;
      current?.end(true);
    },
    async stop() {
      stopping = true;
      clearTimeout(retry);
      const client = current;
      if (!client) return;
      await Promise.race([
        client.endAsync(),
        new Promise((resolve) => setTimeout(resolve, mqttLimits.stopMs).unref()),
      ]);
      client.end(true);
    },
  };
};
