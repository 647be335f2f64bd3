import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { nearestFolder } from '../system/nearest-folder.ts';
import { BackupFault } from './backup-fault.ts';
import { bytesWord } from './bytes-word.ts';

/** Something of `bytes` that will lie at `place`, absolute. */
export type Coming = { readonly place: string; readonly bytes: number };

/** Each disk must take all that comes to it, in whole blocks. @throws BackupFault that says what is missing where */
export const requireRoomFor = (coming: readonly Coming[]): void => {
  const disks = new Map<
    number,
    { folder: string; blockBytes: number; free: number; needed: number }
  >();
  const diskOf = new Map<string, number>();
  for (const { place, bytes } of coming) {
    const parent = dirname(place);
    let device = diskOf.get(parent);
    if (device === undefined) {
      const folder = nearestFolder(parent);
      device = statSync(folder).dev;
      diskOf.set(parent, device);
      if (!disks.has(device)) {
        const { bavail, bsize } = statfsSync(folder);
        disks.set(device, { folder, blockBytes: bsize, free: bavail * bsize, needed: 0 });
      }
    }
    const disk = disks.get(device);
    if (disk) disk.needed += Math.ceil(bytes / disk.blockBytes) * disk.blockBytes;
  }
  const short = [...disks.values()].filter(({ free, needed }) => needed > free);
  if (short.length === 0) return;
  const words = short.map(
    ({ folder, free, needed }) =>
      `the disk of ${folder} has room for ${bytesWord(free)}, and ${bytesWord(needed)} come to it: ${bytesWord(needed - free)} are missing`,
  );
  throw new BackupFault(
    `${words.join('; ')}. Nothing was touched: make room, or restore to a larger disk`,
  );
};
