import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createHttpDoor } from './adapters/http/http-door.ts';
import { createMqttDoor } from './adapters/mqtt/mqtt-door.ts';
import { diskSpace } from './adapters/system/disk-space.ts';
import { createLifecycle, type Part } from './adapters/system/lifecycle.ts';
import { createSocketDoor } from './adapters/ws/socket-door.ts';
import { projectRoot, type Config } from './config.ts';
import { createHouseKernel } from './house-kernel.ts';
import type { Announcement, SocketCommand, Topic } from './kernel/door.ts';
import type { Logger } from './kernel/logger.ts';
import type { HealthPart, ModuleParts } from './kernel/module.ts';
import type { Storage } from './kernel/storage.ts';
import { createHousehold } from './household/index.ts';
import { modules } from './modules.ts';
import { createPresence } from './presence/index.ts';
import { openJukebox } from './player/index.ts';
import type { PlayerLink } from './player/player-link.ts';
import { openBoard, playRefused } from './soundboard/index.ts';
import {
  createDerivedFiles,
  createSoundQueries,
  createSoundSearch,
  createTrimmedCopies,
  limitMedia,
  type LoudnessTools,
  openSoundIntake,
  type MediaTools,
  type WatchFolder,
} from './sounds/index.ts';
import type { DiskSpace } from './sounds/disk-space.ts';
import { openSpeech } from './speech/index.ts';
import type { SpeechEngine } from './speech/speech-engine.ts';
import { createVerifier } from './verifier.ts';

export type AppOptions = {
  readonly config: Config;
  readonly storage: Storage;
  readonly logger: Logger;
  readonly version: string;
  readonly link: PlayerLink;
  readonly media: MediaTools & LoudnessTools;
  readonly watchFolder: WatchFolder;
  readonly speechEngines: readonly SpeechEngine[];
  readonly jwtSecret: string;
  /** Read when the first account is made. */
  readonly setupCode: () => string;
  /** Instead of asking the system: for tests. */
  readonly diskSpace?: DiskSpace;
  /** Checks every answer against its schema: for tests and development. */
  readonly checkAnswers?: boolean;
};

export type App = {
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Readonly<Record<string, HealthPart>>;
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

/** The whole server, wired: kernel, rooms, doors. Nothing runs before `start`. */
export const createApp = (options: AppOptions): App => {
  const { config, storage, logger, version } = options;
  const { room } = config.player;
  const { soundsDir } = config.paths;
  const kernel = createHouseKernel({ storage, logger });

  const { link, watchFolder } = options;
  const mediaJobsMax = availableParallelism();
  const media = limitMedia(options.media, mediaJobsMax);
  const cacheDir = join(config.paths.dataDir, 'cache');
  const derived = createDerivedFiles(cacheDir, media);
  const presence = createPresence(kernel.clock.now);
  const household = createHousehold(kernel);
  const { prices } = config;
  const search = createSoundSearch(kernel);
  const intake = openSoundIntake(kernel, {
    media,
    derived,
    soundsDir,
    diskSpace: options.diskSpace ?? diskSpace,
    mediaJobsMax,
  });
  const shared = { link, soundsDir, prices };
  const board = openBoard(kernel, { ...shared, search, room, household });
  const ports = {
    jwtSecret: options.jwtSecret,
    setupCode: options.setupCode,
    prices,
    presence,
    household,
    board,
    jukebox: openJukebox(kernel, { link, room, household }),
    registration: config.auth.registration,
    providers: config.auth.providers,
    publicUrl: config.http.publicUrl,
    media,
    derived,
    copies: createTrimmedCopies(cacheDir, { media, derived }),
    cacheDir,
    soundsDir,
    normalisation: config.normalisation,
    search,
    intake,
    speech: openSpeech(kernel, {
      ...shared,
      speechEngines: options.speechEngines,
      houseVoice: config.speech.voice,
      intake,
      board,
    }),
    mediaJobsMax,
    watchFolder,
    link,
    room,
    verify: createVerifier(storage.name),
    announce: (announcement: Announcement) => mqtt?.announce(announcement),
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
  const { baseTopic } = config.mqtt;
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
          settings: { host: config.mqtt.host, port: config.mqtt.port, baseTopic, room },
          topics: offers.topics,
          announcements: all('announcements'),
          standing: all('standing'),
          hearing: all('hearing'),
          kernel,
          authenticator,
          info,
          onRefused: playRefused,
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
  const health = (): Record<string, HealthPart> =>
    Object.assign({}, ...all('health').map((part) => part()), mqtt ? { mqtt: mqtt.health() } : {});

  const settings = { ...config.http, uiDir: join(projectRoot, 'ui', 'dist') };
  const http = createHttpDoor({
    routes: all('routes').flat(),
    authenticator,
    kernel,
    settings,
    health,
    version,
    logger,
    checkAnswers: options.checkAnswers ?? false,
  });
  const socket = createSocketDoor({
    httpServer: http.server,
    feed,
    kernel,
    authenticator,
    presence,
    socketCommands: offers.socketCommands,
    room,
    version,
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
    ...(mqtt ? [{ name: 'mqtt', start: () => mqtt.start(), stop: () => mqtt.stop() }] : []),
  ];
  const lifecycle = createLifecycle(parts, {
    failed: (part, err) => logger.error({ err }, `${part} did not stop well`),
  });

  return {
    start: () => lifecycle.start(),
    stop: () => lifecycle.stop(),
    health,
    offers,
    httpPort() {
      const address = http.server.address();
      return typeof address === 'object' && address ? address.port : config.http.port;
    },
  };
};
