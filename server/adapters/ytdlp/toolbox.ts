import type { ExtractionStatus, YtDlpUpdate } from '../../extractions/contract.ts';
import type { Logger } from '../../kernel/logger.ts';
import { basename, join } from 'node:path';
import type { RunChild } from '../ffmpeg/child.ts';
import { createOwnCopies } from './own-copies.ts';
import { fetchRelease } from './release.ts';
import {
  ageDays,
  askTimeoutMs,
  createInspect,
  emptySearchPath,
  findPrograms,
  isOld,
  toolOldDays,
  type Inspected,
  type Tool,
  type ToolSource,
} from './tool.ts';

/** A whole yt-dlp knows some 1,800 sites. */
const extractorsMin = 500;
const listBytesMax = 4 * 1024 * 1024;

/** Whether a release does more than say its version. */
const selfTest = async (
  { command: [program, ...before] }: Tool,
  run: RunChild,
): Promise<string | null> => {
  const listed = await run(program, [...before, '--ignore-config', '--list-extractors'], {
    timeoutMs: askTimeoutMs,
    stdoutBytesMax: listBytesMax,
    environment: { PATH: emptySearchPath, HOME: emptySearchPath, LANG: 'C.UTF-8' },
  });
  const sites = listed.stdout.split('\n');
  return listed.outcome === 'succeeded' &&
    sites.length >= extractorsMin &&
    sites.includes('youtube')
    ? null
    : `It does not list its sites. ${listed.lastWords.split('\n').at(-1) ?? ''}`.trim();
};

export const installAdvice = 'Press Update to let Encore fetch one, or install yt-dlp on the box.';

/** Which yt-dlp is used, and how another takes its place. */
export const createToolbox = (options: {
  readonly configured: string | null;
  readonly searchPath: string;
  readonly folder: string;
  readonly releasesUrl: string;
  readonly logger: Logger;
  readonly now: () => number;
  readonly run: RunChild;
}) => {
  const { configured, searchPath, releasesUrl, logger, now, run } = options;
  const own = createOwnCopies(options.folder);
  const inspect = createInspect(searchPath, run);

  const candidates = async (): Promise<readonly (readonly [string, ToolSource])[]> => {
    if (configured !== null) {
      return findPrograms(configured, searchPath).map((path) => [path, 'configured'] as const);
    }
    const current = await own.current();
    return [
      ...(current === null ? [] : [[current, 'own'] as const]),
      ...findPrograms('yt-dlp', searchPath).map((path) => [path, 'system'] as const),
    ];
  };

  /** The first that answers, so that a broken one does not stand before a working one. */
  const find = async (): Promise<Inspected> => {
    const faults: string[] = [];
    for (const [path, source] of await candidates()) {
      const inspected = await inspect(path, source);
      if (inspected.ok) return inspected;
      faults.push(inspected.detail);
    }
    const named =
      configured === null ? 'There is no yt-dlp.' : `YTDLP_PATH names no program: ${configured}`;
    return { ok: false, detail: faults[0] ?? named };
  };

  const previousPath = async (): Promise<readonly [string, ToolSource] | undefined> => {
    if (configured !== null) return undefined;
    const previous = await own.previous();
    if (previous !== null) return [previous, 'own'];
    if ((await own.current()) === null) return undefined;
    const [system] = findPrograms('yt-dlp', searchPath);
    return system === undefined ? undefined : [system, 'system'];
  };
  const findPrevious = async (): Promise<Tool | null> => {
    const path = await previousPath();
    const inspected = path && (await inspect(...path));
    return inspected?.ok ? inspected.tool : null;
  };

  const versionNow = async () => {
    const found = await find();
    return found.ok ? found.tool.version : null;
  };

  const detailOf = (tool: Tool): string => {
    const days = ageDays(tool, now());
    if (!isOld(tool, now())) return `yt-dlp ${tool.version} works.`;
    const advice =
      tool.source === 'configured' ? 'update the one that YTDLP_PATH names' : 'press Update';
    return `yt-dlp ${tool.version} is ${days} days old; after ${toolOldDays} days sites begin to fail: ${advice}.`;
  };

  const replace = async (signal: AbortSignal): Promise<YtDlpUpdate> => {
    const from = await versionNow();
    const failed = (detail: string): YtDlpUpdate => ({ outcome: 'failed', from, to: from, detail });
    if (configured !== null) {
      return failed(`YTDLP_PATH names ${configured}: update that one, or take the variable out.`);
    }
    const current = await own.current();
    const present = current && basename(current);
    const fetched = await fetchRelease(releasesUrl, own.folder, present, signal);
    if (!fetched.ok) return failed(fetched.detail);
    if (fetched.file === present && from !== null) {
      return { outcome: 'current', from, to: from, detail: `yt-dlp ${from} is the newest.` };
    }
    const inspected = await inspect(join(own.folder, fetched.file), 'own');
    const fault = inspected.ok ? await selfTest(inspected.tool, run) : inspected.detail;
    signal.throwIfAborted();
    if (fault !== null || !inspected.ok) {
      const kept = from === null ? 'It is not used.' : `yt-dlp ${from} stays.`;
      const detail = `The new release does not work here. ${kept} ${fault}`;
      return { outcome: 'rolled_back', from, to: from, detail };
    }
    await own.take(fetched.file);
    const { version } = inspected.tool;
    return { outcome: 'updated', from, to: version, detail: `yt-dlp ${version} is in use.` };
  };

  const goBack = async (): Promise<YtDlpUpdate> => {
    const from = await versionNow();
    const previous = await findPrevious();
    if (!previous) {
      const detail = 'There is no yt-dlp to go back to.';
      return { outcome: 'failed', from, to: from, detail };
    }
    await own.swap();
    const { version: to } = previous;
    return { outcome: 'rolled_back', from, to, detail: `yt-dlp ${to} is in use again.` };
  };

  let last: Promise<unknown> = Promise.resolve();
  /** One at a time. */
  const inTurn = async (change: () => Promise<YtDlpUpdate>): Promise<YtDlpUpdate> => {
    const turn = last.then(change);
    last = turn.catch(() => {});
    const done = await turn;
    logger[done.outcome === 'failed' ? 'warn' : 'info']({ ...done }, 'yt-dlp');
    return done;
  };

  return {
    find,
    isThere: async (): Promise<boolean> => (await candidates()).length > 0,
    prune: own.prune,
    update: (signal: AbortSignal) => inTurn(() => replace(signal)),
    rollBack: () => inTurn(goBack),
    status: async (): Promise<ExtractionStatus['yt_dlp']> => {
      const found = await find();
      const previous = (await findPrevious())?.version ?? null;
      if (!found.ok) {
        return {
          state: 'missing',
          version: null,
          age_days: null,
          source: null,
          previous,
          javascript: null,
          detail: `${found.detail} ${configured === null ? installAdvice : ''}`.trim(),
        };
      }
      const { tool } = found;
      return {
        state: isOld(tool, now()) ? 'old' : 'ok',
        version: tool.version,
        age_days: ageDays(tool, now()),
        source: tool.source,
        previous,
        javascript: tool.knows('--js-runtimes') ? `Node ${process.versions.node}` : null,
        detail: detailOf(tool),
      };
    },
  };
};
