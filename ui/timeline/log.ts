import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { RecordedEvent } from '../../server/audit/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';

type Page = { items: RecordedEvent[]; next_cursor: string | null; total: number };

/** Where the list begins: now, or right after a moment. */
export type Anchor = { query: string; at: string | null };

export type EventLog = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  /** One piece of the log without a gap, the newest first. */
  readonly items: ReadonlySignal<readonly RecordedEvent[]>;
  /** Of the whole log that is asked for. */
  readonly total: ReadonlySignal<number>;
  readonly mayHaveOlder: ReadonlySignal<boolean>;
  /** Events after the newest of `items` that are not shown yet, as far as they were fetched. */
  readonly fresh: ReadonlySignal<readonly RecordedEvent[]>;
  /** Whether more than `fresh` may follow. */
  readonly mayHaveNewer: ReadonlySignal<boolean>;
  load(anchor: Anchor): Promise<void>;
  older(): Promise<void>;
  /** Asks what came since; shows nothing of it. */
  lookForNewer(): Promise<void>;
  /** Puts `fresh` on top of the list. */
  takeFresh(): void;
};

const pageSize = 100;

export const createEventLog = (http: Http): EventLog => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const items = signal<readonly RecordedEvent[]>([]);
  const fresh = signal<readonly RecordedEvent[]>([]);
  const total = signal(0);
  const cursor = signal<string | null>(null);
  const newerLeft = signal(false);
  let anchor: Anchor = { query: '', at: null };
  let turn = 0;
  let goingOlder: Promise<void> | undefined;
  let goingNewer: Promise<void> | undefined;

  const page = (more: string): Promise<Page> => {
    const asked = [`limit=${pageSize}`, anchor.query, more].filter((part) => part !== '');
    return http.get(`/admin/audit/events?${asked.join('&')}`);
  };

  const fetchOlder = async (): Promise<void> => {
    const [mine, from] = [turn, cursor.peek()];
    if (from === null) return;
    const { items: found, next_cursor } = await page(`cursor=${from}`);
    if (mine !== turn || cursor.peek() !== from) return;
    batch(() => {
      items.value = [...items.peek(), ...found];
      cursor.value = next_cursor;
    });
  };

  const fetchNewer = async (): Promise<void> => {
    const mine = turn;
    const newest = (): number => (fresh.peek()[0] ?? items.peek()[0])?.global_position ?? 0;
    const after = newest();
    const found = await page(`order=asc&after=${after}`);
    if (mine !== turn || newest() !== after) return;
    batch(() => {
      fresh.value = [...found.items.toReversed(), ...fresh.peek()];
      newerLeft.value = found.next_cursor !== null;
      total.value = found.total;
    });
  };

  return {
    status,
    error,
    items,
    total,
    fresh,
    mayHaveOlder: computed(() => cursor.value !== null),
    mayHaveNewer: newerLeft,
    async load(asked) {
      const mine = ++turn;
      const same = asked.query === anchor.query && asked.at === anchor.at;
      anchor = asked;
      goingOlder = undefined;
      goingNewer = undefined;
      if (!same || status.peek() === 'error') status.value = 'loading';
      try {
        const at = asked.at === null ? '' : `at=${encodeURIComponent(asked.at)}`;
        const first = await page(at);
        if (mine !== turn) return;
        batch(() => {
          items.value = first.items;
          cursor.value = first.next_cursor;
          total.value = first.total;
          fresh.value = [];
          newerLeft.value = false;
          status.value = 'ready';
        });
      } catch (cause) {
        if (mine !== turn || status.peek() === 'ready') return;
        error.value = sentenceOf(cause);
        status.value = 'error';
      }
    },
    older() {
      goingOlder ??= fetchOlder().finally(() => (goingOlder = undefined));
      return goingOlder;
    },
    lookForNewer() {
      goingNewer ??= fetchNewer().finally(() => (goingNewer = undefined));
      return goingNewer;
    },
    takeFresh() {
      if (fresh.peek().length === 0) return;
      batch(() => {
        items.value = [...fresh.peek(), ...items.peek()];
        fresh.value = [];
      });
    },
  };
};
