import type { Storage } from './storage.ts';

/**
 * What is prepared over a storage, made once for all who ask: several rooms read the same tables,
 * and each statement costs memory and a part of the start. Statements must come from it in their
 * final shape (`pluck`, `raw`), and none may be iterated, which locks it for the others.
 */
export const oncePerStorage = <T>(prepare: (storage: Storage) => T): ((storage: Storage) => T) => {
  const prepared = new WeakMap<Storage, T>();
  return (storage) => {
    const known = prepared.get(storage);
    if (known !== undefined) return known;
    const made = prepare(storage);
    prepared.set(storage, made);
    return made;
  };
};
