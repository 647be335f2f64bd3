import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileCache, projectRoot } from '../config.ts';
import { freePort } from './free-port.ts';
import { sineWav } from './sine-wav.ts';

const setupCode = 'TEST-CODE';
export const password = 'correct horse battery';
const readyTimeoutMs = 120_000;

export type Reply = { status: number; body: Record<string, unknown>; headers: Headers };

export type ServerProcess = {
  readonly server: ChildProcess;
  readonly player: ChildProcess;
  /** What server and player printed. */
  output(): string;
  /** Waits until `/readyz` answers 200. */
  ready(): Promise<void>;
  /** No process is left; SIGKILL is a crash, SIGTERM the way out. Answers the server's exit code. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
};

export type Premises = {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly soundsDir: string;
  /** Starts server and player on the same folders and port. */
  start(options?: {
    /** Of both. */
    env?: Record<string, string>;
    /** A program and its arguments that the server's command line is given to. */
    through?: readonly string[];
    /** Arguments of Node before the server's file. */
    nodeArgs?: readonly string[];
  }): Promise<ServerProcess>;
  /** Makes the first account and a token of its own for all that follows. */
  setUp(): Promise<void>;
  /** A path below `/api/v1`, or one that begins with the origin's own. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  readonly token: () => string;
};

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/**
 * Folders, a port and two short sounds, for server and player as processes without a launcher, whom
 * a test ends and starts as it likes. Nothing is heard: the sound card is a dummy.
 */
export const makePremises = async (dir: string, data = join(dir, 'data')): Promise<Premises> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const soundsDir = join(dir, 'sounds');
  const folder = join(soundsDir, 'originals', 'soundboard');
  const runtimeDir = join(dir, 'run');
  for (const path of [folder, runtimeDir]) mkdirSync(path, { recursive: true });
  writeFileSync(join(folder, 'Horn.wav'), sineWav(440, 50));
  writeFileSync(join(folder, 'Bell.wav'), sineWav(880, 50));
  const common = {
    PATH: process.env['PATH'] ?? '',
    HOME: dir,
    ...compileCache,
    TZ: 'Europe/Berlin',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    MQTT_MODE: 'off',
    DATA_DIR: data,
    SOUNDS_DIR: soundsDir,
    LOG_DIR: join(dir, 'logs'),
    RUNTIME_DIRECTORY: runtimeDir,
    SETUP_CODE: setupCode,
    PLAYER_AUDIO_OUTPUT: 'dummy',
  };
  let token: string | undefined;

  const call: Premises['call'] = async (method, path, body, extra = {}) => {
    const response = await fetch(path.startsWith('/api') ? url + path : `${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...extra,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, body: parsed, headers: response.headers };
  };

  return {
    url,
    port,
    dataDir: data,
    soundsDir,
    token: () => token ?? '',
    call,
    async start({ env = {}, through = [], nodeArgs = [] } = {}) {
      let printed = '';
      const run = (argv: readonly string[], extra: Record<string, string> = {}) => {
        const [command = '', ...args] = argv;
        const child = spawn(command, args, {
          env: { ...common, ...env, ...extra },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (chunk) => (printed += String(chunk)));
        }
        return child;
      };
      const file = (name: string) => join(projectRoot, 'server', name);
      const server = run([...through, process.execPath, ...nodeArgs, file('main.ts')]);
      // Like one that systemd keeps: it waits for a slow server instead of ending.
      const player = run([process.execPath, file('player-main.ts')], { INVOCATION_ID: 'a-test' });
      const over = Promise.all([once(server, 'exit'), once(player, 'exit')]);

      const end: ServerProcess['end'] = async (signal) => {
        for (const child of [server, player]) if (!isOver(child)) child.kill(signal);
        await over;
        // Whoever finds that a test failed at this wants to know why.
        if (signal === 'SIGTERM' && server.exitCode !== 0) process.stderr.write(printed);
        return server.exitCode;
      };
      const ready = async () => {
        const deadline = performance.now() + readyTimeoutMs;
        while (!isOver(server) && performance.now() < deadline) {
          const answer = await fetch(`${url}/readyz`).catch(() => undefined);
          if (answer?.status === 200) return;
          await sleep(20);
        }
        throw new Error(`Encore did not get ready:\n${printed}`);
      };
      return { server, player, output: () => printed, ready, end };
    },
    async setUp() {
      const account = await call('POST', '/auth/setup', {
        code: setupCode,
        name: 'Mira',
        password,
      });
      token = account.body['access_token'] as string;
      const scopes = ['read', 'play', 'player', 'library', 'extract', 'admin', 'mqtt'];
      const answer = await call('POST', '/auth/tokens', { name: 'All doors', scopes });
      token = answer.body['token'] as string;
    },
  };
};
