import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Config, Environment } from '../config.ts';
import { openStorageToRead, type Storage } from '../kernel/storage.ts';

/** Those of the manual: `notRunning` is what a status of a stopped service is in the LSB. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, notRunning: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a person can mend, in one sentence. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
}

/** The command was given in a form it does not have. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

export type CommandInput = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
  readonly config: Config;
  /** A line of the answer. */
  readonly print: (line: string) => void;
  /** A line beside the answer, on standard error. */
  readonly remark: (line: string) => void;
};

export type Command = {
  /** `audit verify`. */
  readonly name: string;
  /** What may follow the name. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** One line for each option or argument. */
  readonly help: readonly string[];
  readonly options: ParseArgsOptionsConfig;
  readonly positionalsMax: number;
  /** Variables of the configuration that its options set. */
  readonly overrides?: (values: CommandInput['values']) => Environment;
  run(input: CommandInput): ExitCode | Promise<ExitCode>;
};

export const databasePath = ({ paths }: Config): string => join(paths.dataDir, 'encore.db');

export const requireDatabase = (config: Config): string => {
  const path = databasePath(config);
  if (existsSync(path)) return path;
  throw new CommandFault(
    `there is no log in ${config.paths.dataDir}: start Encore once, or set DATA_DIR`,
  );
};

/** Lends a connection that cannot write; the server may be running or not. */
export const reading = <T>(config: Config, body: (storage: Storage) => T): T => {
  const storage = openStorageToRead(requireDatabase(config));
  try {
    return body(storage);
  } finally {
    storage.close();
  }
};
