import { createHash } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { createHttpDoor } from './adapters/http/http-door.ts';
import { createJobStates, type JobStates } from './adapters/mqtt/job-states.ts';
import { documentServers } from './adapters/mqtt/document-servers.ts';
import { createMqttDoor, type MqttDoor, type MqttSettings } from './adapters/mqtt/mqtt-door.ts';
import { createMqttSocket } from './adapters/mqtt/mqtt-socket.ts';
import { asyncApiDocument } from './adapters/mqtt/topic-documents.ts';
import { coversAny } from './adapters/mqtt/topic-filters.ts';
import { diskSpace } from './adapters/system/disk-space.ts';
import { createLifecycle, type Part } from './adapters/system/lifecycle.ts';
import { createSocketDoor } from './adapters/ws/socket-door.ts';
import { createBackupMaker } from './backup-maker.ts';
import { projectRoot, type Config } from './config.ts';
import { createHouseKernel } from './house-kernel.ts';
import type { Announcement, SocketCommand, Topic } from './kernel/door.ts';
import type { Feed } from './kernel/feed.ts';
import type { Logger } from './kernel/logger.ts';
import type { HealthPart, ModuleParts } from './kernel/module.ts';
import type { Clock } from './kernel/ports.ts';
import type { Storage } from './kernel/storage.ts';
import type { AudioExtractor, MediaSource } from './extractions/media-source.ts';
import { createHousehold } from './household/index.ts';
import { modules } from './modules.ts';
import type { MqttStatus } from './mqtt/contract.ts';
import { createPresence } from './presence/index.ts';
import { openJukebox } from './player/index.ts';
import type { PlayerLink } from './player/player-link.ts';
import { openBoard, commandRefused } from './soundboard/index.ts';
import {
  createDerivedFiles,
  createSoundQueries,
  createSoundSearch,
  createThumbnails,
  createTrimmedCopies,
  limitMedia,
  type LoudnessTools,
  openNormaliser,
  openSoundIntake,
  type MediaTools,
  type WatchFolder,
} from './sounds/index.ts';
import type { DiskSpace } from './sounds/disk-space.ts';
import { openSpeech } from './speech/index.ts';
import type { SpeechEngine } from './speech/speech-engine.ts';
import type { PasswordCost } from './users/index.ts';
import { createSelfCheck } from './self-check.ts';
import { createVerifier } from './verifier.ts';

export type AppOptions = {
  readonly config: Config;
  readonly storage: Storage;
  readonly logger: Logger;
  readonly version: string;
  /** Stays the same for ever, whatever the box is called and wherever it is. */
  readonly boxId: string;
  readonly link: PlayerLink;
  readonly media: MediaTools & LoudnessTools;
  readonly mediaSource: MediaSource;
  readonly audioExtractor: AudioExtractor;
  readonly watchFolder: WatchFolder;
  readonly speechEngines: readonly SpeechEngine[];
  readonly jwtSecret: string;
  /** Read when the first account is made. */
  readonly setupCode: () => string;
  /** Instead of asking the system: for tests. */
  readonly diskSpace?: DiskSpace;
  /** Instead of the system's: for tests. */
  readonly clock?: Clock;
  /** Instead of the advised one: for tests. */
  readonly passwordCost?: PasswordCost;
  /** Checks every answer against its schema: for tests and development. */
  readonly checkAnswers?: boolean;
};

export type App = {
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Readonly<Record<string, HealthPart>>;
  /** Undefined: the store reads and the feed delivers. Otherwise a sentence; what is broken may throw too. */
  selfCheck(): string | undefined;
  /** Told of an error that nobody caught: whether the house goes on without its cause. */
  recover(error: unknown): boolean;
  /** The port that HTTP listens on, once started. */
  httpPort(): number;
  /** What the WebSocket and MQTT doors take; the very lists they were built with. */
  readonly offers: {
    readonly socketCommands: readonly SocketCommand[];
    readonly topics: readonly Topic[];
  };
};

/** How long no sound may have changed before MQTT is told how many there are. */
const infoQuietMs = 1000;

/** The same for this folder on this machine, for ever. */
const brokerClientId = ({ paths }: Config): string => {
  const place = createHash('sha256').update(`${hostname()} ${paths.dataDir}`).digest('hex');
  // 23 characters are what every broker of MQTT 3.1.1 takes.
  return `encore_${place.slice(0, 16)}`;
};

/** What the house says itself, or is told to do. */
const ownTopics = ({ mqtt, player: { room } }: Config): string[] => [
  `${mqtt.baseTopic}/${room}/#`,
  `${mqtt.discovery.prefix}/device/encore_${room}/#`,
];

const mqttSettings = (config: Config): MqttSettings => {
  const { mode, host, port, tls, baseTopic, external, discovery } = config.mqtt;
  return {
    host,
    port,
    baseTopic,
    room: config.player.room,
    retainedFile: join(config.paths.dataDir, 'mqtt-retained.db'),
    discoveryPrefix: discovery.prefix,
    ...(tls && { tls }),
    ...(mode === 'external' && { external: { ...external, clientId: brokerClientId(config) } }),
  };
};

const mqttPart = (door: MqttDoor, jobs: JobStates, feed: Feed): Part => {
  let unsubscribe = () => undefined as void;
  return {
    name: 'mqtt',
    async start() {
      await door.start();
      const listener = { actor: 'system', role: 'admin' };
      unsubscribe = feed.subscribe(listener, undefined, jobs.hear);
    },
    async stop() {
      unsubscribe();
      jobs.stop();
      await door.stop();
    },
  };
};

const mqttOff = ({ mqtt, player }: Config): MqttStatus => ({
  mode: 'off',
  state: 'ok',
  detail: 'MQTT is off: MQTT_MODE',
  url: null,
  topic: `${mqtt.baseTopic}/${player.room}`,
  clients: [],
  refusals: [],
});

/** The whole server, wired: kernel, rooms, doors. Nothing runs before `start`. */
export const createApp = (options: AppOptions): App => {
  const { config, storage, logger, version } = options;
  const { room } = config.player;
  const { soundsDir } = config.paths;
  const { clock } = options;
  const kernel = createHouseKernel({ storage, logger, ...(clock && { clock }) });

  const { link, watchFolder } = options;
  const mediaJobsMax = availableParallelism();
  const media = limitMedia(options.media, mediaJobsMax);
  const cacheDir = join(config.paths.dataDir, 'cache');
  const derived = createDerivedFiles(cacheDir, media);
  const presence = createPresence(kernel.clock.now);
  const household = createHousehold(kernel);
  const { prices } = config;
  const search = createSoundSearch(kernel);
  const { thumbnailsDir, tempDir } = config.extractions;
  const thumbnails = createThumbnails(thumbnailsDir);
  const intake = openSoundIntake(kernel, {
    media,
    derived,
    thumbnails,
    soundsDir,
    diskSpace: options.diskSpace ?? diskSpace,
    mediaJobsMax,
  });
  const board = openBoard(kernel, { link, soundsDir, search, room, prices, household });
  const ports = {
    jwtSecret: options.jwtSecret,
    setupCode: options.setupCode,
    prices,
    presence,
    household,
    board,
    speech: openSpeech(kernel, {
      speechEngines: options.speechEngines,
      houseVoice: config.speech.voice,
      intake,
      board,
      link,
      soundsDir,
      prices,
    }),
    jukebox: openJukebox(kernel, { link, room, household }),
    registration: config.auth.registration,
    passwordCost: options.passwordCost,
    providers: config.auth.providers,
    publicUrl: config.http.publicUrl,
    media,
    derived,
    copies: createTrimmedCopies(cacheDir, { media, derived }),
    cacheDir,
    soundsDir,
    normaliser: openNormaliser(kernel, {
      media,
      derived,
      soundsDir,
      settings: config.normalisation,
    }),
    thumbnails,
    passedOver: new Set([tempDir, thumbnailsDir]),
    mediaSource: options.mediaSource,
    audioExtractor: options.audioExtractor,
    extraction: config.extractions,
    search,
    intake,
    mediaJobsMax,
    watchFolder,
    link,
    room,
    verify: createVerifier(storage.name),
    backups: {
      maker: createBackupMaker(
        { dataDir: config.paths.dataDir, soundsDir, thumbnailsDir },
        config.backups,
      ),
      dailyAt: config.backups.dailyAt,
    },
    announce: (announcement: Announcement) => mqtt?.announce(announcement),
    isOwnTopic: (filter: string) => coversAny(ownTopics(config), filter),
    homeAssistant: {
      ...config.mqtt.discovery,
      baseTopic: config.mqtt.baseTopic,
      room,
      version,
      publicUrl: config.http.publicUrl,
      ...(config.mqtt.mode === 'external' && { account: config.mqtt.external.account }),
    },
    mqttStatus: (): MqttStatus => mqtt?.status() ?? mqttOff(config),
  };
  const rooms = modules.map((module) => ({ name: module.name, ...module.setup(kernel, ports) }));
  const all = <K extends keyof ModuleParts>(part: K) =>
    rooms.flatMap((room): NonNullable<ModuleParts[K]>[] => (room[part] ? [room[part]] : []));

  const [authenticator] = all('authenticator');
  if (!authenticator) throw new Error('no module brings an authenticator');
  const { feed, rebuilt } = kernel.connect({
    feed: all('feed'),
    reactors: all('reactors').flat(),
  });
  for (const report of rebuilt) {
    if (report.events > 0) logger.info(report, 'read model rebuilt');
  }

  const offers = { socketCommands: all('socketCommands').flat(), topics: all('topics').flat() };
  const soundQueries = createSoundQueries(storage, soundsDir);
  const info = () => ({
    version,
    api: '/api/v1',
    sounds: soundQueries.total(),
    url: config.http.publicUrl,
  });
  const mqtt =
    config.mqtt.mode === 'off'
      ? undefined
      : createMqttDoor({
          settings: mqttSettings(config),
          topics: offers.topics,
          announcements: all('announcements'),
          standing: all('standing'),
          farewell: all('farewell'),
          hearing: all('hearing'),
          kernel,
          authenticator,
          info,
          onRefused: commandRefused,
          logger,
        });
  /** A scan adds many sounds in a row: the retained `info` follows once it is quiet. */
  let infoDue: NodeJS.Timeout | undefined;
  kernel.bus.onCommitted((events) => {
    if (!mqtt || !events.some(({ type }) => type.startsWith('Sound'))) return;
    clearTimeout(infoDue);
    infoDue = setTimeout(
      () => mqtt.announce({ topic: 'info', payload: info(), retain: true }),
      infoQuietMs,
    ).unref();
  });
  const jobStates = createJobStates(ports.announce);
  const health = (): Record<string, HealthPart> =>
    Object.assign({}, ...all('health').map((part) => part()), mqtt ? { mqtt: mqtt.health() } : {});

  const selfCheck = createSelfCheck({ storage, log: kernel.log, feed });

  const prefix = `${config.mqtt.baseTopic}/${room}`;
  const servers = documentServers({ publicUrl: config.http.publicUrl, mqtt: config.mqtt });
  const settings = {
    ...config.http,
    adminSocket: config.paths.adminSocket,
    uiDir: join(projectRoot, 'ui', 'dist'),
  };
  const http = createHttpDoor({
    routes: all('routes').flat(),
    authenticator,
    kernel,
    settings,
    health,
    documents: {
      '/api/v1/asyncapi.json': () => asyncApiDocument(offers, { version, prefix, servers }),
    },
    version,
    clients: () => ({ socket: socket.clients(), ...(mqtt && { mqtt: mqtt.clients() }) }),
    metrics: all('metrics').flat(),
    logger,
    checkAnswers: options.checkAnswers ?? false,
  });
  const mqttSocket =
    config.mqtt.webSocket && mqtt?.take
      ? createMqttSocket({ take: mqtt.take, settings, ids: kernel.ids, logger })
      : undefined;
  const socket = createSocketDoor({
    httpServer: http.server,
    feed,
    kernel,
    authenticator,
    presence,
    socketCommands: offers.socketCommands,
    watches: all('watches').flat(),
    neighbours: new Map(mqttSocket ? [['/mqtt', mqttSocket.upgrade]] : []),
    room,
    version,
    boxId: options.boxId,
    settings,
    logger,
  });

  // The doors open last and close first: whoever gets in finds everything there.
  const parts: Part[] = [
    {
      name: 'kernel',
      start: () => kernel.start(),
      stop() {
        // It would count sounds in a database that is closed.
        clearTimeout(infoDue);
        return kernel.stop();
      },
    },
    ...rooms,
    { name: 'http', start: () => http.start(), stop: () => http.stop() },
    // Behind HTTP, whose port it shares: open sockets would hold up the end of that one.
    { name: 'socket', start: () => socket.start(), stop: () => socket.stop() },
    ...(mqtt ? [mqttPart(mqtt, jobStates, feed)] : []),
  ];
  const lifecycle = createLifecycle(parts, {
    failed: (part, err) => logger.error({ err }, `${part} did not stop well`),
  });

  return {
    start: () => lifecycle.start(),
    stop: () => lifecycle.stop(),
    health,
    selfCheck,
    recover: (error) => mqtt?.recover(error) ?? false,
    offers,
    httpPort() {
      const address = http.server.address();
      return typeof address === 'object' && address ? address.port : config.http.port;
    },
  };
};
