import { signal, type ReadonlySignal } from '@preact/signals-core';

/** So long after the last input the server's value stands again. */
export const wishHeldMs = 400;

export type Wish<T> = {
  /** What was asked for, while it counts; then null. */
  readonly value: ReadonlySignal<T | null>;
  /** Asks for it; a slider that moves on meanwhile has only its last value sent after that. */
  wish(value: T): Promise<void>;
};

/** A value that shows before the server has agreed to it: one request on its way at a time. */
export const createWish = <T>(send: (value: T) => Promise<void>): Wish<T> => {
  const value = signal<T | null>(null);
  let release: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | undefined;
  let latest: T;

  const sendAll = async (): Promise<void> => {
    let sent: T;
    try {
      do {
        sent = latest;
        await send(sent);
      } while (sent !== latest);
    } catch (error) {
      clearTimeout(release);
      value.value = null;
      throw error;
    } finally {
      sending = undefined;
    }
  };

  return {
    value,
    wish(next) {
      latest = next;
      value.value = next;
      clearTimeout(release);
      release = setTimeout(() => (value.value = null), wishHeldMs);
      // Whoever asked first hears of a refusal; once is enough.
      if (sending) return Promise.resolve();
      return (sending = sendAll());
    },
  };
};
