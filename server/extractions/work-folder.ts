import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

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

/** Removes what killed servers left behind. To be called before any job runs. */
export const sweepWorkFolders = async (tempDir: string): Promise<void> => {
  for (const name of await readdir(tempDir).catch(() => [])) {
    if (ours.test(name)) await rm(join(tempDir, name), { recursive: true, force: true });
  }
};
