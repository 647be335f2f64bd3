import Database from 'better-sqlite3';
import type { Logger } from '../kernel/logger.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import { PowerCut } from './disk.ts';
import { Violation } from './violation.ts';

/** What a server may say and do while its disk or its power fails. */
export const isDeviceFault = (error: unknown): boolean =>
  error instanceof PowerCut ||
  error instanceof StorageUnavailable ||
  (error instanceof Database.SqliteError && /^SQLITE_(?:IOERR|FULL)/.test(error.code));

const textOf = (error: unknown): string =>
  error instanceof Error ? String(error.stack) : String(error);

/** Keeps the first broken promise until the step is over: a throw amid the server's code might be caught by it. */
export const createVerdict = () => {
  let first: Violation | undefined;
  const blame = (invariant: string, what: string): void => {
    first ??= new Violation(invariant, what);
  };
  return {
    first: () => first,
    blame,
    /** Unless the disk is at fault. */
    unexpected(invariant: string, where: string, error: unknown): void {
      const cause: unknown = error instanceof Error ? error.cause : undefined;
      if (!isDeviceFault(error) && !isDeviceFault(cause))
        blame(invariant, `${where}: ${textOf(error)}`);
    },
    watch(check: () => void): void {
      try {
        check();
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        first ??= error;
      }
    },
  };
};
export type Verdict = ReturnType<typeof createVerdict>;

/** A server's log: what it complains of is a broken promise, unless the disk is at fault. */
export const listeningLogger = (
  verdict: Verdict,
  ports: { trace(line: string): void; isAlive(): boolean },
): Logger => {
  const complain = ({ err }: Record<string, unknown>, message: string) => {
    ports.trace(`log: ${message} ${err instanceof Error ? err.message : ''}`);
    if (ports.isAlive() && err !== undefined)
      verdict.unexpected('no unexpected error', message, err);
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (details, message) => {
      if ('reactor' in details && 'attempt' in details) complain(details, message);
    },
    error: complain,
  };
};
