/**
 * Where this browser keeps the last known board. The platform has such a place only where nobody can
 * change pages on the way; elsewhere a page cannot be opened without the box either.
 */
export const lastKnownShelf = 'encore-last-known';

/** What was known belongs to who was signed in, and goes with them. */
export const forgetLastKnown = (): void => {
  void globalThis.caches?.delete(lastKnownShelf).catch(() => undefined);
};
