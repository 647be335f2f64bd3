import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioFacts, Demuxer, MediaFailure, MediaTools } from './media.ts';

/** Longer sounds are played from the original: the time a decoder needs to start is not heard there. */
export const cachedDurationMsMax = 30_000;
/** A file may declare less than it holds; past this the cache would hold it for nothing. */
const decodedDurationMsMax = 2 * cachedDurationMsMax;
/** A decode takes a minute at most, so an older left-over belongs to nobody. */
const leftoverAgeMsMin = 60 * 60_000;

const hashPattern = /^[0-9a-f]{64}$/;

export type BoardSource = {
  readonly hash: string;
  readonly path: string;
  readonly demuxer: Demuxer;
};

export type DerivedFiles = {
  wavPath(hash: string): string;
  /**
   * What the player opens: of the normalised file, where it is there, else of the original; of
   * either the decoded copy when there is one.
   */
  boardFile(sound: BoardSource & { normalized?: BoardSource | null }): {
    path: string;
    demuxer: Demuxer;
  };
  /** The decoded copy, made if need be. */
  ensureWav(
    source: Pick<AudioFacts, 'channels'> & { hash: string; path: string },
    signal?: AbortSignal,
  ): Promise<{ ok: true; path: string } | MediaFailure>;
  /** Removes copies of unknown content and left-overs of killed decodes; returns how many. */
  prune(known: ReadonlySet<string>, now_ms: number): Promise<number>;
};

/** Everything under `cacheDir` can be made again from the originals. */
export const createDerivedFiles = (
  cacheDir: string,
  media: Pick<MediaTools, 'decodeToWav'>,
): DerivedFiles => {
  const root = join(cacheDir, 'wav');
  const wavPath = (hash: string): string => {
    if (!hashPattern.test(hash)) throw new Error(`not a SHA-256 in hex: ${hash}`);
    return join(root, hash.slice(0, 2), hash.slice(2, 4), `${hash}.wav`);
  };

  const decodedOf = (hash: string) => {
    const path = wavPath(hash);
    return existsSync(path) ? ({ path, demuxer: 'wav' } as const) : undefined;
  };

  return {
    wavPath,
    boardFile({ normalized, hash, path, demuxer }) {
      if (normalized) {
        const levelled = decodedOf(normalized.hash);
        if (levelled) return levelled;
        if (existsSync(normalized.path)) {
          return { path: normalized.path, demuxer: normalized.demuxer };
        }
      }
      return decodedOf(hash) ?? { path, demuxer };
    },
    async ensureWav({ hash, path, channels }, signal) {
      const wav = wavPath(hash);
      if (existsSync(wav)) return { ok: true, path: wav };
      const options = { channels, duration_ms_max: decodedDurationMsMax };
      const decoded = await media.decodeToWav(path, wav, options, signal);
      return decoded.ok ? { ok: true, path: wav } : decoded;
    },
    async prune(known, now_ms) {
      if (!existsSync(root)) return 0;
      let removed = 0;
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const hash = entry.name.replace(/\.wav$/, '');
        if (hashPattern.test(hash)) {
          if (known.has(hash)) continue;
        } else if (now_ms - (await stat(path)).mtimeMs < leftoverAgeMsMin) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
};
