import './require-node.ts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createMediaTools, createRunInUnit } from './adapters/ffmpeg/index.ts';
import { advertise } from './adapters/system/advertisement.ts';
import { DataFolderInUse, lockDataFolder } from './adapters/system/data-lock.ts';
import { exitCannotStart, exitFault } from './adapters/system/exit-codes.ts';
import { createLog } from './adapters/system/log.ts';
import { readOrMakeSecret } from './adapters/system/secrets.ts';
import { connectServiceManager } from './adapters/system/service-manager.ts';
import { watchFolder } from './adapters/system/watch-folder.ts';
import { createSpeechEngines } from './adapters/tts/index.ts';
import { createPlayerSocket } from './adapters/vlc/player-socket.ts';
import { createYtDlpSource } from './adapters/ytdlp/index.ts';
import { createApp } from './app.ts';
import { loadConfigOrExit, projectRoot, readVersion, type Config } from './config.ts';
import { openStorage, StorageUnavailable } from './kernel/storage.ts';
import { uuidv7 } from './kernel/ports.ts';
import { isNewBox, makeSetupCode } from './users/index.ts';

/** How long the banner waits for the first scan and the player. */
const bannerWaitMsMax = 20_000;

/** One sentence for the faults that a person can mend; undefined for all others, which are bugs. */
const cannotStart = (error: unknown, config: Config): string | undefined => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const { host, port } = config.http;
  const { dataDir } = config.paths;
  if (code === 'EADDRINUSE' && (error as { port?: number }).port !== undefined) {
    return `port ${port} on ${host} is in use: stop the other program, or set PORT to a free one.`;
  }
  if (code === 'EADDRNOTAVAIL')
    return `this machine has no address ${host}: set HOST to one it has.`;
  if (error instanceof DataFolderInUse) return `${error.message}: stop it first, or set DATA_DIR.`;
  if (code === 'EACCES' && (error as NodeJS.ErrnoException).syscall === 'listen') {
    return `port ${port} may not be opened by this user: set PORT to 1024 or higher.`;
  }
  if (
    ['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'ENOSPC', 'EEXIST'].includes(code) ||
    isStorage(error)
  ) {
    return `the data folder ${dataDir} cannot be written (${(error as Error).message}): make it writable, or set DATA_DIR.`;
  }
  return undefined;
};

/** Nobody else could come in. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const isStorage = (error: unknown): boolean =>
  error instanceof StorageUnavailable ||
  /^SQLITE_(CANTOPEN|READONLY|IOERR|FULL)/.test((error as { code?: string }).code ?? '');

/** Where systemd runs the media tools, each job in a unit of its own; undefined: they run here. */
const runInUnit = ({ tools }: Config, name: 'ffmpeg' | 'yt-dlp') =>
  tools.jobs === null
    ? undefined
    : createRunInUnit({
        connector: join(projectRoot, 'build', 'encore-job'),
        socket: join(tools.jobs, name),
        searchPath: tools.searchPath,
      });

const banner = (config: Config, port: number, code: string | undefined): string => {
  const base = config.http.publicUrl.replace(/:0$/, `:${port}`);
  const url = code === undefined ? base : `${base}/#setup=${code}`;
  const { mode, host, port: mqttPort, external } = config.mqtt;
  const mqttUrl = mode === 'external' ? external.url : `mqtt://${host}:${mqttPort}`;
  return [
    '',
    code === undefined ? '  Encore is ready.' : '  Encore is ready. One click sets it up:',
    `  Open  ${url}`,
    ...(mode === 'off' ? [] : [`  MQTT  ${mqttUrl}`]),
    '',
  ].join('\n');
};

const run = async (config: Config): Promise<void> => {
  const { dataDir, logDir } = config.paths;
  mkdirSync(dataDir, { recursive: true, mode: 0o750 });
  const lock = lockDataFolder(dataDir);
  const logger = createLog({
    level: config.log.level,
    name: 'app',
    dir: config.log.journal ? null : logDir,
  });
  const manager = await connectServiceManager(config.serviceManager, logger);
  manager.status('Reading the event log');
  const version = readVersion();
  const storage = openStorage(join(dataDir, 'encore.db'));
  const setupCode = () =>
    config.auth.setupCode ?? readOrMakeSecret(join(dataDir, 'setup-code'), makeSetupCode);
  const jwtSecret = config.auth.jwtSecret ?? readOrMakeSecret(join(dataDir, 'jwt-secret'));
  const link = createPlayerSocket({ path: config.paths.playerSocket, log: logger });
  const media = createMediaTools(config.tools, runInUnit(config, 'ffmpeg'));
  const runYtDlp = runInUnit(config, 'yt-dlp');
  const speechEngines = createSpeechEngines(config.speech);
  const { tempDir, allowedHosts } = config.extractions;
  const { ytDlp: configured, searchPath } = config.tools;
  const mediaSource = createYtDlpSource({
    configured,
    searchPath,
    dataDir,
    tempDir,
    allowedHosts,
    logger,
    ...(runYtDlp && { run: runYtDlp }),
  });
  const boxId = readOrMakeSecret(join(dataDir, 'box-id'), uuidv7);
  const app = createApp({
    config,
    storage,
    logger,
    version,
    boxId,
    link,
    media,
    watchFolder,
    speechEngines,
    mediaSource,
    audioExtractor: media,
    jwtSecret,
    setupCode,
  });

  let advertised: ReturnType<typeof advertise> | undefined;
  const stopping = new AbortController();
  const stop = async (signal: string) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    manager.stopping();
    logger.info({ signal }, 'stopping');
    await advertised?.stop();
    await app.stop();
    lock.release();
    logger.info({}, 'stopped');
  };
  // `on`, not `once`: a repeated signal is one signal.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(signal));

  manager.status('Starting the rooms');
  process.on('uncaughtException', (error) => {
    // A broker is no reason to stop sound and API. Anything else may have left half a thing done.
    if (app.recover(error)) return;
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(exitFault);
  });

  await app.start();
  manager.status('Waiting for the first scan and the player');
  const port = app.httpPort();
  logger.info({ version, port }, 'started');
  if (!stopping.signal.aborted && !isLoopback(config.http.host)) {
    advertised = advertise({ id: boxId, port, version, url: config.http.publicUrl }, logger);
  }
  const deadline = Date.now() + bannerWaitMsMax;
  const starting = () => Object.values(app.health()).some(({ state }) => state === 'starting');
  const { signal: ending } = stopping;
  while (!ending.aborted && starting() && Date.now() < deadline) await sleep(20);
  if (ending.aborted) return;
  manager.ready(`Ready on port ${port}`);
  manager.watch(app.selfCheck);
  const code = isNewBox(storage) ? setupCode() : undefined;
  if (code !== undefined) logger.info({}, `a new box: its setup code is ${code}`);
  process.stdout.write(`${banner(config, port, code)}\n`);
};

const config = loadConfigOrExit();
try {
  await run(config);
} catch (error) {
  const sentence = cannotStart(error, config);
  if (sentence === undefined) throw error;
  process.stderr.write(`encore: ${sentence}\n`);
  process.exit(exitCannotStart);
}
