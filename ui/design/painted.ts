/** Nothing is painted in a window that nobody looks at. */
const latestMs = 300;

/** Resolves once what stands in the page now has been painted, in a task of its own. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, latestMs);
    requestAnimationFrame(() => setTimeout(resolve));
  });

type Scheduler = { yield?: () => Promise<void> };

/** Lets the browser do what it has to, between two parts of long work. */
export const breathe = (): Promise<void> => {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
};

const restMs = 2_000;
const idleLatestMs = 10_000;

/** Resolves when a page that has just opened has come to rest. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    const rest = (): void => {
      // Safari has no such word: there it is the wait alone.
      if (typeof requestIdleCallback === 'function')
        requestIdleCallback(() => resolve(), { timeout: idleLatestMs });
      else resolve();
    };
    setTimeout(rest, restMs);
  });
