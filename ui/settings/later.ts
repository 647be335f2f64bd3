const waitMs = 300;

/** Does the last of what comes in quick succession, once nothing more comes. */
export const createLater = () => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | undefined;

  const now = (): void => {
    clearTimeout(timer);
    const work = waiting;
    waiting = undefined;
    work?.();
  };

  return {
    soon(work: () => void): void {
      clearTimeout(timer);
      waiting = work;
      timer = setTimeout(now, waitMs);
    },
    /** At once, where something waits. */
    now,
    waits: (): boolean => waiting !== undefined,
  };
};
