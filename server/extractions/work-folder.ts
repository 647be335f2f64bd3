import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../kernel/logger.ts';

const prefix = 'extraction-';
/** Only what was made here is ever removed: the folder may be anybody's. */
const ours = /^extraction-[0-9a-f-]{36}-[A-Za-z0-9]{6}$/;

/** A folder for one run of a job, gone with all that is in it when disposed of. */
export const makeWorkFolder = async (
  tempDir: string,
  jobId: string,
): Promise<AsyncDisposable & { readonly path: string }> => {
  await mkdir(tempDir, { recursive: true });
  const path = await mkdtemp(join(tempDir, `${prefix}${jobId}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};

/** Removes what killed servers left behind, as far as it goes. To be called before any job runs. */
export const sweepWorkFolders = async (tempDir: string, logger: Logger): Promise<void> => {
  for (const name of await readdir(tempDir).catch(() => [])) {
    if (!ours.test(name)) continue;
    const path = join(tempDir, name);
    await rm(path, { recursive: true, force: true }).catch((error: unknown) =>
      logger.warn({ err: error, path }, 'what an extraction left behind cannot be removed'),
    );
  }
};
