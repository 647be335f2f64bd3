import { join } from 'node:path';
import type { Kernel } from '../kernel/kernel.ts';
import { typeFolders } from './library-walk.ts';
import { createMediaFacts } from './media-facts.ts';
import type { MediaTools } from './media.ts';
import { createPictures } from './pictures.ts';
import { createSoundQueries } from './queries.ts';
import type { Thumbnails } from './thumbnails.ts';

/** A sound's picture as a small JPEG. */
export type Cover = { readonly hash: string; readonly path: string };

export type CoverPorts = {
  readonly media: Pick<MediaTools, 'picture'>;
  readonly cacheDir: string;
  readonly soundsDir: string;
  readonly thumbnails: Thumbnails;
};

/** Pictures for those who show them elsewhere; undefined: the sound has none that could be drawn. */
export const createCovers = (
  { storage }: Pick<Kernel, 'storage'>,
  { media, cacheDir, soundsDir, thumbnails }: CoverPorts,
  signal: AbortSignal,
) => {
  const queries = createSoundQueries(storage, soundsDir);
  const facts = createMediaFacts(storage, thumbnails);
  const pictures = createPictures(cacheDir, media, signal);
  return async (soundId: string): Promise<Cover | undefined> => {
    const sound = queries.find(soundId, null);
    if (!sound || !facts.hasPicture(sound.hash)) return undefined;
    const { hash, type, filename } = sound;
    const source = thumbnails.has(hash)
      ? thumbnails.pathOf(hash)
      : join(soundsDir, 'originals', typeFolders[type], filename);
    const picture = await pictures.ensure(hash, source);
    return picture.ok ? { hash, path: picture.path } : undefined;
  };
};
