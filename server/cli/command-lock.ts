import { DataFolderInUse, lockDataFolder } from '../adapters/system/data-lock.ts';
import { CommandFault } from './command.ts';

/** Runs as the only one on the data folder. @throws CommandFault with `remedy` while Encore runs */
export const alone = async <T>(
  dataDir: string,
  remedy: string,
  body: () => T | Promise<T>,
): Promise<T> => {
  let held: ReturnType<typeof lockDataFolder>;
  try {
    held = lockDataFolder(dataDir);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    throw new CommandFault(`Encore is running on ${dataDir}: ${remedy}`, { cause: error });
  }
  try {
    return await body();
  } finally {
    held.release();
  }
};
