import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { createSpeechEngines } from '../adapters/tts/index.ts';
import { createApp, type App, type AppOptions } from '../app.ts';
import { parseConfig, type Config } from '../config.ts';
import { fakeSource } from '../extractions/testing/fake-source.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { MediaTools, WatchFolder } from '../sounds/index.ts';
import { openStorage } from '../kernel/storage.ts';
import type { PasswordCost } from '../users/index.ts';
import { fakePlayer, type FakePlayer } from './fake-player.ts';
import { sineWav } from './sine-wav.ts';

export const setupCode = 'TEST-CODE';
export const jwtSecret = 'a secret for tests alone, 32 bytes';
export const password = 'correct horse battery';

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

export type TestApp = {
  readonly url: string;
  readonly player: FakePlayer;
  readonly dir: string;
  readonly soundsDir: string;
  readonly offers: App['offers'];
  /** `/auth/me` or a full path below the origin; `token` overrides the admin's. */
  call(
    method: string,
    path: string,
    options?: { body?: unknown; token?: string | null; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Makes the first account and keeps its token for later calls. */
  setUp(): Promise<Answer>;
  /** That of `setUp`. */
  token(): string | undefined;
  addSound(filename: string, hz?: number, ms?: number): void;
  /** `keep` leaves the folders. */
  stop(keep?: boolean): Promise<void>;
  /** Stops, and starts again on the same folders. */
  restart(): Promise<TestApp>;
};

type SpeechEngine = AppOptions['speechEngines'][number];

/** It says the same of itself for as long as a test file runs: two children less for each app. */
const askedOnce = (engine: SpeechEngine): SpeechEngine => {
  let known: Awaited<ReturnType<SpeechEngine['look']>> | undefined;
  return {
    ...engine,
    async look() {
      const state = known ?? (await engine.look());
      if (state.ok) known = state;
      return state;
    },
  };
};
const systemSpeech: Config['speech'] = {
  engine: 'auto',
  voice: null,
  espeak: 'espeak-ng',
  piper: null,
};
const systemEngines = createSpeechEngines(systemSpeech).map(askedOnce);
const enginesOf = (speech: Config['speech']): readonly SpeechEngine[] =>
  isDeepStrictEqual({ ...speech, voice: null }, systemSpeech)
    ? systemEngines
    : createSpeechEngines(speech);

/** Most tests are about something else than how long a password takes. */
const leastCost: PasswordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 };

/**
 * The real server on a free port with real SQLite, ffmpeg, HTTP and WebSocket; only the player is
 * a fake one. MQTT is off unless asked for.
 */
export const startTestApp = async (
  options: {
    dir?: string;
    environment?: Record<string, string>;
    adminToken?: string;
    /** Instead of the real ones. */
    media?: MediaTools;
    /** Deaf by default, so that a test's own scan is the only one. */
    watchFolder?: WatchFolder;
    /** Instead of those of the environment: local ones. */
    providers?: Config['auth']['providers'];
    diskSpace?: AppOptions['diskSpace'];
    clock?: AppOptions['clock'];
    /** Silent, unless given. */
    logger?: AppOptions['logger'];
    /** Instead of those of the environment. */
    speechEngines?: AppOptions['speechEngines'];
    /** A fake one that finds a tone behind every link, unless given. */
    mediaSource?: AppOptions['mediaSource'];
    audioExtractor?: AppOptions['audioExtractor'];
    /** The least that argon2 takes, unless the advised one is asked for. */
    passwordCost?: 'advised';
  } = {},
): Promise<TestApp> => {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'encore-app-'));
  const soundsDir = join(dir, 'sounds');
  const parsed = parseConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: join(dir, 'data'),
    SOUNDS_DIR: soundsDir,
    MQTT_MODE: 'off',
    ...options.environment,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { auth } = parsed.config;
  const providers = options.providers ?? auth.providers;
  const config: Config = { ...parsed.config, auth: { ...auth, providers } };
  mkdirSync(config.paths.dataDir, { recursive: true });
  mkdirSync(join(soundsDir, 'originals', 'soundboard'), { recursive: true });
  const player = fakePlayer();
  const links = fakeSource();
  const app = createApp({
    config,
    storage: openStorage(join(config.paths.dataDir, 'encore.db')),
    logger: options.logger ?? silentLogger,
    version: '0.0.0-test',
    boxId: 'test-box',
    link: player,
    media: { ...createMediaTools(), ...options.media },
    watchFolder: options.watchFolder ?? (() => ({ close: () => undefined })),
    speechEngines: options.speechEngines ?? enginesOf(config.speech),
    mediaSource: options.mediaSource ?? links,
    audioExtractor: options.audioExtractor ?? links.audio,
    jwtSecret,
    setupCode: () => setupCode,
    checkAnswers: true,
    ...(options.passwordCost === 'advised' ? {} : { passwordCost: leastCost }),
    ...(options.diskSpace ? { diskSpace: options.diskSpace } : {}),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  await app.start();
  const url = `http://127.0.0.1:${app.httpPort()}`;
  let adminToken = options.adminToken;

  const call: TestApp['call'] = async (
    method,
    path,
    { body, token = adminToken, headers } = {},
  ) => {
    const response = await fetch(path.startsWith('/api') ? url + path : `${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsedBody = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, body: parsedBody, headers: response.headers };
  };

  const stop = async (keep = false) => {
    await app.stop();
    if (!keep) rmSync(dir, { recursive: true, force: true });
  };

  return {
    url,
    player,
    dir,
    soundsDir,
    offers: app.offers,
    call,
    async setUp() {
      const body = { code: setupCode, name: 'Mira', password };
      const answer = await call('POST', '/auth/setup', { body });
      adminToken = answer.body['access_token'] as string;
      return answer;
    },
    token: () => adminToken,
    addSound(filename, hz = 440, ms = 200) {
      const path = join(soundsDir, 'originals', 'soundboard', filename);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, sineWav(hz, ms));
    },
    stop,
    async restart() {
      await stop(true);
      return startTestApp({ ...options, dir, ...(adminToken ? { adminToken } : {}) });
    },
  };
};

/**
 * Asks again until the answer is there, ever more seldom: questions take the processor from what is
 * waited for. The test's own time limit ends a hopeless wait.
 */
export const eventually = async <T>(
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> => {
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 1.1, 25)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(waitMs);
  }
};
