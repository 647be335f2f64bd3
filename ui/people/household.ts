import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  CreditAccount,
  Plan,
  PlanChanged,
  UserCreditsChanged,
} from '../../server/credits/contract.ts';
import type { PresentPersonWire } from '../../server/presence/contract.ts';
import type { ManagedUser, UserChanged, UserChangesBody } from '../../server/users/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';

/** Everybody of the house with what they have, and the plans. */
export type Household = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** By id. */
  readonly people: ReadonlySignal<ReadonlyMap<string, ManagedUser>>;
  /** Settled credits by user id. */
  readonly balances: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Ids of who has a window open. */
  readonly present: ReadonlySignal<ReadonlySet<string>>;
  /** By what they give, the least first. */
  readonly plans: ReadonlySignal<readonly Plan[]>;
  load(): Promise<void>;
  /** A message of the feed, for what it says about any of them. */
  hear(message: FeedMessage): void;
  /** Shows the change at once; a refusal puts back what was and rejects. */
  change(id: string, changes: UserChangesBody): Promise<void>;
  forget(id: string): Promise<void>;
  /** Puts in what a form has just made or changed. */
  putPerson(person: ManagedUser): void;
  putPlan(plan: Plan): void;
  retirePlan(code: string): Promise<void>;
};

const reloadAfterMs = 250;

/** The least generous first; what is unlimited gives most. */
const inOrder = (plans: readonly Plan[]): Plan[] =>
  plans.toSorted(
    (a, b) =>
      Number(a.unlimited) - Number(b.unlimited) ||
      a.max_credits - b.max_credits ||
      a.name.localeCompare(b.name),
  );

const withEntry = <T>(map: ReadonlyMap<string, T>, id: string, value: T): Map<string, T> =>
  new Map(map).set(id, value);

const without = <T>(map: ReadonlyMap<string, T>, id: string): Map<string, T> => {
  const left = new Map(map);
  left.delete(id);
  return left;
};

export const createHousehold = (http: Http): Household => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const people = signal<ReadonlyMap<string, ManagedUser>>(new Map());
  const balances = signal<ReadonlyMap<string, number>>(new Map());
  const present = signal<ReadonlySet<string>>(new Set());
  const plans = signal<readonly Plan[]>([]);
  let asked = 0;
  let heard = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    clearTimeout(soon);
    const turn = ++asked;
    const before = heard;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const [users, accounts, terms, here] = await Promise.all([
        everyPage<ManagedUser>(http, '/admin/users'),
        everyPage<CreditAccount>(http, '/admin/credits'),
        http.get<{ items: Plan[] }>('/plans'),
        http.get<{ items: PresentPersonWire[] }>('/socket/status'),
      ]);
      if (turn !== asked) return;
      batch(() => {
        people.value = new Map(users.map((one) => [one.id, one]));
        balances.value = new Map(accounts.map((one) => [one.user_id, one.balance]));
        plans.value = inOrder(terms.items);
        present.value = new Set(here.items.map((one) => one.user_id));
        status.value = 'ready';
      });
      // Something moved while the answers were on their way: they may be the older ones.
      if (heard !== before) loadSoon();
    } catch (cause) {
      // With people on screen a failed reload is no reason to take them away.
      if (turn !== asked || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  const loadSoon = (): void => {
    clearTimeout(soon);
    soon = setTimeout(() => void load(), reloadAfterMs);
  };

  const patch = (id: string, changes: Partial<ManagedUser>): void => {
    const known = people.peek().get(id);
    if (known) people.value = withEntry(people.peek(), id, { ...known, ...changes });
  };

  const onUser = (changed: UserChanged): void => {
    const { user_id: id } = changed;
    if (changed.forgotten) {
      people.value = without(people.peek(), id);
      return;
    }
    const { name, role, plan, disabled } = changed;
    if (people.peek().has(id)) patch(id, { name, role, plan, disabled });
    else loadSoon();
  };

  const onPresence = (id: string, here: boolean): void => {
    const now = new Set(present.peek());
    if (here) now.add(id);
    else now.delete(id);
    present.value = now;
    patch(id, { last_seen_at: new Date().toISOString() });
  };

  const putPlan = (plan: Plan): void => {
    plans.value = inOrder([...plans.peek().filter(({ code }) => code !== plan.code), plan]);
  };
  const dropPlan = (code: string): void => {
    plans.value = plans.peek().filter((plan) => plan.code !== code);
  };

  return {
    status,
    error,
    people,
    balances,
    present,
    plans,
    load,
    putPlan,
    hear({ type, data }) {
      heard++;
      if (type === 'resync') loadSoon();
      if (type === 'user_changed') onUser(data as UserChanged);
      if (type === 'user_connected') onPresence((data as { user_id: string }).user_id, true);
      if (type === 'user_disconnected') onPresence((data as { user_id: string }).user_id, false);
      if (type === 'user_credits_changed') {
        const { user_id, balance_after, success } = data as UserCreditsChanged;
        if (success) balances.value = withEntry(balances.peek(), user_id, balance_after);
      }
      if (type === 'plan_changed') {
        const { code, plan } = data as PlanChanged;
        if (plan) putPlan(plan);
        else dropPlan(code);
      }
    },
    async change(id, changes) {
      const before = people.peek().get(id);
      if (!before) return;
      const given = Object.fromEntries(
        Object.entries(changes).filter(([, value]) => value !== undefined),
      ) as Partial<ManagedUser>;
      patch(id, given);
      try {
        const person = await http.patch<ManagedUser>(`/admin/users/${id}`, changes);
        patch(id, person);
      } catch (cause) {
        const were = Object.keys(given).map((key) => [key, before[key as keyof ManagedUser]]);
        patch(id, Object.fromEntries(were) as Partial<ManagedUser>);
        throw cause;
      }
    },
    async forget(id) {
      await http.delete(`/admin/users/${id}`);
      people.value = without(people.peek(), id);
    },
    putPerson(person) {
      people.value = withEntry(people.peek(), person.id, person);
      // What a new account begins with is on the server alone.
      loadSoon();
    },
    async retirePlan(code) {
      await http.delete(`/admin/plans/${encodeURIComponent(code)}`);
      dropPlan(code);
    },
  };
};

/** How many have each plan, by its code. */
export const peopleByPlan = (people: Iterable<ManagedUser>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { plan } of people) counts.set(plan, (counts.get(plan) ?? 0) + 1);
  return counts;
};
