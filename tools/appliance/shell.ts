import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

const outputBytesMax = 64 * 1024 * 1024;
const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end, whatever that is. */
export const run = (file: string, args: readonly string[], timeoutMs = 600_000): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      file,
      args,
      { maxBuffer: outputBytesMax, timeout: timeoutMs, encoding: 'utf8' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, stderr: stderr || (code === -1 ? (error?.message ?? '') : '') });
      },
    );
  });

/** Runs a program before our eyes. @throws Error when it fails */
export const show = (file: string, args: readonly string[], cwd: string): void => {
  const { status, error } = spawnSync(file, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed`, { cause: error });
};

export const hasProgram = (name: string): boolean =>
  folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
