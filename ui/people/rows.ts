import type { Plan } from '../../server/credits/contract.ts';
import type { ManagedUser } from '../../server/users/contract.ts';

/** A line of the list of people. */
export type PersonRow = {
  person: ManagedUser;
  planName: string;
  /** Infinity on an unlimited plan; null while it is not known. */
  balance: number | null;
  here: boolean;
};

export const sortings = ['name', 'plan', 'balance', 'seen'] as const;
export type Sorting = (typeof sortings)[number];

type Known = {
  people: ReadonlyMap<string, ManagedUser>;
  balances: ReadonlyMap<string, number>;
  present: ReadonlySet<string>;
  plans: readonly Plan[];
};

/** What is asked for: words in name or e-mail, a plan, an order. */
export type Wish = { words: string; plan: string | null; by: Sorting; descending: boolean };

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

const matches = ({ name, email }: ManagedUser, words: string): boolean => {
  const text = plain(`${name} ${email ?? ''}`);
  return plain(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const byName = (a: PersonRow, b: PersonRow): number => a.person.name.localeCompare(b.person.name);
const seenMs = ({ here, person }: PersonRow): number =>
  here ? Infinity : Date.parse(person.last_seen_at ?? '') || 0;
/** Infinity minus Infinity is no number. */
const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

const comparisons: Record<Sorting, (a: PersonRow, b: PersonRow) => number> = {
  name: byName,
  plan: (a, b) => a.planName.localeCompare(b.planName),
  balance: (a, b) => difference(a.balance ?? -1, b.balance ?? -1),
  seen: (a, b) => difference(seenMs(a), seenMs(b)),
};

/** The list as it is asked for; equals stand by name. */
export const rowsOf = ({ people, balances, present, plans }: Known, wish: Wish): PersonRow[] => {
  const terms = new Map(plans.map((plan) => [plan.code, plan]));
  const sign = wish.descending ? -1 : 1;
  return [...people.values()]
    .filter((person) => wish.plan === null || person.plan === wish.plan)
    .filter((person) => matches(person, wish.words))
    .map((person) => {
      const plan = terms.get(person.plan);
      const balance = plan?.unlimited ? Infinity : (balances.get(person.id) ?? null);
      return { person, planName: plan?.name ?? person.plan, balance, here: present.has(person.id) };
    })
    .toSorted((a, b) => sign * comparisons[wish.by](a, b) || byName(a, b));
};
