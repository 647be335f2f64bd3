import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, projectRoot, readCredentials, type Environment } from './config.ts';

const read = (environment: Environment) => {
  const parsed = parseConfig(environment);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.config;
};

const faultsOf = (environment: Environment) => {
  const parsed = parseConfig(environment);
  return parsed.ok ? [] : parsed.faults.map(({ name, message }) => `${name} ${message}`);
};

describe('configuration', () => {
  test('an empty environment gives the defaults of the table', () => {
    expect(read({})).toEqual({
      http: {
        host: '0.0.0.0',
        port: 8000,
        publicUrl: 'http://localhost:8000',
        cookieSecure: 'auto',
        trustProxy: false,
      },
      paths: {
        dataDir: join(projectRoot, 'data'),
        soundsDir: join(projectRoot, 'sounds'),
        logDir: join(projectRoot, 'data/logs'),
        playerSocket: join(projectRoot, 'data/player.sock'),
        adminSocket: join(projectRoot, 'data/admin.sock'),
      },
      backups: {
        folder: join(projectRoot, 'data/backups'),
        dailyAt: { hour: 3, minute: 30 },
        keep: { daily: 7, weekly: 4, monthly: 12 },
      },
      log: { level: 'info', journal: false },
      auth: { jwtSecret: null, setupCode: null, registration: 'invite', providers: [] },
      mqtt: {
        mode: 'embedded',
        host: '127.0.0.1',
        port: 1883,
        baseTopic: 'encore',
        external: { url: '', username: null, password: null, account: null, userTopics: false },
        webSocket: false,
        tls: null,
        discovery: { enabled: true, prefix: 'homeassistant' },
      },
      player: { room: 'main', output: 'auto', device: '', bufferMs: 40 },
      underSystemd: false,
      serviceManager: { socket: null, watchdogMs: null },
      prices: { play: 1, extraction: 5, tts: 1 },
      normalisation: { format: 'mp3', bitrate_kbps: 256, passes: 2, target_lufs: -23 },
      extractions: {
        format: 'mp3',
        bitrate_kbps: 256,
        tempDir: join(projectRoot, 'sounds/temp'),
        thumbnailsDir: join(projectRoot, 'sounds/originals/extracted/thumbnails'),
        atOnceMax: 2,
        allowedHosts: [],
      },
      tools: {
        ffmpeg: 'ffmpeg',
        ffprobe: 'ffprobe',
        ytDlp: null,
        searchPath: '/usr/local/bin:/usr/bin:/bin',
        jobs: null,
      },
      speech: { engine: 'auto', voice: null, espeak: 'espeak-ng', piper: null },
    });
  });

  test('piper needs its program and its voices', () => {
    expect(read({ PIPER_PATH: '/opt/piper', PIPER_VOICES_DIR: 'voices' }).speech.piper).toEqual({
      command: '/opt/piper',
      voicesDir: join(projectRoot, 'voices'),
    });
    expect(faultsOf({ PIPER_PATH: '/opt/piper' })).toEqual([
      'PIPER_VOICES_DIR must be set, since PIPER_PATH is',
    ]);
    expect(faultsOf({ TTS_ENGINE: 'piper' })).toEqual([
      'PIPER_PATH must be set, since TTS_ENGINE is piper',
      'PIPER_VOICES_DIR must be set, since TTS_ENGINE is piper',
    ]);
  });

  test('hosts that a link may lead to although they are private stand in a list', () => {
    const hosts = ' nas.local, 10.0.0.0/8,,[::1] ';
    expect(read({ EXTRACTION_ALLOW_PRIVATE_HOSTS: hosts }).extractions.allowedHosts).toEqual([
      'nas.local',
      '10.0.0.0/8',
      '[::1]',
    ]);
    expect(faultsOf({ EXTRACTION_ALLOW_PRIVATE_HOSTS: 'nas.local,http://nas' })).toEqual([
      'EXTRACTION_ALLOW_PRIVATE_HOSTS must be host names, addresses or networks such as nas.local, 192.168.1.5 or 192.168.1.0/24, with commas between them: http://nas is none',
    ]);
  });

  test('an empty value counts as unset', () => {
    expect(read({ PORT: '', JWT_SECRET: '', LOG_DIR: '' })).toEqual(read({}));
  });

  test('folders follow the data folder, the address follows the port', () => {
    const { http, paths } = read({ PORT: '9000', DATA_DIR: '/var/lib/encore' });
    expect(http.publicUrl).toBe('http://localhost:9000');
    expect(paths.logDir).toBe('/var/lib/encore/logs');
    expect(paths.playerSocket).toBe('/var/lib/encore/player.sock');
  });

  test('under systemd the socket is in the runtime folder and the journal is the log', () => {
    const { log, paths } = read({ RUNTIME_DIRECTORY: '/run/encore:/run/b', JOURNAL_STREAM: '8:1' });
    expect(paths.playerSocket).toBe('/run/encore/player.sock');
    expect(log.journal).toBe(true);
  });

  test('flags and addresses are read', () => {
    const { http } = read({
      TRUST_PROXY: 'true',
      COOKIE_SECURE: 'false',
      PUBLIC_URL: 'https://sounds.example/',
    });
    expect(http).toMatchObject({
      trustProxy: true,
      cookieSecure: false,
      publicUrl: 'https://sounds.example',
    });
  });

  test('how sounds are normalised is chosen, within what encoders take', () => {
    const { normalisation } = read({
      NORMALIZED_AUDIO_FORMAT: 'opus',
      NORMALIZED_AUDIO_BITRATE: '96k',
      NORMALIZED_AUDIO_PASSES: '1',
      NORMALIZED_TARGET_LUFS: '-16.5',
    });
    expect(normalisation).toEqual({
      format: 'opus',
      bitrate_kbps: 96,
      passes: 1,
      target_lufs: -16.5,
    });
    const faults = faultsOf({
      NORMALIZED_AUDIO_FORMAT: 'midi',
      NORMALIZED_AUDIO_BITRATE: '999k',
      NORMALIZED_AUDIO_PASSES: '3',
      NORMALIZED_TARGET_LUFS: '-4',
    });
    expect(faults).toEqual([
      'NORMALIZED_AUDIO_FORMAT must be one of mp3, opus, ogg, m4a, flac, wav',
      'NORMALIZED_AUDIO_BITRATE must be from 32k to 320k',
      'NORMALIZED_AUDIO_PASSES must be one of 1, 2',
      'NORMALIZED_TARGET_LUFS must be from -50 to -5',
    ]);
  });

  test('every fault is told at once, by name', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      MQTT_PORT: '70000',
      LOG_LEVEL: 'loud',
      JWT_SECRET: 'short',
      PUBLIC_URL: 'https://a.example/encore',
      COOKIE_SECURE: 'maybe',
      TRUST_PROXY: 'yes',
      MQTT_MODE: 'outside',
      MQTT_BASE_TOPIC: 'a/#',
      PLAYER_ROOM: 'Living Room',
      PLAYER_AUDIO_OUTPUT: 'jack',
      SETUP_CODE: '####-пароль-1234',
      REGISTRATION: 'friends',
    });
    expect(faults.toSorted()).toEqual([
      'COOKIE_SECURE must be auto, true or false',
      'JWT_SECRET must have at least 32 characters',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal',
      'MQTT_BASE_TOPIC must be a topic without wildcards, spaces or empty levels',
      'MQTT_MODE must be one of embedded, external, off',
      'MQTT_PORT must be at most 65535',
      'PLAYER_AUDIO_OUTPUT must be one of auto, pulse, alsa, dummy',
      'PLAYER_ROOM must be 1 to 32 of a-z, 0-9, _ and -',
      'PORT must be a port number',
      'PUBLIC_URL must be scheme, host and port only, without a path',
      'REGISTRATION must be one of open, invite, closed',
      'SETUP_CODE must have at least 8 of a-z, A-Z and 0-9',
      'TRUST_PROXY must be true or false',
    ]);
  });

  test('a broker of somebody else is used where its URL is set, unless told otherwise', () => {
    const MQTT_URL = 'mqtts://broker.example:8883';
    expect(read({ MQTT_URL }).mqtt).toMatchObject({
      mode: 'external',
      external: { url: MQTT_URL, username: null, password: null, account: null },
    });
    const login = { MQTT_USERNAME: 'encore', MQTT_PASSWORD: 'hush', MQTT_ACCOUNT: 'Mira' };
    expect(read({ MQTT_URL, ...login, MQTT_MODE: 'embedded' }).mqtt).toMatchObject({
      mode: 'embedded',
      external: { username: 'encore', password: 'hush', account: 'Mira' },
    });
  });

  test("faults of the broker's variables are told by name, and no password with them", () => {
    expect(faultsOf({ MQTT_MODE: 'external' })).toEqual([
      'MQTT_URL must be set, since MQTT_MODE is external',
    ]);
    expect(faultsOf({ MQTT_URL: 'mqtt://me:hush@broker.example' })).toEqual([
      'MQTT_URL must hold no user name or password: set MQTT_USERNAME and MQTT_PASSWORD',
    ]);
    expect(faultsOf({ MQTT_URL: 'http://broker.example' })).toEqual([
      'MQTT_URL must be a URL that begins with mqtt://, mqtts://, ws:// or wss://',
    ]);
    expect(faultsOf({ MQTT_TLS_PORT: '8883', MQTT_TLS_CERT: 'c.pem' })).toEqual([
      'MQTT_TLS_KEY must be set, since MQTT_TLS_PORT is',
    ]);
    expect(faultsOf({ MQTT_URL: 'mqtt://b', MQTT_PASSWORD: 'hush' })).toEqual([
      'MQTT_USERNAME must be set, since MQTT_PASSWORD is',
    ]);
  });

  test('a sign-in provider is on with all of its variables', () => {
    const { auth } = read({
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'encore',
      OIDC_CLIENT_SECRET: 'hush',
      OAUTH_GITHUB_CLIENT_ID: 'Iv1',
      OAUTH_GITHUB_CLIENT_SECRET: 'hush',
    });
    expect(auth.providers.map(({ provider }) => provider)).toEqual(['github', 'oidc']);
    expect(faultsOf({ OAUTH_GOOGLE_CLIENT_ID: 'x', OIDC_ISSUER: 'https://id.example' })).toEqual([
      'OAUTH_GOOGLE_CLIENT_SECRET must be set, since OAUTH_GOOGLE_CLIENT_ID is',
      'OIDC_CLIENT_ID must be set, since OIDC_ISSUER is',
      'OIDC_CLIENT_SECRET must be set, since OIDC_ISSUER is',
    ]);
  });

  test('what is wrong, what is missing and what is too long are told together', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      OAUTH_GITHUB_CLIENT_ID: 'Iv1',
      MQTT_MODE: 'external',
      MQTT_TLS_PORT: '8883',
      MQTT_TLS_CERT: 'cert.pem',
      DATA_DIR: `/${'d'.repeat(100)}`,
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'OAUTH_GITHUB_CLIENT_SECRET',
      'MQTT_TLS_KEY',
      'MQTT_URL',
      'DATA_DIR',
    ]);
  });

  test('a PUBLIC_URL of another kind is refused once', () => {
    expect(faultsOf({ PUBLIC_URL: 'ftp://a.example' })).toEqual([
      'PUBLIC_URL must be a URL that begins with http:// or https://',
    ]);
  });

  test('a data folder too deep for a socket is refused', () => {
    const [fault] = faultsOf({ DATA_DIR: `/${'d'.repeat(100)}` });
    expect(fault).toMatch(/^DATA_DIR is too long: .* 113 bytes, and a socket's path at most 107$/);
  });
});

describe('what systemd hands over', () => {
  test('secrets are files that bear the name of the variable', () => {
    const folder = mkdtempSync(join(tmpdir(), 'encore-credentials-'));
    writeFileSync(join(folder, 'encore_MQTT_PASSWORD'), 'quiet\n');
    writeFileSync(join(folder, 'encore_PORT'), '1');
    expect(readCredentials(folder)).toEqual({ MQTT_PASSWORD: 'quiet' });
    rmSync(folder, { recursive: true });
  });

  test('a watchdog of another process is none of ours', () => {
    const env = { NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '30000000' };
    const { serviceManager } = read({ ...env, WATCHDOG_PID: String(process.pid) });
    expect(serviceManager).toEqual({ socket: '/run/n', watchdogMs: 30_000 });
    expect(read({ ...env, WATCHDOG_PID: '1' }).serviceManager.watchdogMs).toBe(null);
  });
});
