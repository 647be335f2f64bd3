import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const releaseLimits = {
  sumsBytesMax: 1024 * 1024,
  fileBytesMax: 64 * 1024 * 1024,
  timeoutMs: 5 * 60_000,
} as const;

export const latestRelease = 'https://github.com/yt-dlp/yt-dlp/releases/latest/download';

/** A sentence for a person; thrown inside this file only. */
class CannotFetch extends Error {}

const ask = async (url: string, signal: AbortSignal): Promise<Response> => {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    throw new CannotFetch(
      `The releases of yt-dlp cannot be reached (${cause?.code ?? (error as Error).message}).`,
    );
  });
  if (!response.ok) {
    throw new CannotFetch(`The releases of yt-dlp answered with ${response.status}.`);
  }
  return response;
};

async function* bytesOf({ body }: Response, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new CannotFetch('The release is larger than yt-dlp ever was.');
    yield chunk;
  }
}

const sumOf = async (releasesUrl: string, signal: AbortSignal): Promise<string> => {
  const response = await ask(`${releasesUrl}/SHA2-256SUMS`, signal);
  const chunks = await Array.fromAsync(bytesOf(response, releaseLimits.sumsBytesMax));
  const sum = /^([\da-f]{64})\s+\*?yt-dlp$/m.exec(Buffer.concat(chunks).toString())?.[1];
  if (sum === undefined) throw new CannotFetch('The release says no checksum of yt-dlp.');
  return sum;
};

export type Fetched =
  /** The name of a file in the folder. */
  { readonly ok: true; readonly file: string } | { readonly ok: false; readonly detail: string };

const download = async (
  releasesUrl: string,
  folder: string,
  present: string | null,
  signal: AbortSignal,
): Promise<string> => {
  const sum = await sumOf(releasesUrl, signal);
  const file = `yt-dlp-${sum}`;
  if (file === present) return file;
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.part`);
  try {
    const response = await ask(`${releasesUrl}/yt-dlp`, signal);
    const hash = createHash('sha256');
    {
      await using to = await open(temporary, 'wx', 0o755);
      for await (const chunk of bytesOf(response, releaseLimits.fileBytesMax)) {
        hash.update(chunk);
        await to.write(chunk);
      }
      await to.sync();
    }
    if (hash.digest('hex') !== sum) {
      throw new CannotFetch('The release does not have the checksum that stands beside it.');
    }
    await rename(temporary, join(folder, file));
    return file;
  } finally {
    await rm(temporary, { force: true });
  }
};

/** The newest release, as a file named by its checksum. `present`: one that need not be fetched. */
export const fetchRelease = async (
  releasesUrl: string,
  folder: string,
  present: string | null,
  cancelled: AbortSignal,
): Promise<Fetched> => {
  const late = AbortSignal.timeout(releaseLimits.timeoutMs);
  try {
    const signal = AbortSignal.any([cancelled, late]);
    return { ok: true, file: await download(releasesUrl, folder, present, signal) };
  } catch (error) {
    cancelled.throwIfAborted();
    if (error instanceof CannotFetch) return { ok: false, detail: error.message };
    if (late.aborted)
      return { ok: false, detail: 'The releases of yt-dlp did not answer in time.' };
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return { ok: false, detail: 'There is no room left on the disk.' };
    return { ok: false, detail: `The release could not be fetched (${code ?? message}).` };
  }
};
