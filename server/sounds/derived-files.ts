import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHashFolder, type KnownHashes } from './hash-folder.ts';
import type { AudioFacts, Demuxer, MediaFailure, MediaTools } from './media.ts';

/** Longer sounds are played from the original: the time a decoder needs to start is not heard there. */
export const cachedDurationMsMax = 30_000;
/** A file may declare less than it holds; past this the cache would hold it for nothing. */
const decodedDurationMsMax = 2 * cachedDurationMsMax;
export type BoardSource = {
  readonly hash: string;
  readonly path: string;
  readonly demuxer: Demuxer;
};

/** `hash` of the content it was made of; `decoded`: a stereo copy of it. */
export type BoardFile = BoardSource & { readonly decoded: boolean };

export type DerivedFiles = {
  wavPath(hash: string): string;
  /**
   * What the player opens: of the normalised file, where it is there, else of the original; of
   * either the decoded copy when there is one.
   */
  boardFile(sound: BoardSource & { normalized?: BoardSource | null }): BoardFile;
  /** The decoded copy, made if need be. */
  ensureWav(
    source: Pick<AudioFacts, 'channels'> & { hash: string; path: string },
    signal?: AbortSignal,
  ): Promise<{ ok: true; path: string } | MediaFailure>;
  /** Removes copies of unknown content and left-overs of killed decodes; returns how many. */
  prune(known: KnownHashes, now_ms: number): Promise<number>;
};

/** Everything under `cacheDir` can be made again from the originals. */
export const createDerivedFiles = (
  cacheDir: string,
  media: Pick<MediaTools, 'decodeToWav'>,
): DerivedFiles => {
  const { path: wavPath, prune } = createHashFolder(join(cacheDir, 'wav'), '.wav');

  const decodedOf = (hash: string) => {
    const path = wavPath(hash);
    return existsSync(path) ? ({ hash, path, demuxer: 'wav', decoded: true } as const) : undefined;
  };

  return {
    wavPath,
    boardFile({ normalized, hash, path, demuxer }) {
      if (normalized) {
        const levelled = decodedOf(normalized.hash);
        if (levelled) return levelled;
        if (existsSync(normalized.path)) return { ...normalized, decoded: false };
      }
      return decodedOf(hash) ?? { hash, path, demuxer, decoded: false };
    },
    async ensureWav({ hash, path, channels }, signal) {
      const wav = wavPath(hash);
      if (existsSync(wav)) return { ok: true, path: wav };
      const options = { channels, duration_ms_max: decodedDurationMsMax };
      const decoded = await media.decodeToWav(path, wav, options, signal);
      return decoded.ok ? { ok: true, path: wav } : decoded;
    },
    prune,
  };
};
