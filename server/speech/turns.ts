export const turnLimits = { atOnceMax: 2, waitingMax: 20 } as const;

/**
 * Runs at most `atOnceMax` jobs at a time, the others in the order in which they came. A job that
 * waits leaves with the signal's reason.
 */
export const createTurns = (atOnceMax: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;

  const wait = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(begin);
    });

  return async <T>(job: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    signal.throwIfAborted();
    if (running >= atOnceMax) await wait(signal);
    else running += 1;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** Jobs of one key run one after the other, those of another beside them. */
export const createKeyedTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, job: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(job);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
};
