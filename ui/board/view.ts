import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { Hue } from '../design/hues.ts';
import { recallOneOf, remember } from '../design/remembered.ts';
import { densities, type Density } from './density.ts';
import type { Library } from './library.ts';
import { search, termsOf } from './search.ts';
import {
  filterSounds,
  sorts,
  sortSounds,
  type BoardSound,
  type Filter,
  type Sort,
} from './sounds.ts';

/** A sound that is heard on this device and not in the room. */
export type Previewing = { name: string; hue: Hue; stop(): void };

/** What the person chose to see, and the sounds that follow from it. */
export type View = {
  readonly query: Signal<string>;
  readonly filter: Signal<Filter>;
  readonly sort: Signal<Sort>;
  readonly density: Signal<Density>;
  readonly previewing: Signal<Previewing | null>;
  readonly terms: ReadonlySignal<readonly string[]>;
  readonly shown: ReadonlySignal<readonly BoardSound[]>;
  /** Whether words or a chip narrow the board. */
  readonly narrowed: ReadonlySignal<boolean>;
};

const none: ReadonlySet<string> = new Set();

export const createView = (library: Library): View => {
  const query = signal('');
  const filter = signal<Filter>(null);
  const previewing = signal<Previewing | null>(null);
  const sort = signal(recallOneOf('sort', sorts, 'plays'));
  const density = signal(recallOneOf('density', densities, 'comfortable'));
  effect(() => remember('sort', sort.value));
  effect(() => remember('density', density.value));

  const terms = computed(() => termsOf(query.value));
  const sorted = computed(() => sortSounds(library.sounds.value, sort.value));
  const filtered = computed(() => {
    // Who looks at all sounds need not sort them out again for a heart.
    const ids = filter.value?.kind === 'favourites' ? library.favourites.ids.value : none;
    return filterSounds(sorted.value, filter.value, ids);
  });
  const shown = computed(() =>
    terms.value.length === 0
      ? filtered.value
      : search(filtered.value, query.value, library.vocabulary.value),
  );
  const narrowed = computed(() => terms.value.length > 0 || filter.value !== null);
  return { query, filter, sort, density, previewing, terms, shown, narrowed };
};
