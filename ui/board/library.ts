import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Catalogue, Waveforms } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { Vocabulary } from './search.ts';
import { boardSound, facetsOf, type BoardSound, type Facets } from './sounds.ts';

export type LibraryStatus = 'loading' | 'ready' | 'error';

export type Library = {
  readonly status: ReadonlySignal<LibraryStatus>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  readonly sounds: ReadonlySignal<readonly BoardSound[]>;
  readonly byId: ReadonlySignal<ReadonlyMap<string, BoardSound>>;
  readonly facets: ReadonlySignal<Facets>;
  readonly vocabulary: ReadonlySignal<Vocabulary>;
  /** Sound id → 44 hex digits; comes after the catalogue. */
  readonly waveforms: ReadonlySignal<Readonly<Record<string, string>>>;
  load(): Promise<void>;
  /** Loads again soon; many calls in a row load once. */
  reloadSoon(): void;
};

const debounceMs = 400;

export const createLibrary = (http: Http): Library => {
  const status = signal<LibraryStatus>('loading');
  const error = signal('');
  const sounds = signal<readonly BoardSound[]>([]);
  const waveforms = signal<Readonly<Record<string, string>>>({});
  let timer: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const { items } = await http.get<Catalogue>('/sounds/catalogue');
      sounds.value = items.map(boardSound);
      status.value = 'ready';
    } catch (cause) {
      // With a library on screen a failed reload is no reason to take it away.
      if (status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
      return;
    }
    // Pads stand flat until this comes, and for good if it does not.
    const loaded = await http.get<Waveforms>('/sounds/waveforms').catch(() => undefined);
    if (loaded) waveforms.value = loaded.items;
  };

  return {
    status,
    error,
    sounds,
    byId: computed(() => new Map(sounds.value.map((sound) => [sound.id, sound]))),
    facets: computed(() => facetsOf(sounds.value)),
    vocabulary: computed(() => new Vocabulary(sounds.value)),
    waveforms,
    load,
    reloadSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), debounceMs);
    },
  };
};
