import type { Binding, Match } from '../../server/bindings/contract.ts';

/** There is a topic that both filters let through. */
const filtersMeet = (a: readonly string[], b: readonly string[]): boolean => {
  const [first, second] = [a[0], b[0]];
  if (first === '#' || second === '#') return true;
  // "a/#" takes "a" as well.
  if (first === undefined) return second === undefined || b[0] === '#';
  if (second === undefined) return false;
  const same = first === second || first === '+' || second === '+';
  return same && filtersMeet(a.slice(1), b.slice(1));
};

const conditionsOf = (match: Match) => {
  if (match === 'any' || 'equals' in match || 'regex' in match) return null;
  return Array.isArray(match) ? match : [match];
};

/** There is a message, of the kind that devices send, that both take. Of patterns only equal ones are known to. */
const matchesMeet = (a: Match, b: Match): boolean => {
  if (a === 'any' || b === 'any') return true;
  if (JSON.stringify(a) === JSON.stringify(b)) return true;
  const [one, other] = [conditionsOf(a), conditionsOf(b)];
  if (!one || !other) return false;
  const shared = one.flatMap((left) =>
    other.filter(({ path }) => path === left.path).map((right) => [left, right] as const),
  );
  // Nothing that both ask about: then it is hardly one and the same press.
  return (
    shared.length > 0 &&
    shared.every(
      ([left, right]) =>
        left.op !== 'eq' || right.op !== 'eq' || String(left.value) === String(right.value),
    )
  );
};

const meet = (a: Binding, b: Binding): boolean =>
  filtersMeet(a.filter.split('/'), b.filter.split('/')) && matchesMeet(a.match, b.match);

/** Id of a binding → names of others that the same message sets off. What is off or only tells sets off nothing. */
export const conflictsOf = (bindings: readonly Binding[]): ReadonlyMap<string, string[]> => {
  const active = bindings.filter(
    ({ enabled, paused, command }) => enabled && paused === null && command.type !== 'none',
  );
  const found = new Map<string, string[]>();
  for (const one of active) {
    const others = active.filter((other) => other !== one && meet(one, other));
    if (others.length > 0) {
      found.set(
        one.id,
        others.map(({ name }) => name),
      );
    }
  }
  return found;
};
