/** The player process: the only one that loads libvlc. The server need not run for it to start. */
import './require-node.ts';
import { constants, setPriority } from 'node:os';
import { exitCannotStart } from './adapters/system/exit-codes.ts';
import { createLog } from './adapters/system/log.ts';
import { connectServiceManager } from './adapters/system/service-manager.ts';
import { createPlayerProcess, type PlayerProcess } from './adapters/vlc/player-process.ts';
import { loadConfigOrExit, readVersion, type Config } from './config.ts';

/** Decoding before anybody else's work, where we may; threads that are made later inherit it. */
const raisePriority = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // Not allowed without privileges: a busy box may then be heard.
  }
};

const main = async (config: Config): Promise<void> => {
  const log = createLog({
    level: config.log.level,
    name: 'player',
    dir: config.log.journal ? null : config.paths.logDir,
  });
  raisePriority();

  const manager = await connectServiceManager(config.serviceManager, log);
  let stopping = false;
  const stop = (reason: string): void => {
    // A terminal and a supervisor may both send the signal: it is one.
    if (stopping) return;
    stopping = true;
    manager.stopping();
    log.info({ reason }, 'player ends');
    const ended = (code: number): never => process.exit(code);
    playerProcess.stop().then(
      () => ended(0),
      (error: unknown) => {
        log.error({ err: error }, 'player did not end in order');
        ended(1);
      },
    );
  };
  const playerProcess: PlayerProcess = createPlayerProcess({
    config: {
      ...config.player,
      socketPath: config.paths.playerSocket,
      underSystemd: config.underSystemd,
    },
    version: readVersion(),
    log,
    abandoned: () => stop('the server is gone'),
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  playerProcess.start();
  manager.ready('Ready');
  manager.watch(() => {
    manager.status(playerProcess.outputWords());
    return playerProcess.selfCheck();
  });
};

try {
  await main(loadConfigOrExit());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // Not by itself: the mixer's threads may run already.
  process.exit(exitCannotStart);
}
