/** Someone with at least one open window. */
export type PresentPerson = {
  readonly userId: string;
  readonly name: string;
  /** Open sockets. */
  readonly windows: number;
  /** When the first of them opened: milliseconds since the epoch. */
  readonly since: number;
};

export type PresenceListener = {
  connected(person: PresentPerson): void;
  disconnected(person: PresentPerson): void;
};

/** The port between the WebSocket door, which sees people come and go, and whoever wants to know. */
export type Presence = {
  /** A window opened; the answer is to be called when it closes. */
  opened(userId: string, name: string): () => void;
  people(): readonly PresentPerson[];
  listen(listener: PresenceListener): void;
};

/** Kept in memory alone: who is there is no fact of the past. */
export const createPresence = (now: () => number): Presence => {
  const people = new Map<string, PresentPerson>();
  const listeners: PresenceListener[] = [];

  const closed = (userId: string) => {
    const person = people.get(userId);
    if (!person) return;
    if (person.windows > 1) {
      people.set(userId, { ...person, windows: person.windows - 1 });
      return;
    }
    people.delete(userId);
    for (const listener of listeners) listener.disconnected(person);
  };

  return {
    opened(userId, name) {
      const known = people.get(userId);
      const person = {
        userId,
        name,
        windows: (known?.windows ?? 0) + 1,
        since: known?.since ?? now(),
      };
      people.set(userId, person);
      if (!known) for (const listener of listeners) listener.connected(person);
      let isOpen = true;
      return () => {
        if (isOpen) closed(userId);
        isOpen = false;
      };
    },
    people: () => [...people.values()],
    listen: (listener) => void listeners.push(listener),
  };
};
