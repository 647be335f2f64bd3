import { readFileSync } from 'node:fs';

/** A process and nobody else: a pid is used again, but not with the same start in the same boot. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Clock ticks after boot. */
  readonly startTicks: number;
  readonly bootId: string;
};

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** null: no such process, or it has ended and only waits for its parent (a zombie). */
export const identify = (pid: number): ProcessIdentity | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may hold blanks and brackets of its own.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return { pid, startTicks: Number(fields[19]), bootId: bootId() };
  } catch {
    return null;
  }
};

export const isAlive = (known: ProcessIdentity): boolean => {
  const now = identify(known.pid);
  return now !== null && now.startTicks === known.startTicks && now.bootId === known.bootId;
};
