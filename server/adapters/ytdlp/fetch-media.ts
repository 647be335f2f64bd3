import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExtractionProgress } from '../../extractions/contract.ts';
import type {
  DownloadedMedia,
  SourceFailure,
  SourceLimits,
} from '../../extractions/media-source.ts';
import { downloadArguments, mediaName, pictureName } from './arguments.ts';
import { sourceLimits, type RunCall } from './call.ts';
import { isLive, isTooLarge, translate } from './failures.ts';
import { progressTemplate, readProgress } from './progress.ts';
import { isOld, type Tool } from './tool.ts';

type Wanted = {
  readonly folder: string;
  readonly limits: SourceLimits;
  readonly onProgress: (progress: ExtractionProgress) => void;
};
type Fetched = ({ readonly ok: true } & DownloadedMedia) | SourceFailure;

const filesIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith(mediaName) || name.startsWith(pictureName));
};

/** The best sound behind a link and its picture, both whole, or nothing. */
export const createFetchMedia = (call: RunCall, now: () => number) => {
  const fetchInto = async (
    { tool, url }: { readonly tool: Tool; readonly url: URL },
    { folder, limits, onProgress }: Wanted,
    signal: AbortSignal,
  ): Promise<Fetched> => {
    const over = new AbortController();
    const output = readProgress((progress) => {
      // The network's own limit comes later, since pages count there too.
      if (progress.bytes > limits.mediaBytesMax) over.abort();
      else onProgress(progress);
    });
    const called = await call({
      tool,
      url,
      args: downloadArguments(tool, limits.mediaBytesMax, progressTemplate),
      limits,
      networkBytesMax: limits.mediaBytesMax + sourceLimits.pagesBytesMax,
      stdoutBytesMax: sourceLimits.reportsBytesMax,
      signal: AbortSignal.any([signal, over.signal]),
      folder,
      onStdout: output.push,
      words: output.words,
    }).catch((error: unknown) => {
      if (signal.aborted || !over.signal.aborted) throw error;
      return isTooLarge(output.words());
    });
    if (!called.ok) return called;
    // It says so, and then fetches what the stream holds at the moment.
    if (/Live HLS streams are not supported/.test(called.words)) return isLive(called.words);
    const path = join(folder, mediaName);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return translate(called.words, isOld(tool, now()));
    if (found.size > limits.mediaBytesMax) return isTooLarge(called.words);
    const names = await filesIn(folder);
    const picture = names.find((name) => /^picture\.[a-z0-9]+$/i.test(name));
    const thumbnail_path = picture === undefined ? null : join(folder, picture);
    return { ok: true, path, size: found.size, thumbnail_path };
  };

  return async (
    link: { readonly tool: Tool; readonly url: URL },
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<Fetched> => {
    let fetched: Fetched | undefined;
    try {
      fetched = await fetchInto(link, wanted, signal);
      return fetched;
    } finally {
      if (!fetched?.ok) {
        const left = await filesIn(wanted.folder).catch(() => []);
        await Promise.all(left.map((name) => rm(join(wanted.folder, name), { force: true })));
      }
    }
  };
};
