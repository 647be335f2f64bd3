import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../kernel/logger.ts';
import type { Storage } from '../../kernel/storage.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemClock } from '../../kernel/ports.ts';
import { openStorage } from '../../kernel/storage.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { createDerivedFiles } from '../derived-files.ts';
import { createLibrary } from '../library.ts';
import { typeFolders } from '../library-walk.ts';
import type { MediaTools } from '../media.ts';
import { normalisationProjection } from '../normalisation-projection.ts';
import { soundsProjection } from '../projection.ts';
import { createMediaFacts } from '../media-facts.ts';
import { createSoundQueries } from '../queries.ts';
import { lastScanProjection } from '../scan-projection.ts';
import { soundsSideTables } from '../side-tables.ts';

/** The real library over a real folder and a real log in memory; `media` is what it reads with. */
export const libraryOnDisk = async (
  folder: string,
  media: MediaTools,
  parts: { storage?: Storage; logger?: Logger; jobsMax?: number } = {},
) => {
  const { storage = openStorage(':memory:'), logger = silentLogger, jobsMax = 2 } = parts;
  const originals = join(folder, 'originals');
  for (const name of Object.values(typeFolders)) {
    await mkdir(join(originals, name), { recursive: true });
  }
  // Files have the time of the system.
  const clock = systemClock;
  const projections = [soundsProjection, normalisationProjection, lastScanProjection];
  const sideTables = [soundsSideTables];
  const kernel = {
    ...testKernel({ storage, logger, clock, projections, sideTables }),
    clock,
  };
  const { feed } = kernel.connect({ feed: [], reactors: [] });
  kernel.start();
  const queries = createSoundQueries(kernel.storage, folder);
  const derived = createDerivedFiles(join(folder, 'cache'), media);
  const library = createLibrary(kernel, {
    queries,
    facts: createMediaFacts(kernel.storage),
    scanPorts: { media, derived },
    prune: async (now_ms) => derived.prune({ has: queries.hashNeeded }, now_ms),
    originals,
    jobsMax,
    onFolder: () => undefined,
    onWalked: () => undefined,
    passedOver: new Set(),
    onScanned: async () => undefined,
  });
  return { kernel, feed, queries, library, originals };
};
