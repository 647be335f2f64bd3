/** `node:timers/promises` on the virtual timeline. */
type Options = { readonly signal?: AbortSignal };

const waiting = <T>(
  begin: (done: () => void) => { cancel(): void },
  value: T | undefined,
  { signal }: Options,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const fail = () => reject(new DOMException('The operation was aborted', 'AbortError'));
    if (signal?.aborted) return fail();
    const { cancel } = begin(() => {
      signal?.removeEventListener('abort', stop);
      resolve(value as T);
    });
    const stop = () => {
      cancel();
      fail();
    };
    signal?.addEventListener('abort', stop, { once: true });
    return undefined;
  });

export const setTimeout = <T>(ms = 0, value?: T, options: Options = {}): Promise<T> =>
  waiting(
    (done) => {
      const timer = globalThis.setTimeout(done, ms);
      return { cancel: () => clearTimeout(timer) };
    },
    value,
    options,
  );

export const setImmediate = <T>(value?: T, options: Options = {}): Promise<T> =>
  waiting(
    (done) => {
      const timer = globalThis.setImmediate(done);
      return { cancel: () => clearImmediate(timer) };
    },
    value,
    options,
  );
