import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitCannotStart } from './exit-codes.ts';
import { endProcess, readPidFile, removePidFile, writePidFile } from './pid-file.ts';
import type { NamedProcess } from './pid-file.ts';
import { identify, isAlive } from './process-identity.ts';
import { superviseChild, type ChildLimits, type ChildSpec } from './supervised-child.ts';

export type LaunchOptions = {
  /** Started in this order and stopped in this order too: see `launch`. */
  readonly children: readonly ChildSpec[];
  readonly dataDir: string;
  readonly limits: ChildLimits;
  readonly say: (line: string) => void;
};

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends what a killed launcher left behind. False: that launcher is alive and so is its box. */
const reap = async (pidFile: string, options: LaunchOptions): Promise<boolean> => {
  const left = readPidFile(pidFile);
  if (!left) return true;
  if (isAlive(left.launcher)) {
    options.say(
      `Encore is running already in ${options.dataDir} (process ${left.launcher.pid}): stop it first, or set DATA_DIR and PORT to others`,
    );
    return false;
  }
  for (const child of left.children.filter(isAlive)) {
    options.say(
      `ending the ${child.name} that an earlier start left running (process ${child.pid})`,
    );
    await endProcess(child, options.limits.stopTimeoutMs);
  }
  return true;
};

const prepare = async (pidFile: string, options: LaunchOptions): Promise<boolean> => {
  try {
    mkdirSync(options.dataDir, { recursive: true });
    if (!(await reap(pidFile, options))) return false;
    const launcher = identify(process.pid);
    if (launcher) writePidFile(pidFile, { launcher, children: [] });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.say(`the data folder ${options.dataDir} cannot be written: ${reason}`);
    return false;
  }
};

/**
 * Runs the children until a signal or until one of them cannot start. The exit code: 0 after an
 * orderly stop, 1 when a child had to be killed, else the code of the one that could not start.
 *
 * The server comes first both times. At the stop it closes its doors, ends what sounds and records
 * it while the player is still there; the other way round every stop would be a lost player.
 */
export const launch = async (options: LaunchOptions): Promise<number> => {
  const pidFile = join(options.dataDir, 'launcher.pid');
  if (!(await prepare(pidFile, options))) return exitCannotStart;

  const { promise: told, resolve: end } = Promise.withResolvers<number>();
  const running = new Map<string, NamedProcess>();
  const spawned = (name: string, pid: number) => {
    const [launcher, child] = [identify(process.pid), identify(pid)];
    if (!launcher || !child) return;
    running.set(name, { name, ...child });
    try {
      writePidFile(pidFile, { launcher, children: [...running.values()] });
    } catch (error) {
      // A full disk must not end the box: only reaping after a crash would know less.
      options.say(`${pidFile} could not be written: ${String(error)}`);
    }
  };
  const events = { spawned, say: options.say, cannotStart: end };
  const children = options.children.map((spec) => superviseChild(spec, events, options.limits));

  process.once('exit', () => children.forEach((child) => child.kill()));
  // Never taken off: npm and the terminal may both send one, and the second is the first.
  for (const signal of stopSignals) process.on(signal, () => end(0));
  for (const child of children) child.start();

  const code = await told;
  let orderly = true;
  for (const child of children) orderly = (await child.stop()) && orderly;
  removePidFile(pidFile);
  return code === 0 && !orderly ? 1 : code;
};
