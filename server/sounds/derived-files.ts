import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHashFolder, type KnownHashes } from './hash-folder.ts';
import type { AudioFacts, Demuxer, MediaFailure, MediaTools } from './media.ts';

/** Longer sounds are played from the original: the time a decoder needs to start is not heard there. */
export const cachedDurationMsMax = 30_000;
/** A file may declare less than it holds; past this the cache would hold it for nothing. */
const decodedDurationMsMax = 2 * cachedDurationMsMax;
export type DerivedFiles = {
  wavPath(hash: string): string;
  /** What the player opens: the decoded copy when there is one, else the original. */
  boardFile(sound: { hash: string; path: string; demuxer: Demuxer }): {
    path: string;
    demuxer: Demuxer;
  };
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

  return {
    wavPath,
    boardFile({ hash, path, demuxer }) {
      const wav = wavPath(hash);
      return existsSync(wav) ? { path: wav, demuxer: 'wav' } : { path, demuxer };
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
