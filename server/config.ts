import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { allowedHostFault } from './adapters/address-guard/allowed-hosts.ts';
import { exitCannotStart } from './adapters/system/exit-codes.ts';
import type { ProviderSettings } from './users/index.ts';
import { mqttModes } from './mqtt/contract.ts';
import { normalizedFormats } from './sounds/contract.ts';
import { registrationModes } from './users/contract.ts';

/** The folder that holds package.json; relative folders are taken from here. */
export const projectRoot = resolve(import.meta.dirname, '..');

const packageFile = z.object({ version: z.string() });

/** The version in package.json. */
export const readVersion = (): string =>
  packageFile.parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))).version;

export type Environment = Readonly<Record<string, string | undefined>>;
type ConfigFault = { readonly name: string; readonly message: string };

const dataDirDefault = 'data';

/** A unix socket's path, the final zero excluded. */
const socketPathBytesMax = 107;

const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be at most 65535');

const price = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number of credits')
  .transform(Number);

const bitrate = z
  .string()
  .regex(/^\d{2,3}k$/, 'must be a bit rate such as 256k')
  .transform((value) => Number(value.slice(0, -1)))
  .refine((value) => value >= 32 && value <= 320, 'must be from 32k to 320k');

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

/** `03:30`, or off. */
const dailyTime = z
  .string()
  .regex(/^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$/, 'must be a time such as 03:30, or off')
  .transform((value) => {
    const [hour, minute] = value.split(':').map(Number);
    return hour === undefined || minute === undefined ? null : { hour, minute };
  });

/** `7,4,12` */
const retention = z
  .string()
  .regex(/^\d{1,3},\d{1,3},\d{1,3}$/, 'must be three numbers: days, weeks, months, such as 7,4,12')
  .transform((value) => {
    const [daily = 0, weekly = 0, monthly = 0] = value.split(',').map(Number);
    return { daily, weekly, monthly };
  });

const publicUrl = z
  .url({
    protocol: /^https?$/,
    message: 'must be a URL that begins with http:// or https://',
    abort: true,
  })
  .refine(
    (value) => /^https?:\/\/[^/?#]+\/?$/i.test(value),
    'must be scheme, host and port only, without a path',
  )
  .transform((value) => value.replace(/\/$/, ''));

const topic = z
  .string()
  .regex(
    /^[^+#$/\s\0]+(?:\/[^+#/\s\0]+)*$/,
    'must be a topic without wildcards, spaces or empty levels',
  );

/** Names, addresses and networks, with commas between them. */
const privateHosts = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .superRefine((entries, context) => {
    const message = entries.map(allowedHostFault).find((fault) => fault !== null);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
const brokerUrl = z
  .url({
    protocol: /^(?:mqtts?|wss?)$/,
    message: 'must be a URL that begins with mqtt://, mqtts://, ws:// or wss://',
    abort: true,
  })
  .refine((value) => {
    const { username, password, hash } = new URL(value);
    return username === '' && password === '' && hash === '';
  }, 'must hold no user name or password: set MQTT_USERNAME and MQTT_PASSWORD');

const variables = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: port.default(8000),
  DATA_DIR: z.string().default(dataDirDefault),
  SOUNDS_DIR: z.string().default('sounds'),
  LOG_DIR: z.string().optional(),
  // A disk of its own is better: one that dies takes only one of the two along.
  BACKUP_DIR: z.string().optional(),
  // Each night, in the house's time zone.
  BACKUP_AT: dailyTime.default({ hour: 3, minute: 30 }),
  // How many days, weeks and months keep their newest one.
  BACKUP_KEEP: retention.default({ daily: 7, weekly: 4, monthly: 12 }),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  PUBLIC_URL: publicUrl.optional(),
  COOKIE_SECURE: z.union([z.literal('auto'), flag], 'must be auto, true or false').default('auto'),
  TRUST_PROXY: flag.default(false),
  SETUP_CODE: z
    .string()
    .max(64, 'must have at most 64 characters')
    // Case and signs are forgiven when it is typed, so that only these count.
    .refine(
      (value) => value.replaceAll(/[^A-Za-z0-9]/g, '').length >= 8,
      'must have at least 8 of a-z, A-Z and 0-9',
    )
    .optional(),
  REGISTRATION: oneOf(registrationModes).default('invite'),
  OAUTH_GOOGLE_CLIENT_ID: z.string().optional(),
  OAUTH_GOOGLE_CLIENT_SECRET: z.string().optional(),
  OAUTH_GITHUB_CLIENT_ID: z.string().optional(),
  OAUTH_GITHUB_CLIENT_SECRET: z.string().optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, message: 'must be a URL that begins with https:// or http://' })
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  // Left out: external where MQTT_URL is set, else embedded.
  MQTT_MODE: oneOf(mqttModes).optional(),
  MQTT_HOST: z.string().default('127.0.0.1'),
  MQTT_PORT: port.default(1883),
  MQTT_BASE_TOPIC: topic.default('encore'),
  MQTT_URL: brokerUrl.optional(),
  MQTT_USERNAME: z.string().max(256).optional(),
  MQTT_PASSWORD: z.string().max(1024).optional(),
  // Name of the account that commands from an external broker run as; unset: the house, which is free.
  MQTT_ACCOUNT: z.string().max(64).optional(),
  // Commands below users/<name>/cmd run as that account. The broker must let nobody else write there.
  MQTT_USER_TOPICS: flag.default(false),
  // MQTT over WebSocket, at /mqtt of the HTTP port.
  MQTT_WS: flag.default(false),
  MQTT_TLS_PORT: port.optional(),
  // Paths of PEM files, from the project's folder.
  MQTT_TLS_CERT: z.string().optional(),
  MQTT_TLS_KEY: z.string().optional(),
  MQTT_DISCOVERY: flag.default(true),
  MQTT_DISCOVERY_PREFIX: topic.default('homeassistant'),
  PLAYER_ROOM: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9, _ and -')
    .default('main'),
  PLAYER_AUDIO_OUTPUT: oneOf(['auto', 'pulse', 'alsa', 'dummy']).default('auto'),
  // PulseAudio sink or ALSA device; empty takes the system's own choice.
  PLAYER_AUDIO_DEVICE: z.string().max(255).default(''),
  // What it starts with: more survives a busier machine, and lets a sound that joins others wait longer.
  PLAYER_BUFFER_MS: z
    .string()
    .regex(/^\d{2,3}$/, 'must be a number of milliseconds')
    .transform(Number)
    .refine((value) => value >= 10 && value <= 200, 'must be from 10 to 200')
    .default(40),
  CREDITS_PLAY_SOUND: price.default(1),
  CREDITS_EXTRACTION: price.default(5),
  CREDITS_TTS: price.default(1),
  NORMALIZED_AUDIO_FORMAT: oneOf(normalizedFormats).default('mp3'),
  NORMALIZED_AUDIO_BITRATE: bitrate.default(256),
  NORMALIZED_AUDIO_PASSES: oneOf(['1', '2'])
    .transform((passes) => (passes === '1' ? 1 : 2))
    .default(2),
  NORMALIZED_TARGET_LUFS: z
    .string()
    .regex(/^-\d{1,2}(?:\.\d)?$/, 'must be a loudness such as -23')
    .transform(Number)
    .refine((value) => value >= -50 && value <= -5, 'must be from -50 to -5')
    .default(-23),
  EXTRACTION_AUDIO_FORMAT: oneOf(normalizedFormats).default('mp3'),
  EXTRACTION_AUDIO_BITRATE: bitrate.default(256),
  // Work of extractions, and the pictures that come with them; the scan passes over both.
  EXTRACTION_TEMP_DIR: z.string().optional(),
  EXTRACTION_THUMBNAILS_DIR: z.string().optional(),
  EXTRACTION_MAX_CONCURRENT: z
    .string()
    .regex(/^[1-8]$/, 'must be from 1 to 8')
    .transform(Number)
    .default(2),
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
  // Without it: the copy that Encore keeps itself, then the one on PATH.
  YTDLP_PATH: z.string().optional(),
  EXTRACTION_ALLOW_PRIVATE_HOSTS: privateHosts.default([]),
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
  TTS_ENGINE: oneOf(['auto', 'espeak-ng', 'piper']).default('auto'),
  // Id or name of the voice that speaks where none is asked for.
  TTS_VOICE: z.string().max(100, 'must have at most 100 characters').optional(),
  ESPEAK_PATH: z.string().default('espeak-ng'),
  // No default: Debian's package of this name configures mice.
  PIPER_PATH: z.string().optional(),
  PIPER_VOICES_DIR: z.string().optional(),
  // Set by systemd, not by people.
  RUNTIME_DIRECTORY: z.string().optional(),
  JOB_SOCKETS: z.string().optional(),
  JOURNAL_STREAM: z.string().optional(),
  INVOCATION_ID: z.string().optional(),
  NOTIFY_SOCKET: z.string().optional(),
  WATCHDOG_PID: z.string().optional(),
  WATCHDOG_USEC: z.string().regex(/^\d+$/).transform(Number).optional(),
});

/** What may come as a file of the folder `/etc/encore/secrets` instead, by the name of the variable. */
const secretVariables = [
  'JWT_SECRET',
  'SETUP_CODE',
  'OAUTH_GOOGLE_CLIENT_SECRET',
  'OAUTH_GITHUB_CLIENT_SECRET',
  'OIDC_CLIENT_SECRET',
  'MQTT_PASSWORD',
] as const;

/** `LoadCredential=encore:FOLDER` puts a name of its own before that of each file. */
const credentialPrefix = 'encore_';

/** Each is on with all of its variables, and off with none. */
const providerVariables = [
  ['OAUTH_GOOGLE_CLIENT_ID', 'OAUTH_GOOGLE_CLIENT_SECRET'],
  ['OAUTH_GITHUB_CLIENT_ID', 'OAUTH_GITHUB_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const;

/** Those that are set, as they are written: what is missing is told along with what is wrong. */
type Given = { readonly [Name in keyof z.infer<typeof variables>]?: string | undefined };

const providerFaults = (given: Given): ConfigFault[] =>
  providerVariables.flatMap((names) => {
    const set = names.filter((name) => given[name] !== undefined);
    if (set.length === 0) return [];
    const unset = names.filter((name) => given[name] === undefined);
    return unset.map((name) => ({ name, message: `must be set, since ${set[0]} is` }));
  });

const piperFaults = (given: Given): ConfigFault[] => {
  const names = ['PIPER_PATH', 'PIPER_VOICES_DIR'] as const;
  const unset = names.filter((name) => given[name] === undefined);
  const set = names.find((name) => given[name] !== undefined);
  const why = given.TTS_ENGINE === 'piper' ? 'TTS_ENGINE is piper' : set && `${set} is`;
  return why === undefined
    ? []
    : unset.map((name) => ({ name, message: `must be set, since ${why}` }));
};

const mqttFaults = (given: Given): ConfigFault[] => {
  const names = ['MQTT_TLS_PORT', 'MQTT_TLS_CERT', 'MQTT_TLS_KEY'] as const;
  const set = names.find((name) => given[name] !== undefined);
  const unset = set ? names.filter((name) => given[name] === undefined) : [];
  const faults: ConfigFault[] = unset.map((name) => ({
    name,
    message: `must be set, since ${set} is`,
  }));
  const missing = (name: string, why: string) =>
    faults.push({ name, message: `must be set, since ${why}` });
  if (given.MQTT_MODE === 'external' && given.MQTT_URL === undefined)
    missing('MQTT_URL', 'MQTT_MODE is external');
  if (given.MQTT_PASSWORD !== undefined && given.MQTT_USERNAME === undefined)
    missing('MQTT_USERNAME', 'MQTT_PASSWORD is');
  return faults;
};

const providersOf = (read: z.infer<typeof variables>): ProviderSettings[] => {
  const list: ProviderSettings[] = [];
  const add = (
    id: string | undefined,
    secret: string | undefined,
    settings: (client: { clientId: string; clientSecret: string }) => ProviderSettings,
  ) => {
    if (id !== undefined && secret !== undefined) {
      list.push(settings({ clientId: id, clientSecret: secret }));
    }
  };
  add(read.OAUTH_GOOGLE_CLIENT_ID, read.OAUTH_GOOGLE_CLIENT_SECRET, (client) => ({
    provider: 'google',
    kind: 'oidc',
    issuer: 'https://accounts.google.com',
    ...client,
  }));
  add(read.OAUTH_GITHUB_CLIENT_ID, read.OAUTH_GITHUB_CLIENT_SECRET, (client) => ({
    provider: 'github',
    kind: 'github',
    site: 'https://github.com',
    api: 'https://api.github.com',
    ...client,
  }));
  const issuer = read.OIDC_ISSUER;
  if (issuer !== undefined) {
    add(read.OIDC_CLIENT_ID, read.OIDC_CLIENT_SECRET, (client) => ({
      provider: 'oidc',
      kind: 'oidc',
      issuer,
      ...client,
    }));
  }
  return list;
};

/** Not in the data folder where systemd gives us one of our own. */
const playerSocketOf = ({
  RUNTIME_DIRECTORY,
  DATA_DIR = dataDirDefault,
}: Pick<Given, 'RUNTIME_DIRECTORY' | 'DATA_DIR'>): string =>
  join(RUNTIME_DIRECTORY?.split(':')[0] ?? resolve(projectRoot, DATA_DIR), 'player.sock');

const pathFaults = (given: Given): ConfigFault[] => {
  const playerSocket = playerSocketOf(given);
  const bytes = Buffer.byteLength(playerSocket);
  if (bytes <= socketPathBytesMax) return [];
  const message = `is too long: ${playerSocket} has ${bytes} bytes, and a socket's path at most ${socketPathBytesMax}`;
  return [{ name: 'DATA_DIR', message }];
};

const shape = (read: z.infer<typeof variables>) => {
  const dataDir = resolve(projectRoot, read.DATA_DIR);
  const soundsDir = resolve(projectRoot, read.SOUNDS_DIR);
  const thumbnails = join('originals', 'extracted', 'thumbnails');
  return {
    http: {
      host: read.HOST,
      /** 0: any free port. */
      port: read.PORT,
      /** Without a slash at the end. */
      publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
      cookieSecure: read.COOKIE_SECURE,
      trustProxy: read.TRUST_PROXY,
    },
    /** Absolute paths. */
    paths: {
      dataDir,
      soundsDir,
      logDir:
        read.LOG_DIR === undefined ? join(dataDir, 'logs') : resolve(projectRoot, read.LOG_DIR),
      playerSocket: playerSocketOf(read),
      /** The command line's door. Not in the runtime folder, whose place only the service knows. */
      adminSocket: join(dataDir, 'admin.sock'),
    },
    backups: {
      /** Absolute. */
      folder:
        read.BACKUP_DIR === undefined
          ? join(dataDir, 'backups')
          : resolve(projectRoot, read.BACKUP_DIR),
      /** Null: none is taken unless somebody asks. */
      dailyAt: read.BACKUP_AT,
      keep: read.BACKUP_KEEP,
    },
    /** `journal`: systemd keeps what is printed, so that no file of our own is written. */
    log: { level: read.LOG_LEVEL, journal: read.JOURNAL_STREAM !== undefined },
    /** Secrets: null is made at first start and kept in the data folder. */
    auth: {
      jwtSecret: read.JWT_SECRET ?? null,
      setupCode: read.SETUP_CODE ?? null,
      registration: read.REGISTRATION,
      providers: providersOf(read),
    },
    mqtt: {
      mode: read.MQTT_MODE ?? (read.MQTT_URL === undefined ? 'embedded' : 'external'),
      host: read.MQTT_HOST,
      port: read.MQTT_PORT,
      baseTopic: read.MQTT_BASE_TOPIC,
      /** Somebody else's broker; an empty URL where there is none. */
      external: {
        url: read.MQTT_URL ?? '',
        username: read.MQTT_USERNAME ?? null,
        password: read.MQTT_PASSWORD ?? null,
        account: read.MQTT_ACCOUNT ?? null,
        userTopics: read.MQTT_USER_TOPICS,
      },
      webSocket: read.MQTT_WS,
      /** Null: no port with TLS. */
      tls:
        read.MQTT_TLS_PORT === undefined
          ? null
          : {
              port: read.MQTT_TLS_PORT,
              cert: resolve(projectRoot, read.MQTT_TLS_CERT ?? ''),
              key: resolve(projectRoot, read.MQTT_TLS_KEY ?? ''),
            },
      discovery: { enabled: read.MQTT_DISCOVERY, prefix: read.MQTT_DISCOVERY_PREFIX },
    },
    player: {
      room: read.PLAYER_ROOM,
      output: read.PLAYER_AUDIO_OUTPUT,
      device: read.PLAYER_AUDIO_DEVICE,
      bufferMs: read.PLAYER_BUFFER_MS,
    },
    /** systemd keeps one process while it restarts the other. */
    underSystemd: read.INVOCATION_ID !== undefined,
    /** What systemd wants to be told by this process. */
    serviceManager: {
      socket: read.NOTIFY_SOCKET ?? null,
      watchdogMs:
        read.WATCHDOG_USEC !== undefined &&
        (read.WATCHDOG_PID === undefined || read.WATCHDOG_PID === String(process.pid))
          ? read.WATCHDOG_USEC / 1000
          : null,
    },
    /** Credits per action, where a plan does not say otherwise. */
    prices: {
      play: read.CREDITS_PLAY_SOUND,
      extraction: read.CREDITS_EXTRACTION,
      tts: read.CREDITS_TTS,
    },
    normalisation: {
      format: read.NORMALIZED_AUDIO_FORMAT,
      bitrate_kbps: read.NORMALIZED_AUDIO_BITRATE,
      passes: read.NORMALIZED_AUDIO_PASSES,
      target_lufs: read.NORMALIZED_TARGET_LUFS,
    },
    extractions: {
      format: read.EXTRACTION_AUDIO_FORMAT,
      bitrate_kbps: read.EXTRACTION_AUDIO_BITRATE,
      /** Absolute. */
      tempDir: resolve(projectRoot, read.EXTRACTION_TEMP_DIR ?? join(soundsDir, 'temp')),
      thumbnailsDir: resolve(
        projectRoot,
        read.EXTRACTION_THUMBNAILS_DIR ?? join(soundsDir, thumbnails),
      ),
      /** Jobs at work at a time. */
      atOnceMax: read.EXTRACTION_MAX_CONCURRENT,
      /** Let through by the address guard although they are private. */
      allowedHosts: read.EXTRACTION_ALLOW_PRIVATE_HOSTS,
    },
    /**
     * `searchPath`: where programs are that are named without their folder. `jobs`: the folder of
     * the sockets behind which systemd runs media tools in units of their own; null: they run here.
     */
    tools: {
      ffmpeg: read.FFMPEG_PATH,
      ffprobe: read.FFPROBE_PATH,
      ytDlp: read.YTDLP_PATH ?? null,
      searchPath: read.PATH,
      jobs: read.JOB_SOCKETS ?? null,
    },
    speech: {
      engine: read.TTS_ENGINE,
      voice: read.TTS_VOICE ?? null,
      espeak: read.ESPEAK_PATH,
      piper:
        read.PIPER_PATH === undefined || read.PIPER_VOICES_DIR === undefined
          ? null
          : {
              command: read.PIPER_PATH,
              voicesDir: resolve(projectRoot, read.PIPER_VOICES_DIR),
            },
    },
  } as const;
};

export type Config = ReturnType<typeof shape>;

type Parsed =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Parses the variables of the configuration table. An empty value counts as unset. */
export const parseConfig = (environment: Environment): Parsed => {
  const given: Given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = variables.safeParse(given);
  const wrong = (read.error?.issues ?? []).map(({ path, message }) => ({
    name: path.join('.'),
    message,
  }));
  const faults = [
    ...wrong,
    ...providerFaults(given),
    ...piperFaults(given),
    ...mqttFaults(given),
    ...pathFaults(given),
  ];
  return read.success && faults.length === 0
    ? { ok: true, config: shape(read.data) }
    : { ok: false, faults };
};

/** The secrets that systemd lays into a folder which only this process can read (LoadCredential). */
export const readCredentials = (folder: string): Environment => {
  const found = secretVariables
    .map((name) => ({ name, file: join(folder, credentialPrefix + name) }))
    .filter(({ file }) => existsSync(file));
  return Object.fromEntries(
    found.map(({ name, file }) => [name, readFileSync(file, 'utf8').trim()]),
  );
};

/** The environment over the optional `.env` beside package.json; systemd's credentials over both. */
const readEnvironment = (): Environment => {
  const file = join(projectRoot, '.env');
  const { CREDENTIALS_DIRECTORY: credentials } = process.env;
  return {
    ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}),
    ...process.env,
    ...(credentials === undefined ? {} : readCredentials(credentials)),
  };
};

/**
 * Where Node keeps compiled code, for the environment of its children: types are stripped once
 * instead of at every start, which halves the time it takes.
 */
export const compileCache = {
  NODE_COMPILE_CACHE: join(projectRoot, 'build', 'compile-cache'),
} as const;

/** The environment of the launcher's children: this one, and where Node keeps compiled code. */
export const childEnvironment = (): NodeJS.ProcessEnv => {
  // A terminal of a desktop is itself a systemd service, and hands its marks on: they are not ours.
  const {
    INVOCATION_ID: _id,
    JOURNAL_STREAM: _journal,
    NOTIFY_SOCKET: _notify,
    ...inherited
  } = process.env;
  return { ...compileCache, ...inherited };
};

/** The configuration of this process, with what its command line sets; tells every fault by name and ends the process if there are any. */
export const loadConfigOrExit = (overrides: Environment = {}): Config => {
  const parsed = parseConfig({ ...readEnvironment(), ...overrides });
  if (parsed.ok) return parsed.config;
  const lines = parsed.faults.map(({ name, message }) => `  ${name} ${message}`);
  process.stderr.write(`encore: the configuration cannot be used:\n${lines.join('\n')}\n`);
  return process.exit(exitCannotStart);
};
