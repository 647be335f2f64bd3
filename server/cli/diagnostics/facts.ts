import { existsSync, readFileSync, statSync } from 'node:fs';
import {
  arch,
  availableParallelism,
  hostname,
  loadavg,
  release,
  totalmem,
  type,
  uptime,
  userInfo,
} from 'node:os';
import { join } from 'node:path';
import { secretFiles } from '../../adapters/backup/backup-format.ts';
import { createRunChild } from '../../adapters/ffmpeg/child.ts';
import { readVersion, type Config } from '../../config.ts';
import { openStorageToRead, type Storage } from '../../kernel/storage.ts';
import { personalWords } from '../../users/index.ts';
import { databasePath } from '../command.ts';

const askTimeoutMs = 10_000;
const answerBytesMax = 64 * 1024;

const firstLine = async (program: string, args: readonly string[]): Promise<string | null> => {
  const options = { timeoutMs: askTimeoutMs, stdoutBytesMax: answerBytesMax };
  const { outcome, stdout } = await createRunChild([])(program, args, options);
  return outcome === 'succeeded' ? (stdout.split('\n')[0] ?? '') : null;
};

const system = (): string | null => {
  const file = '/etc/os-release';
  if (!existsSync(file)) return null;
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? null;
};

export const versions = async ({ tools }: Config) => ({
  encore: readVersion(),
  node: process.versions.node,
  system: system(),
  kernel: `${type()} ${release()} ${arch()}`,
  cores: availableParallelism(),
  memory_mib: Math.round(totalmem() / 2 ** 20),
  load: loadavg(),
  up_s: Math.round(uptime()),
  ffmpeg: await firstLine(tools.ffmpeg, ['-version']),
  yt_dlp: await firstLine(tools.ytDlp ?? 'yt-dlp', ['--version']),
});

/** Runs `body` on the log; undefined where there is none or it cannot be read. */
const onDatabase = <T>(config: Config, body: (storage: Storage) => T): T | undefined => {
  const path = databasePath(config);
  if (!existsSync(path)) return undefined;
  try {
    const storage = openStorageToRead(path);
    try {
      return body(storage);
    } finally {
      storage.close();
    }
  } catch {
    return undefined;
  }
};

/** Counts alone: how much happened, and nothing of what. */
export const databaseFacts = (config: Config): unknown =>
  onDatabase(config, (storage) => ({
    sqlite: storage.prepare('SELECT sqlite_version()').pluck().get(),
    bytes: statSync(databasePath(config)).size,
    events: Object.fromEntries(
      storage
        .prepare<[], [string, number]>('SELECT type, count(*) FROM events GROUP BY type')
        .raw()
        .all(),
    ),
    read_models: Object.fromEntries(
      storage.prepare<[], [string, number]>('SELECT name, version FROM projections').raw().all(),
    ),
  })) ?? null;

const secretsOf = ({ paths, auth, mqtt }: Config): string[] => {
  const files = secretFiles
    .map((name) => join(paths.dataDir, name))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split(/\s+/));
  const { username, password, account } = mqtt.external;
  return [...files, auth.jwtSecret, auth.setupCode, username, password, account].filter(
    (word) => word !== null,
  );
};

const hostOf = (url: string): string[] => (URL.canParse(url) ? [new URL(url).hostname] : []);

/** Without these the rest could not be read. */
const everybodys = new Set(
  'localhost 127.0.0.1 0.0.0.0 :: encore root accounts.google.com'.split(' '),
);

/**
 * All that is known to be somebody's: undefined where there is a log whose names cannot be read,
 * so that nobody could take them out of anything.
 */
export const wordsToHide = (config: Config): string[] | undefined => {
  const people = existsSync(databasePath(config)) ? onDatabase(config, personalWords) : [];
  if (!people) return undefined;
  const { http, mqtt, extractions, player, auth } = config;
  const issuers = auth.providers.flatMap((one) => (one.kind === 'oidc' ? [one.issuer] : []));
  const hosts = [http.publicUrl, mqtt.external.url, ...issuers].flatMap(hostOf);
  const here = [hostname(), userInfo().username, http.host, mqtt.host, player.device];
  return [...people, ...secretsOf(config), ...hosts, ...here, ...extractions.allowedHosts].filter(
    (word) => !everybodys.has(word.toLowerCase()),
  );
};
