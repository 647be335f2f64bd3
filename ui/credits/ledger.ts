import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Transaction } from '../../server/credits/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';

/** GET …/transactions */
type Page = { items: Transaction[]; next_cursor: string | null; total: number };

export type Ledger = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** Newest first, without a gap from now on back. */
  readonly items: ReadonlySignal<readonly Transaction[]>;
  readonly total: ReadonlySignal<number>;
  readonly mayHaveOlder: ReadonlySignal<boolean>;
  /** The newest page; once there is one, what is new since. */
  load(): Promise<void>;
  /** One page further back; rejects where that fails. */
  older(): Promise<void>;
};

const pageSize = 200;

/** What is known with the newest page laid over it; null where they do not meet. */
export const mergeNewest = (
  known: readonly Transaction[],
  newest: readonly Transaction[],
): readonly Transaction[] | null => {
  const ids = new Set(newest.map(({ id }) => id));
  const meet = known.findIndex(({ id }) => ids.has(id));
  if (meet < 0) return null;
  return [...newest, ...known.filter(({ id }) => !ids.has(id))];
};

/** `path` is where the server tells of these credits, such as `/credits`. */
export const createLedger = (http: Http, path: string): Ledger => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const items = signal<readonly Transaction[]>([]);
  const total = signal(0);
  const cursor = signal<string | null>(null);
  let asked = 0;
  let going: Promise<void> | undefined;

  const pageFrom = (from: string | null): Promise<Page> =>
    http.get(`${path}/transactions?limit=${pageSize}${from === null ? '' : `&cursor=${from}`}`);

  const fetchOlder = async (): Promise<void> => {
    const from = cursor.peek();
    if (from === null) return;
    const page = await pageFrom(from);
    // What was loaded anew meanwhile goes back as far as it goes.
    if (cursor.peek() !== from) return;
    batch(() => {
      items.value = [...items.peek(), ...page.items];
      cursor.value = page.next_cursor;
      total.value = page.total;
    });
  };

  return {
    status,
    error,
    items,
    total,
    mayHaveOlder: computed(() => cursor.value !== null),
    async load() {
      const turn = ++asked;
      if (status.peek() === 'error') status.value = 'loading';
      try {
        const page = await pageFrom(null);
        if (turn !== asked) return;
        batch(() => {
          const merged = mergeNewest(items.peek(), page.items);
          items.value = merged ?? page.items;
          if (merged === null) cursor.value = page.next_cursor;
          total.value = page.total;
          status.value = 'ready';
        });
      } catch (cause) {
        // With a ledger on screen a failed reload is no reason to take it away.
        if (turn !== asked || status.peek() === 'ready') return;
        error.value = sentenceOf(cause);
        status.value = 'error';
      }
    },
    older() {
      going ??= fetchOlder().finally(() => (going = undefined));
      return going;
    },
  };
};
