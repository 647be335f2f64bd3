import { spawn, type ChildProcess } from 'node:child_process';
import { exitCannotStart } from './exit-codes.ts';
import { signalGroup } from './pid-file.ts';

export type ChildSpec = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Left out: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
};

export type ChildLimits = {
  /** Asked to end, and killed after that. */
  readonly stopTimeoutMs: number;
  /** A child that has run so long has started well: its crashes are counted anew. */
  readonly settledMs: number;
  /** Pauses before the 1st, 2nd … restart in a row; the last one goes on. */
  readonly restartDelaysMs: readonly number[];
};

export const defaultLimits: ChildLimits = {
  stopTimeoutMs: 10_000,
  settledMs: 10_000,
  restartDelaysMs: [200, 500, 1_000, 2_000, 4_000],
};

export type ChildEvents = {
  spawned(name: string, pid: number): void;
  say(line: string): void;
  /** It said at its first start that it cannot run as things are. */
  cannotStart(code: number): void;
};

export type SupervisedChild = {
  start(): void;
  /** False: it had to be killed. */
  stop(): Promise<boolean>;
  /** At once, for the end of this process. */
  kill(): void;
};

const howItEnded = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal ? `was ended by ${signal}` : `ended with code ${code}`;

/** Keeps one child running. It has a process group of its own: Ctrl-C reaches us alone, and we keep the order. */
export const superviseChild = (
  spec: ChildSpec,
  events: ChildEvents,
  limits: ChildLimits,
): SupervisedChild => {
  const { name } = spec;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let crashes = 0;
  let hasSettled = false;
  let stopped: PromiseWithResolvers<void> | undefined;

  const ended = (startedAt: number, how: string, code: number | null) => {
    if (child?.pid) signalGroup(child.pid, 'SIGKILL');
    child = undefined;
    if (stopped) return stopped.resolve();
    if (performance.now() - startedAt >= limits.settledMs) {
      hasSettled = true;
      crashes = 0;
    }
    if (code === exitCannotStart && !hasSettled) return events.cannotStart(code);
    const delayMs = limits.restartDelaysMs[crashes] ?? limits.restartDelaysMs.at(-1) ?? 1_000;
    crashes += 1;
    events.say(`the ${name} ${how}; it starts again in ${delayMs / 1000} s`);
    timer = setTimeout(start, delayMs);
  };

  const start = () => {
    const startedAt = performance.now();
    child = spawn(spec.command, spec.args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      ...(spec.env ? { env: spec.env } : {}),
    });
    child.once('error', (error) => {
      if (child?.pid === undefined) ended(startedAt, `did not start (${error.message})`, null);
    });
    child.once('exit', (code, signal) => ended(startedAt, howItEnded(code, signal), code));
    if (child.pid !== undefined) events.spawned(name, child.pid);
  };

  const kill = () => {
    if (child?.pid) signalGroup(child.pid, 'SIGKILL');
  };

  return {
    start,
    kill,
    async stop() {
      clearTimeout(timer);
      if (!child) return true;
      stopped = Promise.withResolvers();
      child.kill('SIGTERM');
      let orderly = true;
      const timeUp = setTimeout(() => {
        orderly = false;
        events.say(`the ${name} did not stop in ${limits.stopTimeoutMs / 1000} s and was killed`);
        kill();
      }, limits.stopTimeoutMs);
      await stopped.promise;
      clearTimeout(timeUp);
      return orderly;
    },
  };
};
