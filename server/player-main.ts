/** The player process: the only one that loads libvlc. The server need not run for it to start. */
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { pino } from 'pino';
import { z } from 'zod';
import { parsePlayerConfig } from './adapters/vlc/player-config.ts';
import { createPlayerProcess, type PlayerProcess } from './adapters/vlc/player-process.ts';

/** EX_CONFIG of sysexits(3): starting again would not help, as the launcher knows. */
const exitCannotStart = 78;

const packageFile = z.object({ version: z.string() });

const readVersion = (): string => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return packageFile.parse(JSON.parse(text)).version;
};

/** Decoding before anybody else's work, where we may; threads that are made later inherit it. */
const raisePriority = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // Not allowed without privileges: a busy box may then be heard.
  }
};

const main = (): void => {
  // oxlint-disable-next-line node/no-process-env -- This process's one look at its environment.
  const config = parsePlayerConfig(process.env);
  // Synchronous: the last line before a crash is the one that matters.
  const log = pino(
    { name: 'player', level: config.logLevel },
    pino.destination({ fd: 2, sync: true }),
  );
  raisePriority();

  let stopping = false;
  const stop = (reason: string): void => {
    // A terminal and a supervisor may both send the signal: it is one.
    if (stopping) return;
    stopping = true;
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
    config,
    version: readVersion(),
    log,
    abandoned: () => stop('the server is gone'),
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  playerProcess.start();
};

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // Not by itself: the mixer's threads may run already.
  process.exit(exitCannotStart);
}
