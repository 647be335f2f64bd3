import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Sound } from '../../server/sounds/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';

/** Every sound in full, as the tables of the library page need them. */
export type Holdings = {
  readonly status: ReadonlySignal<'loading' | 'ready' | 'error'>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  readonly sounds: ReadonlySignal<ReadonlyMap<string, Sound>>;
  load(): Promise<void>;
  /** A sound as an answer of the server has it. */
  know(sound: Sound): void;
  forget(id: string): void;
  /** A message of the feed, for what it says about sounds. */
  hear(message: FeedMessage): void;
};

const askAfterMs = 400;
/** From there on one list is cheaper than many single questions. */
const singlyMax = 20;
const reloadEveryMs = 3_000;

export const createHoldings = (http: Http): Holdings => {
  const status = signal<'loading' | 'ready' | 'error'>('loading');
  const error = signal('');
  const sounds = signal<ReadonlyMap<string, Sound>>(new Map());
  const changed = new Set<string>();
  let all = false;
  let loadedAtMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const load = async (): Promise<void> => {
    const mine = ++turn;
    loadedAtMs = performance.now();
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const items = await everyPage<Sound>(http, '/sounds/');
      if (mine !== turn) return;
      sounds.value = new Map(items.map((one) => [one.id, one]));
      status.value = 'ready';
    } catch (cause) {
      if (mine !== turn || status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
    }
  };

  const know = (sound: Sound): void => {
    sounds.value = new Map(sounds.peek()).set(sound.id, sound);
  };
  const forget = (id: string): void => {
    const rest = new Map(sounds.peek());
    if (rest.delete(id)) sounds.value = rest;
  };

  const ask = async (id: string): Promise<void> => {
    try {
      know(await http.get<Sound>(`/sounds/${id}`));
    } catch (cause) {
      if (cause instanceof ApiProblem && cause.status === 404) forget(id);
    }
  };

  const askSoon = (): void => {
    if (timer !== undefined) return;
    const many = all || changed.size > singlyMax;
    const waitMs = many
      ? Math.max(askAfterMs, loadedAtMs + reloadEveryMs - performance.now())
      : askAfterMs;
    timer = setTimeout(() => {
      timer = undefined;
      const ids = [...changed];
      changed.clear();
      if (all || ids.length > singlyMax) void load();
      else for (const id of ids) void ask(id);
      all = false;
    }, waitMs);
  };

  return {
    status,
    error,
    sounds,
    load,
    know,
    forget,
    hear({ type, data }) {
      if (type !== 'sound_changed' && type !== 'resync') return;
      if (type === 'resync') all = true;
      else changed.add((data as { sound_id: string }).sound_id);
      if (status.peek() === 'ready') askSoon();
    },
  };
};
