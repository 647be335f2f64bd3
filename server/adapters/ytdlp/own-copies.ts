import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The releases that Encore keeps itself: each a file of its own that never changes, so that a job
 * which runs one keeps it, and two links that say which is which.
 */
export const createOwnCopies = (folder: string) => {
  const target = async (link: 'current' | 'previous'): Promise<string | null> => {
    try {
      return await readlink(join(folder, link));
    } catch {
      return null;
    }
  };
  const point = async (link: 'current' | 'previous', file: string | null) => {
    const path = join(folder, link);
    if (file === null) return rm(path, { force: true });
    const temporary = join(folder, `.${randomUUID()}.part`);
    await symlink(file, temporary);
    await rename(temporary, path);
  };
  const path = (file: string | null) => (file === null ? null : join(folder, file));

  return {
    folder,
    current: async () => path(await target('current')),
    previous: async () => path(await target('previous')),
    /** Makes a file of the folder the current one. */
    take: async (file: string) => {
      const before = await target('current');
      if (before === file) return;
      await point('previous', before);
      await point('current', file);
    },
    /** The current one and the previous one change places; either may be none. */
    swap: async () => {
      const [current, previous] = [await target('current'), await target('previous')];
      await point('current', previous);
      await point('previous', current);
    },
    /** Removes what neither link names; nothing may be running. */
    prune: async () => {
      await mkdir(folder, { recursive: true });
      const kept = new Set([await target('current'), await target('previous')]);
      for (const file of await readdir(folder)) {
        const ours = file.startsWith('yt-dlp-') || file.endsWith('.part');
        if (ours && !kept.has(file)) await rm(join(folder, file), { force: true });
      }
    },
  };
};
