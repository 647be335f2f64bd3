import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder, or the nearest above it: one that is made later stands on its parent's disk. */
export const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(dirname(folder));
