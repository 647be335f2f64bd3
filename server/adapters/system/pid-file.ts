import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const identity = z.object({ pid: z.number().int(), startTicks: z.number(), bootId: z.string() });
const content = z.object({
  launcher: identity,
  children: z.array(identity.extend({ name: z.string() })),
});

export type NamedProcess = ProcessIdentity & { readonly name: string };
export type PidFileContent = {
  readonly launcher: ProcessIdentity;
  readonly children: readonly NamedProcess[];
};

/** null: there is none, or a crash of the machine left it torn. */
export const readPidFile = (file: string): PidFileContent | null => {
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

export const writePidFile = (file: string, processes: PidFileContent): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(processes)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

export const removePidFile = (file: string): void => rmSync(file, { force: true });

/** Signals a whole process group; one that is gone already is what was wanted. */
export const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody of the group is left.
  }
};

/** Asks a process that is not our child to end, and kills it when its time is up. */
export const endProcess = async (known: ProcessIdentity, timeoutMs: number): Promise<void> => {
  if (!isAlive(known)) return;
  process.kill(known.pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < timeoutMs && isAlive(known); waitedMs += 50) await sleep(50);
  if (isAlive(known)) signalGroup(known.pid, 'SIGKILL');
  while (isAlive(known)) await sleep(10);
};
