export type Part = {
  readonly name: string;
  start?(): void | Promise<void>;
  /** Has to end when `signal` aborts: then its time is up and the next part's begins. */
  stop?(signal: AbortSignal): void | Promise<void>;
};

export type LifecycleOptions = {
  readonly startTimeoutMs?: number;
  readonly stopTimeoutMs?: number;
  /** A part that failed to stop, or took too long. */
  readonly failed: (part: string, error: unknown) => void;
};

export type Lifecycle = {
  /** In order. @throws the first part's error, after the started ones were stopped again */
  start(): Promise<void>;
  /** In reverse order; never throws, and a second call is the first one. */
  stop(): Promise<void>;
};

/** The work's result, or an error when it takes longer than its time. */
const within = async <T>(
  name: string,
  ms: number,
  work: (signal: AbortSignal) => T | Promise<T>,
) => {
  const abort = new AbortController();
  const { promise: timeUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error(`${name} took longer than ${ms} ms`);
    abort.abort(error);
    reject(error);
  }, ms);
  try {
    return await Promise.race([work(abort.signal), timeUp]);
  } finally {
    clearTimeout(timer);
  }
};

/** Start is a list, stop its reverse; one part's failure to stop does not keep the rest running. */
export const createLifecycle = (parts: readonly Part[], options: LifecycleOptions): Lifecycle => {
  const { startTimeoutMs = 30_000, stopTimeoutMs = 5_000, failed } = options;
  const started: Part[] = [];
  let stopping: Promise<void> | undefined;

  const stopStarted = async () => {
    for (let part = started.pop(); part; part = started.pop()) {
      const { name } = part;
      try {
        await within(`stopping ${name}`, stopTimeoutMs, (signal) => part.stop?.(signal));
      } catch (error) {
        failed(name, error);
      }
    }
  };
  const stop = () => (stopping ??= stopStarted());

  return {
    stop,
    async start() {
      for (const part of parts) {
        if (stopping) return;
        // Listed before it has started: what a failed start left open is closed by its stop.
        started.push(part);
        try {
          await within(`starting ${part.name}`, startTimeoutMs, () => part.start?.());
        } catch (error) {
          await stop();
          throw error;
        }
      }
    },
  };
};
