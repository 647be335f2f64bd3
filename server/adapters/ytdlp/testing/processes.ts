import { readdir, readFile, readlink } from 'node:fs/promises';

/** Ids of processes that run in a folder or were started for it; zombies do not count. */
export const processesIn = async (folder: string): Promise<number[]> => {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const read = (file: string) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '');
    const [commandLine, environment, status, cwd] = await Promise.all([
      read('cmdline'),
      read('environ'),
      read('stat'),
      readlink(`/proc/${name}/cwd`).catch(() => ''),
    ]);
    const theirs = [commandLine, environment, cwd].some((text) => text.includes(folder));
    if (theirs && !/\) Z/.test(status)) found.push(Number(name));
  }
  return found;
};
