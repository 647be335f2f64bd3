import { join } from 'node:path';
import type { MediaSource } from '../../extractions/media-source.ts';
import type { Logger } from '../../kernel/logger.ts';
import { createRunChild, lowestPriority, type RunChild } from '../ffmpeg/child.ts';
import { createAddressGuard, createFilteringProxy, type Lookup } from '../address-guard/index.ts';
import { resolveArguments } from './arguments.ts';
import { clearWork, createCall, sourceLimits } from './call.ts';
import { createCookies } from './cookies.ts';
import { sourceFailure } from './failures.ts';
import { createFetchMedia } from './fetch-media.ts';
import { judge } from './info.ts';
import { parseLink } from './link.ts';
import { latestRelease } from './release.ts';
import { createToolbox, installAdvice } from './toolbox.ts';

export type YtDlpOptions = {
  /** YTDLP_PATH, a path or a name on `searchPath`; null: the own copy, then the system's. */
  readonly configured: string | null;
  /** PATH: where the system's yt-dlp and python3 are looked for. */
  readonly searchPath: string;
  /** The own copy and the cookies file are in `<dataDir>/yt-dlp/`. */
  readonly dataDir: string;
  /** Work folders of running calls, `encore-yt-dlp-*`; left-over ones go at `start`. */
  readonly tempDir: string;
  /** EXTRACTION_ALLOW_PRIVATE_HOSTS: names, addresses and CIDRs that the address guard lets through. */
  readonly allowedHosts: readonly string[];
  readonly logger: Logger;
  /** Where `yt-dlp` and `SHA2-256SUMS` of the newest release are. */
  readonly releasesUrl?: string;
  /** Without it, yt-dlp's own. */
  readonly sponsorblockApi?: string;
  readonly lookup?: Lookup;
  /** Without it, children of this process at lowest priority. */
  readonly run?: RunChild;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const notStarted = () => new Error('the source of media has not been started');

/** yt-dlp behind the port of extractions: its own processes, reaching the network through a guard. */
export const createYtDlpSource = (options: YtDlpOptions): MediaSource => {
  const { configured, searchPath, dataDir, tempDir, allowedHosts, logger } = options;
  const { releasesUrl = latestRelease, now = Date.now, sponsorblockApi = null, lookup } = options;
  const { run = createRunChild(lowestPriority()) } = options;
  const folder = join(dataDir, 'yt-dlp');
  const guard = createAddressGuard({ allowedHosts, ...(lookup && { lookup }) });
  const proxy = createFilteringProxy(guard);
  const cookies = createCookies(folder);
  const toolbox = createToolbox({
    configured,
    searchPath,
    folder,
    releasesUrl,
    logger,
    now,
    run,
  });
  const call = createCall({ run, guard, proxy, cookies, tempDir, logger, now });
  const fetchMedia = createFetchMedia(call, now);
  let ended: AbortController | undefined;
  const underWay = new Set<Promise<unknown>>();

  /** Until it is cancelled or everything stops. */
  const during = async <T>(
    signal: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (!ended) throw notStarted();
    const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    either.throwIfAborted();
    const running = task(either);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };

  const begin = async (link: string) => {
    const parsed = parseLink(link);
    if (!parsed.ok) return sourceFailure('unsupported_url', parsed.message, parsed.advice);
    const found = await toolbox.find();
    if (!found.ok) {
      const advice = configured === null ? installAdvice : 'Check YTDLP_PATH.';
      return sourceFailure('tool_missing', found.detail, advice);
    }
    return { ok: true, url: parsed.url, tool: found.tool } as const;
  };

  const resolve: MediaSource['resolve'] = (link, { sponsorblock, limits, signal: asked }) =>
    during(asked, async (signal) => {
      const begun = await begin(link);
      if (!begun.ok) return begun;
      const { url, tool } = begun;
      const ask = (marks: boolean) =>
        call({
          tool,
          url,
          args: resolveArguments(marks, sponsorblockApi),
          limits,
          networkBytesMax: sourceLimits.pagesBytesMax,
          stdoutBytesMax: sourceLimits.infoBytesMax,
          signal,
        });
      let answer = await ask(sponsorblock);
      const missed = !answer.ok && sponsorblock && /SponsorBlock/i.test(answer.last_words);
      if (!answer.ok && missed) {
        logger.warn({ last_words: answer.last_words }, 'SponsorBlock does not answer');
        answer = await ask(false);
      }
      if (!answer.ok) return answer;
      const judged = judge(parseJson(answer.stdout), url, limits);
      return judged.ok && missed ? { ...judged, sponsored: null } : judged;
    });

  const download: MediaSource['download'] = (media, { signal: asked, ...given }) =>
    during(asked, async (signal) => {
      const begun = await begin(media.webpage_url);
      return begun.ok ? fetchMedia(begun, given, signal) : begun;
    });

  return {
    resolve,
    download,
    isThere: toolbox.isThere,
    status: async () => {
      const [yt_dlp, jar] = await Promise.all([toolbox.status(), cookies.status()]);
      return { yt_dlp, cookies: jar };
    },
    update: (signal) => during(signal, toolbox.update),
    rollBack: () => during(undefined, toolbox.rollBack),
    setCookies: cookies.set,
    clearCookies: cookies.clear,
    start: async () => {
      await clearWork(tempDir, logger);
      await toolbox.prune();
      await proxy.start();
      ended = new AbortController();
    },
    stop: async () => {
      ended?.abort();
      ended = undefined;
      await Promise.allSettled(underWay);
      await proxy.stop();
    },
  };
};
