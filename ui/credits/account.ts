import { msg, str } from '@lit/localize';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  CreditsState,
  PlanChanged,
  UserCreditsChanged,
} from '../../server/credits/contract.ts';
import type { UserChanged } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { countWord } from '../design/words.ts';

/** The credits of one person: one's own, as the shell shows them, or somebody's, for an admin. */
export type Account = {
  /** null until it is known. */
  readonly state: ReadonlySignal<CreditsState | null>;
  /** Asks again: whose they are may have changed. */
  load(userId: string): Promise<void>;
  /** A message of the feed, for what it says about one's own credits. */
  hear(message: FeedMessage): void;
};

const paid: ReadonlySet<string> = new Set(['play', 'extraction', 'tts']);

/** The change of one's own credits that a message tells of, if it does. */
export const ownChange = (userId: string, message: FeedMessage): UserCreditsChanged | null => {
  if (message.type !== 'user_credits_changed') return null;
  const change = message.data as UserCreditsChanged;
  return change.user_id === userId ? change : null;
};

/** Whether one's own plan is another now, or has other terms. */
const movesPlan = (userId: string, plan: string | undefined, message: FeedMessage): boolean => {
  if (message.type === 'user_changed') {
    const changed = message.data as UserChanged;
    // Whoever is forgotten has no credits that could be asked for.
    return changed.user_id === userId && !changed.forgotten;
  }
  return message.type === 'plan_changed' && (message.data as PlanChanged).code === plan;
};

/** The account after one more change. Pure. */
export const reduceCredits = (
  state: CreditsState,
  { balance_after, balance_before, action, success }: UserCreditsChanged,
): CreditsState => {
  if (!success) return state;
  // What is paid was reserved before: then it is not available any more already.
  const more = paid.has(action) ? 0 : balance_after - balance_before;
  return {
    ...state,
    balance: balance_after,
    available: Math.min(balance_after, state.available + more),
  };
};

/** "1,237 credits" */
export const creditsWord = ({ unlimited, balance }: CreditsState): string => {
  if (unlimited) return msg('Unlimited');
  return balance === 1 ? msg('1 credit') : msg(str`${countWord(balance)} credits`);
};

/** `pathOf` is where the server tells of somebody's credits; one's own when left out. */
export const createAccount = (
  http: Http,
  pathOf: (userId: string) => string = () => '/credits',
): Account => {
  const state = signal<CreditsState | null>(null);
  let userId = '';
  let heard = 0;

  const load = async (id: string): Promise<void> => {
    if (id !== userId) state.value = null;
    userId = id;
    const before = heard;
    try {
      const loaded = await http.get<CreditsState>(pathOf(id));
      if (id !== userId) return;
      state.value = loaded;
      // Something moved while the answer was on its way: it may be the older of the two.
      if (heard !== before) await load(id);
    } catch {
      // The name stands there without a number. The next line to the server asks again.
    }
  };

  return {
    state,
    load,
    hear(message) {
      if (message.type === 'resync') return void load(userId);
      const change = ownChange(userId, message);
      const known = state.peek();
      if (movesPlan(userId, known?.plan, message)) {
        heard++;
        void load(userId);
      }
      if (!change) return;
      heard++;
      if (known) state.value = reduceCredits(known, change);
      // A refill moves the date of the next one, and a plan may have got its limit meanwhile.
      if (!paid.has(change.action) || known?.unlimited !== false) void load(userId);
    },
  };
};
