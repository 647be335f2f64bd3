import { connect, createServer } from 'node:net';
import { broken, look, ok, type Check } from './check.ts';

const connectTimeoutMs = 5000;

/** Undefined: the port is free; else the system's code. */
const bindFault = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });

const connectFault = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectTimeoutMs });
    const end = (fault: string | undefined) => {
      socket.destroy();
      resolve(fault);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });

const portFix = (variable: string, fault: string): string =>
  fault === 'EACCES'
    ? `This user may not open it: set ${variable} to 1024 or higher.`
    : `Stop the other program, or set ${variable} to a free one.`;

export const httpPort: Check = {
  name: 'port',
  async look({ config: { http }, running }) {
    if (running) return ok(`Encore answers on port ${http.port}.`);
    const fault = await bindFault(http.host, http.port);
    if (fault === undefined) return ok(`Port ${http.port} is free for Encore.`);
    return broken(
      `Port ${http.port} on ${http.host} cannot be taken (${fault}).`,
      portFix('PORT', fault),
    );
  },
};

export const mqtt: Check = {
  name: 'mqtt',
  async look({ config: { mqtt: settings }, running }) {
    if (settings.mode === 'off') return ok('MQTT is off.');
    const part = running?.parts['mqtt'];
    if (part?.state === 'ok') return ok(`${part.detail}.`);
    if (settings.mode === 'embedded') {
      if (part) return broken(`${part.detail}.`, portFix('MQTT_PORT', ''));
      const fault = await bindFault(settings.host, settings.port);
      if (fault === undefined) return ok(`Port ${settings.port} is free for MQTT.`);
      return look(`Port ${settings.port} cannot be taken (${fault}).`, portFix('MQTT_PORT', fault));
    }
    const url = new URL(settings.external.url);
    const secure = /^(?:mqtts|wss):$/.test(url.protocol);
    const fault = await connectFault(url.hostname, Number(url.port) || (secure ? 8883 : 1883));
    const fix =
      'See that the broker runs, and MQTT_URL, MQTT_USERNAME and MQTT_PASSWORD are right.';
    if (fault !== undefined)
      return broken(`The broker at ${url.host} does not answer (${fault}).`, fix);
    if (part) return broken(`The broker at ${url.host} answers, but ${part.detail}.`, fix);
    return ok(`The broker at ${url.host} answers.`);
  },
};
