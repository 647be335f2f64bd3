/** A job that waits for a worker. */
export type Waiting = { readonly id: string; readonly user_id: string };

/**
 * The order in which waiting jobs begin: round robin over people, each one's jobs in the order they
 * came. `lastServed` numbers the latest turn of each person; whoever never had one comes first.
 */
export const queueOrder = <Job extends Waiting>(
  waiting: readonly Job[],
  lastServed: ReadonlyMap<string, number>,
): Job[] => {
  const jobsOf = Map.groupBy(waiting, ({ user_id }) => user_id);
  const people = [...jobsOf.keys()].toSorted(
    (one, other) => (lastServed.get(one) ?? 0) - (lastServed.get(other) ?? 0),
  );
  const longest = Math.max(0, ...[...jobsOf.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, round) =>
    people.flatMap((user) => jobsOf.get(user)?.slice(round, round + 1) ?? []),
  ).flat();
};
