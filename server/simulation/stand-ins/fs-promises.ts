/** Of `node:fs/promises` what an extraction asks for: folders come and go, and every file is there. */
import { setImmediate as turn } from './timers-promises.ts';
import { simulatedId } from '../present.ts';

const after = async <T>(value: T): Promise<T> => {
  await turn();
  return value;
};

export const mkdir = () => after(undefined);
export const rm = () => after(undefined);
export const readdir = () => after<string[]>([]);
export const mkdtemp = (prefix: string) => after(`${prefix}${simulatedId().slice(-6)}`);
export const lstat = () => after({ isFile: () => true });
