import { accessSync, constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFailure, SourceLimits } from '../../extractions/media-source.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { AddressGuard, FilteringProxy, Pass } from '../address-guard/index.ts';
import type { ChildResult, RunChild } from '../ffmpeg/child.ts';
import { commonArguments } from './arguments.ts';
import type { Cookies } from './cookies.ts';
import { cleanWords, isTooLarge, sourceFailure, translate } from './failures.ts';
import { emptySearchPath, isOld, type Tool } from './tool.ts';

export const callLimits = {
  /** Of yt-dlp itself: what a site sends it to read must not take the box's memory. */
  memoryBytesMax: 1024 * 1024 * 1024,
  /** The smallest limit on a written file; below it only the network's limit counts. */
  fileBytesMin: 64 * 1024 * 1024,
} as const;

export const sourceLimits = {
  infoBytesMax: 16 * 1024 * 1024,
  /** Pages, players and lists; also besides the media itself. */
  pagesBytesMax: 64 * 1024 * 1024,
  /** Reports of progress. */
  reportsBytesMax: 64 * 1024 * 1024,
} as const;

const workPrefix = 'encore-yt-dlp-';
/** Only what was made here is ever removed: the folder may be anybody's. */
const ours = /^encore-yt-dlp-[A-Za-z0-9]{6}$/;

const prlimit = '/usr/bin/prlimit';
const canLimit = (): boolean => {
  try {
    accessSync(prlimit, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The kernel holds these, whatever the tool does. */
const limited = ([program, ...before]: readonly [string, ...string[]], fileBytesMax: number) => {
  if (!canLimit()) return [program, before] as const;
  const bytes = Math.max(fileBytesMax, callLimits.fileBytesMin);
  const limits = [`--data=${callLimits.memoryBytesMax}`, `--fsize=${bytes}`, '--core=0'];
  return [prlimit, [...limits, program, ...before]] as const;
};

const environmentOf = (folder: string, proxy: string) => ({
  PATH: emptySearchPath,
  HOME: folder,
  TMPDIR: folder,
  LANG: 'C.UTF-8',
  PYTHONDONTWRITEBYTECODE: '1',
  http_proxy: proxy,
  https_proxy: proxy,
  ftp_proxy: proxy,
  all_proxy: proxy,
});

export const addressRefused = (host: string): SourceFailure =>
  sourceFailure(
    'address_refused',
    `${host} is not on the public internet, and links do not lead into this house.`,
    `Use a public link, or let the owner of the box add ${host} to EXTRACTION_ALLOW_PRIVATE_HOSTS.`,
  );

export const unreachable = (host: string): SourceFailure =>
  sourceFailure(
    'unreachable',
    `${host} is not known or does not answer.`,
    'Check the link and the internet connection of the box, and try again in a few minutes.',
  );

export type Call = {
  readonly tool: Tool;
  readonly url: URL;
  readonly args: readonly string[];
  readonly limits: SourceLimits;
  /** From the network, all in all. */
  readonly networkBytesMax: number;
  readonly stdoutBytesMax: number;
  readonly signal: AbortSignal;
  /** Where it runs and writes; without it, in a folder that goes with the call. */
  readonly folder?: string;
  readonly onStdout?: (chunk: Buffer) => void;
  /** More that was said, on standard output. */
  readonly words?: () => string;
};

export type RunCall = (call: Call) => Promise<Called>;
export type Called =
  | { readonly ok: true; readonly stdout: string; readonly words: string }
  | SourceFailure;

const timedOut = (words: string) =>
  sourceFailure(
    'timed_out',
    'The site took too long.',
    'Try again later, or choose something shorter.',
    words,
  );

/** Removes the work folders of calls that a crash left over, and passes over what does not go. */
export const clearWork = async (tempDir: string, logger: Logger): Promise<void> => {
  await mkdir(tempDir, { recursive: true });
  for (const name of await readdir(tempDir)) {
    if (!ours.test(name)) continue;
    const path = join(tempDir, name);
    await rm(path, { recursive: true, force: true }).catch((error: unknown) =>
      logger.warn({ err: error, path }, 'what a crash left over cannot be removed'),
    );
  }
};

const wordsOf = (call: Call, { lastWords }: ChildResult, secrets: readonly string[]): string =>
  cleanWords(`${call.words?.() ?? ''}\n${lastWords}`, secrets);

/** One yt-dlp, which reaches nothing but what the guard lets through, and leaves nothing behind. */
export const createCall = (parts: {
  readonly run: RunChild;
  readonly guard: AddressGuard;
  readonly proxy: FilteringProxy;
  readonly cookies: Cookies;
  readonly tempDir: string;
  readonly logger: Logger;
  readonly now: () => number;
}): RunCall => {
  const { run, guard, proxy, cookies, tempDir, logger, now } = parts;

  const failureOf = (
    call: Call,
    result: ChildResult,
    pass: Pass,
    tooMuch: boolean,
    secrets: readonly string[],
  ): SourceFailure => {
    const words = wordsOf(call, result, secrets);
    const [refused] = pass.refused;
    if (refused !== undefined) return { ...addressRefused(refused), last_words: words };
    if (tooMuch) return isTooLarge(words);
    switch (result.outcome) {
      case 'timed_out':
        return timedOut(words);
      case 'too_much_output':
        return isTooLarge(words);
      case 'not_started':
        return sourceFailure(
          'tool_missing',
          'yt-dlp could not be started.',
          'Update yt-dlp in the settings, or install it on the box.',
          words,
        );
      case 'failed':
      case 'succeeded': {
        const failure = translate(words, isOld(call.tool, now()));
        const [silent] = pass.unreached;
        return silent !== undefined && ['unreachable', 'unknown'].includes(failure.code)
          ? { ...unreachable(silent), last_words: words }
          : failure;
      }
    }
  };

  const inFolder = async (call: Call, work: string): Promise<Called> => {
    const ended = new AbortController();
    let tooMuch = false;
    const pass = proxy.openPass({
      bytesMax: call.networkBytesMax,
      onTooMuch: () => {
        tooMuch = true;
        ended.abort();
      },
    });
    try {
      const cookiesFile = join(work, 'cookies.txt');
      const lent = await cookies.lend(cookiesFile);
      const [command, before] = limited(call.tool.command, call.limits.mediaBytesMax);
      const result = await run(
        command,
        [
          ...before,
          ...commonArguments(call.tool, lent && cookiesFile),
          ...call.args,
          '--',
          call.url.href,
        ],
        {
          timeoutMs: call.limits.timeoutMs,
          stdoutBytesMax: call.stdoutBytesMax,
          environment: environmentOf(work, pass.url),
          folder: call.folder ?? work,
          signal: AbortSignal.any([call.signal, ended.signal]),
          ...(call.onStdout && { onStdout: call.onStdout }),
        },
      ).catch((error: unknown) => {
        if (!tooMuch || call.signal.aborted) throw error;
        return { outcome: 'failed', stdout: '', lastWords: '' } as const;
      });
      const secrets = [pass.secret, ...(lent?.secrets ?? [])];
      if (result.outcome !== 'succeeded') return failureOf(call, result, pass, tooMuch, secrets);
      if (pass.refused.length > 0) logger.warn({ hosts: pass.refused }, 'a link led to these too');
      return { ok: true, stdout: result.stdout, words: wordsOf(call, result, secrets) };
    } finally {
      pass.close();
    }
  };

  return async (call: Call): Promise<Called> => {
    const checked = await guard.check(call.url.hostname);
    call.signal.throwIfAborted();
    if (!checked.ok) {
      const { hostname } = call.url;
      return checked.why === 'refused' ? addressRefused(hostname) : unreachable(hostname);
    }
    await mkdir(tempDir, { recursive: true });
    const work = await mkdtemp(join(tempDir, workPrefix));
    try {
      await chmod(work, 0o700);
      return await inFolder(call, work);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };
};
