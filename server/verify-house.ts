import { readPublishedHeads } from './audit/index.ts';
import { houseProjections, houseUpcast } from './house-kernel.ts';
import type { ChainVerdict, PublishedHead } from './kernel/chain-check.ts';
import { openScratch, openStorageToRead } from './kernel/storage.ts';
import { verifyLog } from './kernel/verification.ts';
import { modules } from './modules.ts';

/**
 * Everything there is to verify of the database at `path`, on a connection that cannot write. Keeps
 * its thread busy for seconds. @throws StorageUnavailable where there is no file
 */
export const verifyHouse = (options: {
  readonly path: string;
  readonly reached?: number;
  /** Heads that were written down elsewhere, beside those in the database. */
  readonly published?: readonly PublishedHead[];
  readonly olderModels?: 'fault' | 'ignored';
  readonly progress: (checked: number, of: number) => void;
}): ChainVerdict => {
  const live = openStorageToRead(options.path);
  try {
    return verifyLog({
      live,
      openScratch,
      upcast: houseUpcast(),
      projections: houseProjections(),
      checks: modules.flatMap(({ verify }) => (verify ? [verify] : [])),
      published: [...readPublishedHeads(live), ...(options.published ?? [])],
      reached: options.reached ?? 0,
      olderModels: options.olderModels ?? 'fault',
      progress: options.progress,
    });
  } finally {
    live.close();
  }
};
