import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNullSink, type NullSink } from '../adapters/vlc/testing/null-sink.ts';
import { compileCache, projectRoot } from '../config.ts';
import { freePort } from './free-port.ts';

export const password = 'correct horse battery';
const setupCode = 'TEST-CODE';
const readyTimeoutMs = 60_000;

/** A box whose sounds end by the clock: nobody listens, and no sound server takes its time. */
export type UnheardHouse = {
  readonly url: string;
  readonly mqttPort: number;
  readonly dir: string;
  readonly setupUrl: string;
  /** Everything the launcher and its children printed. */
  output(): string;
  /** Process id of a child of the launcher, as it is now. */
  pidOf(name: 'server' | 'player'): number;
  /** Waits until `/readyz` answers 200. */
  ready(): Promise<void>;
  /** Makes the first account; answers an access token. */
  setUp(): Promise<string>;
  /** An API token that may do everything, MQTT included. */
  apiToken(accessToken: string): Promise<string>;
  /** Ctrl-C; answers the launcher's exit code. */
  interrupt(): Promise<number | null>;
  stop(): Promise<void>;
};

export type RealHouse = UnheardHouse & { readonly sink: NullSink };

type HouseOptions = {
  /** Puts sounds into the folder before the start; without it the shipped ones play. */
  fill?: (soundsDir: string) => Promise<void> | void;
  /** Instead of a folder that goes with the house. */
  dir?: string;
  env?: Record<string, string>;
};

/**
 * The box as `npm start` runs it: launcher, server and player as processes, sound into a private
 * null sink.
 */
export const startRealHouse = async (options: HouseOptions = {}): Promise<RealHouse> => {
  const sink = await startNullSink();
  const env = { PLAYER_AUDIO_OUTPUT: 'pulse', ...sink.env };
  try {
    const house = await startHouse(options, env);
    return {
      ...house,
      sink,
      async stop() {
        try {
          await house.stop();
        } finally {
          await sink.dispose();
        }
      },
    };
  } catch (error) {
    await sink.dispose();
    throw error;
  }
};

/** The same where no test records the room. */
export const startUnheardHouse = (options: HouseOptions = {}): Promise<UnheardHouse> =>
  startHouse(options, { PLAYER_AUDIO_OUTPUT: 'dummy' });

const startHouse = async (
  options: HouseOptions,
  output: Readonly<Record<string, string>>,
): Promise<UnheardHouse> => {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'encore-house-'));
  const [port, mqttPort] = [await freePort(), await freePort()];
  const soundsDir = options.fill ? join(dir, 'sounds') : join(projectRoot, 'sounds');
  if (options.fill) {
    mkdirSync(join(soundsDir, 'originals', 'soundboard'), { recursive: true });
    await options.fill(soundsDir);
  }
  const url = `http://127.0.0.1:${port}`;
  const launcher = spawn(process.execPath, [join(projectRoot, 'server', 'launcher.ts')], {
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      ...compileCache,
      HOST: '127.0.0.1',
      PORT: String(port),
      MQTT_PORT: String(mqttPort),
      PUBLIC_URL: url,
      DATA_DIR: join(dir, 'data'),
      SOUNDS_DIR: soundsDir,
      SETUP_CODE: setupCode,
      ...output,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  launcher.stdout.on('data', (data) => (printed += String(data)));
  launcher.stderr.on('data', (data) => (printed += String(data)));
  const exited = once(launcher, 'exit');

  const interrupt = async () => {
    if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGINT');
    await exited;
    return launcher.exitCode;
  };
  const house: UnheardHouse = {
    url,
    mqttPort,
    dir,
    setupUrl: `${url}/#setup=${setupCode}`,
    output: () => printed,
    pidOf(name) {
      const file = readFileSync(join(dir, 'data', 'launcher.pid'), 'utf8');
      const { children } = JSON.parse(file) as { children: { name: string; pid: number }[] };
      const child = children.find((one) => one.name === name);
      if (!child) throw new Error(`the launcher has no ${name}`);
      return child.pid;
    },
    ready: () => waitUntilReady(url, launcher, () => printed),
    setUp: async () => {
      const body = { code: setupCode, name: 'Mira', password };
      const answer = await post(`${url}/api/v1/auth/setup`, body);
      return answer['access_token'] as string;
    },
    apiToken: async (accessToken) => {
      const scopes = ['read', 'play', 'player', 'library', 'extract', 'admin', 'mqtt'];
      const body = { name: 'All doors', scopes };
      return (await post(`${url}/api/v1/auth/tokens`, body, accessToken))['token'] as string;
    },
    interrupt,
    async stop() {
      await interrupt();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await house.ready();
    return house;
  } catch (error) {
    await house.stop();
    throw error;
  }
};

const waitUntilReady = async (url: string, launcher: ChildProcess, printed: () => string) => {
  const deadline = performance.now() + readyTimeoutMs;
  while (launcher.exitCode === null && performance.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`Encore did not get ready:\n${printed()}`);
};

const post = async (
  url: string,
  body: unknown,
  token?: string,
): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};
