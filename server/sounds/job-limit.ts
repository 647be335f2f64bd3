/** Resolves when `waiting` has come to it, or rejects with the signal's reason. */
const turn = (waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> =>
  new Promise((start, leave) => {
    const go = () => {
      signal?.removeEventListener('abort', give);
      start();
    };
    const give = () => {
      waiting.splice(waiting.indexOf(go), 1);
      leave(signal?.reason as Error);
    };
    waiting.push(go);
    signal?.addEventListener('abort', give, { once: true });
  });

/**
 * Runs at most `jobsMax` jobs at a time, the others in the order in which they came. Who waits leaves
 * with the signal.
 */
export const createJobLimit = (jobsMax: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    if (running >= jobsMax) await turn(waiting, signal);
    else running += 1;
    try {
      signal?.throwIfAborted();
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/**
 * Maps with up to `jobsMax` items under way and yields in the order of the input. When the
 * consumer leaves or one job throws, the jobs under way are awaited before it ends.
 */
export async function* mapInOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  jobsMax: number,
  job: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const started = job(item);
      started.catch(() => {});
      underWay.push(started);
      const oldest = underWay.length >= jobsMax ? underWay.shift() : undefined;
      if (oldest) yield await oldest;
    }
    for (let oldest = underWay.shift(); oldest; oldest = underWay.shift()) yield await oldest;
  } finally {
    await Promise.allSettled(underWay);
  }
}
