import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import pino, { type Logger, type StreamEntry } from 'pino';

/** Only for people: a process whose lines a program reads does without it. */
const pretty = isatty(1) ? (await import('pino-pretty')).default : null;

export type Log = Logger;

export type LogOptions = {
  readonly level: string;
  /** Log file without folder and ending: `app` for the server, `player` for the player. */
  readonly name: string;
  /** Folder of the log file; null writes none (systemd's journal keeps what is printed). */
  readonly dir: string | null;
  readonly fileBytesMax?: number;
  /** Rotated files kept besides the current one. */
  readonly filesKept?: number;
};

const secretKeys =
  'password token access_token refresh_token accessToken refreshToken secret jwtSecret setupCode authorization cookie ["set-cookie"]'.split(
    ' ',
  );

/** Two levels deep: `log.info({ req: { headers } })` is `req.headers.cookie`. */
const redactedPaths = ['', '*.', '*.*.'].flatMap((prefix) =>
  secretKeys.map((key) =>
    key.startsWith('[') ? `${prefix.replace(/\.$/, '')}${key}` : prefix + key,
  ),
);

/** app.2.log → app.3.log, app.1.log → app.2.log, app.log → app.1.log; the oldest goes. */
const shiftFiles = (dir: string, name: string, kept: number): void => {
  const numbered = (index: number) =>
    join(dir, index === 0 ? `${name}.log` : `${name}.${index}.log`);
  rmSync(numbered(kept), { force: true });
  for (let index = kept - 1; index >= 0; index--) {
    if (existsSync(numbered(index))) renameSync(numbered(index), numbered(index + 1));
  }
};

/**
 * Our own rotation, because pino-roll numbers the current file too: there would be no `app.log`.
 * Written synchronously, so that a crash loses nothing that was said before it.
 */
const openFile = (dir: string, name: string, bytesMax: number, kept: number) => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${name}.log`);
  const destination = pino.destination({ dest: file, sync: true });
  let bytes = statSync(file).size;
  destination.on('write', (written: number) => {
    bytes += written;
    if (bytes < bytesMax) return;
    bytes = 0;
    shiftFiles(dir, name, kept);
    destination.reopen();
  });
  // A full disk must not end the process: the lines still reach the terminal.
  destination.on('error', () => {});
  return destination;
};

/**
 * Lines for people on a terminal, JSON elsewhere, and JSON in `<dir>/<name>.log`, rotated.
 * @throws Error when the folder cannot be written
 */
export const createLog = (options: LogOptions): Log => {
  const { name, dir, fileBytesMax = 10 * 1024 * 1024, filesKept = 5 } = options;
  const level = options.level as pino.Level;
  const terminal = pretty
    ? pretty({ sync: true, ignore: 'pid,hostname,name', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ dest: 1, sync: true });
  const streams: StreamEntry[] = [{ level, stream: terminal }];
  if (dir !== null) {
    streams.push({ level, stream: openFile(dir, name, fileBytesMax, filesKept) });
  }
  const redact = { paths: redactedPaths, censor: '[redacted]' };
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino({ name, level, redact, timestamp }, pino.multistream(streams));
};
