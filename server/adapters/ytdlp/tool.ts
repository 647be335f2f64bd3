import { open, realpath, stat } from 'node:fs/promises';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RunChild } from '../ffmpeg/child.ts';

export type ToolSource = 'own' | 'system' | 'configured';

export type Tool = {
  /** The program and what stands before its options. */
  readonly command: readonly [string, ...string[]];
  readonly source: ToolSource;
  /** Its date, such as 2026.08.19. */
  readonly version: string;
  /** When that version was released. */
  readonly releasedMs: number;
  /** Whether it has an option. */
  knows(option: string): boolean;
};

/** A slow computer that is busy otherwise takes its time to start Python. */
export const askTimeoutMs = 60_000;
const helpBytesMax = 1024 * 1024;
/** yt-dlp finds no program by its name: those on PATH would not go through the address guard. */
export const emptySearchPath = '/nonexistent';

export const toolOldDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

export const ageDays = ({ releasedMs }: Tool, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - releasedMs) / dayMs));

export const isOld = (tool: Tool, nowMs: number): boolean => ageDays(tool, nowMs) > toolOldDays;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** All programs of a name in the folders of PATH; a path is itself. */
export const findPrograms = (name: string, searchPath: string): string[] => {
  const paths = name.includes('/')
    ? [name]
    : searchPath
        .split(delimiter)
        .filter((folder) => folder.startsWith('/'))
        .map((folder) => join(folder, name));
  return paths.filter(isProgram);
};

/** The interpreter itself: what is found on PATH may be a script that needs PATH again. */
const createFindPython = (searchPath: string, run: RunChild) => {
  let found: Promise<string | undefined> | undefined;
  const look = async () => {
    for (const python of findPrograms('python3', searchPath)) {
      const answer = await run(python, ['-c', 'import sys; print(sys.executable)'], {
        timeoutMs: askTimeoutMs,
        stdoutBytesMax: 4096,
        environment: { PATH: searchPath, HOME: homedir() },
      });
      const executable = answer.stdout.trim();
      if (answer.outcome === 'succeeded' && isProgram(executable)) return executable;
    }
    return undefined;
  };
  return async () => {
    found ??= look();
    const python = await found;
    // Somebody may install it now.
    if (python === undefined) found = undefined;
    return python;
  };
};

const wantsPython = async (path: string): Promise<boolean> => {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
  return /^#!\s*\S*\/env\s+python/.test(buffer.toString('latin1', 0, bytesRead));
};

const versionOf = (said: string): { version: string; releasedMs: number } | undefined => {
  const [version, year, month, day] = /^(\d{4})\.(\d{2})\.(\d{2})[\w.]*$/m.exec(said.trim()) ?? [];
  const releasedMs = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return version === undefined || Number.isNaN(releasedMs) ? undefined : { version, releasedMs };
};

export type Inspected =
  | { readonly ok: true; readonly tool: Tool }
  /** Why it cannot be used, for a person. */
  | { readonly ok: false; readonly detail: string };

export const withoutPython = 'yt-dlp needs Python 3, which is not here: install python3.';

/** Asks a yt-dlp who it is and what it can, once for each file. */
export const createInspect = (searchPath: string, run: RunChild) => {
  const findPython = createFindPython(searchPath, run);
  const known = new Map<string, Tool>();

  const ask = (command: readonly [string, ...string[]], option: string) => {
    const [program, ...before] = command;
    return run(program, [...before, '--ignore-config', option], {
      timeoutMs: askTimeoutMs,
      stdoutBytesMax: helpBytesMax,
      environment: { PATH: emptySearchPath, HOME: emptySearchPath, LANG: 'C.UTF-8' },
    });
  };

  const inspect = async (path: string, source: ToolSource): Promise<Inspected> => {
    const { mtimeMs, size } = await stat(path);
    const file = await realpath(path);
    const key = [source, file, mtimeMs, size].join(' ');
    const before = known.get(key);
    if (before) return { ok: true, tool: before };

    const python = (await wantsPython(file)) ? await findPython() : null;
    if (python === undefined) return { ok: false, detail: withoutPython };
    const command = python === null ? ([file] as const) : ([python, file] as const);
    const said = await ask(command, '--version');
    const version = versionOf(said.stdout);
    if (said.outcome !== 'succeeded' || !version) {
      const words = said.lastWords.split('\n').at(-1) ?? '';
      return { ok: false, detail: `${path} does not say its version. ${words}`.trim() };
    }
    const help = await ask(command, '--help');
    const options = new Set(help.stdout.match(/--[a-z][a-z-]+/g));
    const tool = { command, source, ...version, knows: (option: string) => options.has(option) };
    known.set(key, tool);
    return { ok: true, tool };
  };

  return async (path: string, source: ToolSource): Promise<Inspected> => {
    try {
      return await inspect(path, source);
    } catch (error) {
      return { ok: false, detail: `${path} cannot be read: ${(error as Error).message}` };
    }
  };
};
