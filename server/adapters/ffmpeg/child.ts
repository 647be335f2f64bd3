import { accessSync, constants } from 'node:fs';
import { execa } from 'execa';

export const lastWordsBytesMax = 4 * 1024;
export const lastWordsLinesMax = 12;

export type ChildOptions = {
  readonly timeoutMs: number;
  readonly stdoutBytesMax: number;
  /** Where more is to be read in them than a person wants to. */
  readonly lastWordsLinesMax?: number;
  /** Given to the child on its standard input; without it there is none. */
  readonly stdin?: string;
  /** All that the child finds in its environment; without it that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs. */
  readonly folder?: string;
  /** Takes the output as it comes; without it the output is in the result. */
  readonly onStdout?: (chunk: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
};

export type ChildResult = {
  readonly outcome: 'succeeded' | 'failed' | 'timed_out' | 'too_much_output' | 'not_started';
  readonly stdout: string;
  readonly lastWords: string;
};

export type RunChild = (
  command: string,
  args: readonly string[],
  options: ChildOptions,
) => Promise<ChildResult>;

/** `RunChild` of one program. */
export type RunTool = (args: readonly string[], options: ChildOptions) => Promise<ChildResult>;

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Wrapping beats `os.setPriority` after the spawn: on Linux that reaches one thread only, and
 * threads the tool has already started would keep the old priority.
 */
export const lowestPriority = (): readonly string[] => [
  ...(executable('/usr/bin/nice') ? ['/usr/bin/nice', '-n', '19'] : []),
  ...(executable('/usr/bin/ionice') ? ['/usr/bin/ionice', '-t', '-c', '3'] : []),
];

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const tail = (text: string, linesMax: number): string =>
  text
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(-linesMax)
    .join('\n');

/** Runs one media tool in a process group of its own. Throws the signal's reason when cancelled. */
export const createRunChild =
  (prefix: readonly string[]): RunChild =>
  async (command, args, options) => {
    options.signal?.throwIfAborted();
    const [file, ...rest] = [...prefix, command, ...args] as [string, ...string[]];
    const child = execa(file, rest, {
      detached: true,
      ...(options.stdin === undefined ? { stdin: 'ignore' } : { input: options.stdin }),
      ...(options.environment && { env: options.environment, extendEnv: false }),
      ...(options.folder !== undefined && { cwd: options.folder }),
      buffer: false,
      reject: false,
      encoding: 'buffer',
    });

    let outcome: ChildResult['outcome'] | undefined;
    const end = (why: ChildResult['outcome'] | undefined) => {
      outcome ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => end('timed_out'), options.timeoutMs);
    const cancel = () => end(undefined);
    options.signal?.addEventListener('abort', cancel, { once: true });

    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > options.stdoutBytesMax) return end('too_much_output');
      if (options.onStdout) options.onStdout(chunk);
      else stdout.push(chunk);
    });
    let lastWords = '';
    child.stderr.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-lastWordsBytesMax);
    });

    try {
      const result = await child;
      options.signal?.throwIfAborted();
      const started = child.pid !== undefined;
      return {
        outcome: outcome ?? (!started ? 'not_started' : result.failed ? 'failed' : 'succeeded'),
        stdout: Buffer.concat(stdout).toString('utf8'),
        lastWords: tail(
          started ? lastWords : (result.shortMessage ?? 'could not be started'),
          options.lastWordsLinesMax ?? lastWordsLinesMax,
        ),
      };
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
    }
  };

/**
 * Runs media tools in systemd units of their own, by a program that is to us what the tool would be.
 * They are told nothing of this process' environment.
 */
export const createRunInUnit = (units: {
  /** `encore-job`, see its source. */
  readonly connector: string;
  /** Of the unit that runs one job. */
  readonly socket: string;
  readonly searchPath: string;
}): RunChild => {
  const run = createRunChild([units.connector, units.socket]);
  const environment = { PATH: units.searchPath, LANG: 'C.UTF-8' };
  return (command, args, options) => run(command, args, { environment, ...options });
};
