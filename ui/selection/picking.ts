import { signal, type ReadonlySignal } from '@preact/signals-core';

/** Which of many things are picked, to do something to all of them. */
export type Picking = {
  /** Whether a press picks. */
  readonly on: ReadonlySignal<boolean>;
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  begin(): void;
  /** One, or with `range` all from the last one that was picked; `order` is how they stand. */
  toggle(id: string, order: () => readonly string[], range: boolean): void;
  set(ids: readonly string[], on: boolean): void;
  /** What is no more is picked no more. */
  keep(isThere: (id: string) => boolean): void;
  /** Nothing is picked, and the next range begins anew. */
  clear(): void;
  leave(): void;
};

/** The ids from one to the other, both included, in whichever order they stand; one alone without a start. */
export const rangeOf = (ids: readonly string[], from: string | null, to: string): string[] => {
  const start = from === null ? -1 : ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
};

export const createPicking = (): Picking => {
  const on = signal(false);
  const ids = signal<ReadonlySet<string>>(new Set());
  let anchor: string | null = null;

  const set = (some: readonly string[], isPicked: boolean): void => {
    const next = new Set(ids.peek());
    for (const id of some) {
      if (isPicked) next.add(id);
      else next.delete(id);
    }
    ids.value = next;
  };
  const clear = (): void => {
    anchor = null;
    if (ids.peek().size > 0) ids.value = new Set();
  };

  return {
    on,
    ids,
    begin: () => void (on.value = true),
    toggle(id, order, range) {
      set(range ? rangeOf(order(), anchor, id) : [id], !ids.peek().has(id));
      anchor = id;
    },
    set,
    keep(isThere) {
      const gone = [...ids.peek()].filter((id) => !isThere(id));
      if (gone.length > 0) set(gone, false);
    },
    clear,
    leave() {
      on.value = false;
      clear();
    },
  };
};
