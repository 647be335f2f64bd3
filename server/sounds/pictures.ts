import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHashFolder, type KnownHashes } from './hash-folder.ts';
import { mediaFailure, type MediaFailure, type MediaTools } from './media.ts';

export type Pictures = {
  /**
   * The picture of this content as a small JPEG, made if need be from `source`: the sound file, or
   * a picture file that belongs to it.
   */
  ensure(hash: string, source: string): Promise<{ ok: true; path: string } | MediaFailure>;
  /** Removes pictures of unknown content; returns how many. */
  prune(known: KnownHashes, now_ms: number): Promise<number>;
};

/** Thumbnails under `cacheDir`, which may be deleted at any time. */
export const createPictures = (
  cacheDir: string,
  media: Pick<MediaTools, 'picture'>,
  signal: AbortSignal,
): Pictures => {
  const { path: pathOf, prune } = createHashFolder(join(cacheDir, 'pictures'), '.jpg');
  const underWay = new Map<string, ReturnType<Pictures['ensure']>>();

  const make = async (path: string, source: string) => {
    if (!existsSync(source)) return mediaFailure('unreadable', 'the file is not there');
    const drawn = await media.picture(source, path, signal);
    return drawn.ok ? ({ ok: true, path } as const) : drawn;
  };

  return {
    async ensure(hash, source) {
      const path = pathOf(hash);
      if (existsSync(path)) return { ok: true, path };
      const making = underWay.get(hash) ?? make(path, source).finally(() => underWay.delete(hash));
      underWay.set(hash, making);
      return making;
    },
    prune,
  };
};
