import { readdirSync, readFileSync } from 'node:fs';
import { loadLibrary } from '../system/native.ts';

const prSetName = 15;
const tasks = '/proc/self/task';

const nameOf = (task: string): string => {
  try {
    return readFileSync(`${tasks}/${task}/comm`, 'utf8').trim();
  } catch {
    // It has ended since it was listed.
    return '';
  }
};

const sleepsOf = (task: string): number => {
  const status = readFileSync(`${tasks}/${task}/status`, 'utf8');
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1]);
};

/** Whether it is ahead of every thread without such a priority (SCHED_FIFO or SCHED_RR, proc(5)). */
const isRealTime = (task: string): boolean => {
  // The second field is the thread's name in brackets and may hold spaces.
  const fields = readFileSync(`${tasks}/${task}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ['1', '2'].includes(fields[38] ?? '');
};

/**
 * Runs `make`, which starts one thread, so that this thread bears `name` (15 characters at most).
 * `sleeps`: how often the thread has gone to sleep so far. A thread that waits for ever, or never
 * does, stands still there; and it costs the thread nothing to be watched like that.
 * @throws Error when no thread was started
 */
export const withNamedThread = <T>(
  name: string,
  make: () => T,
): {
  readonly result: T;
  readonly sleeps: () => number;
  readonly isRealTime: () => boolean;
} => {
  const setOwnName = loadLibrary('libc.so.6').func(
    'int prctl(int option, const char *name, uintptr_t, uintptr_t, uintptr_t)',
  );
  // A new thread has the name of the one that makes it.
  const main = nameOf(String(process.pid));
  const before = new Set(readdirSync(tasks));
  setOwnName(prSetName, name, 0, 0, 0);
  let result: T;
  try {
    result = make();
  } finally {
    setOwnName(prSetName, main, 0, 0, 0);
  }
  const task = readdirSync(tasks).find((one) => !before.has(one) && nameOf(one) === name);
  if (task === undefined) throw new Error(`The thread ${name} did not start`);
  return { result, sleeps: () => sleepsOf(task), isRealTime: () => isRealTime(task) };
};
