import { statfs } from 'node:fs/promises';
import type { DiskSpace } from '../../sounds/disk-space.ts';

/** What is free for us, not for root. */
export const diskSpace: DiskSpace = async (folder) => {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
};
