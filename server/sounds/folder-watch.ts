/**
 * What the library asks of the system to hear of changes in one folder, without the folders in it.
 * `heard` gets the name of what changed, or null where the system does not say. Throws where the
 * folder cannot be watched; `failed` is called when it no longer can.
 */
export type WatchFolder = (
  path: string,
  heard: (name: string | null) => void,
  failed: (error: Error) => void,
) => { close(): void };
