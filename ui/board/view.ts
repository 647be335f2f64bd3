import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { TemplateResult } from 'lit';
import type { Boards } from '../boards/boards.ts';
import type { Hue } from '../design/hues.ts';
import { recallOneOf, remember } from '../design/remembered.ts';
import { densities, type Density } from './density.ts';
import type { Library } from './library.ts';
import { search, termsOf } from './search.ts';
import {
  facetsOf,
  filterSounds,
  sorts,
  sortSounds,
  type BoardSound,
  type Facets,
  type Filter,
  type Sort,
} from './sounds.ts';

/** A sound that is heard on this device and not in the room. */
export type Previewing = { name: string; hue: Hue; stop(): void };

/** Pads that somebody has put together, shown instead of all sounds. */
export type Page = {
  /** Ids in order; null while they are not known. */
  sounds: readonly string[] | null;
  /** What stands in place of the pads, such as why there are none. */
  instead: TemplateResult | null;
};

/** What the person chose to see, and the sounds that follow from it. */
export type View = {
  readonly query: Signal<string>;
  readonly filter: Signal<Filter>;
  readonly sort: Signal<Sort>;
  readonly density: Signal<Density>;
  readonly previewing: Signal<Previewing | null>;
  /** null: all sounds. */
  readonly page: Signal<Page | null>;
  /** Sound id → the key that plays it. */
  readonly keys: Signal<ReadonlyMap<string, number>>;
  /** null until they have come, after the pads. */
  readonly boards: Signal<Boards | null>;
  /** What is there before words and chips narrow it, in order. */
  readonly all: ReadonlySignal<readonly BoardSound[]>;
  readonly facets: ReadonlySignal<Facets>;
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
  // A link to a board must not show all sounds first.
  const linked = new URLSearchParams(globalThis.location?.search).has('board');
  const page = signal<Page | null>(linked ? { sounds: null, instead: null } : null);
  const keys = signal<ReadonlyMap<string, number>>(new Map());
  const boards = signal<Boards | null>(null);
  effect(() => remember('sort', sort.value));
  effect(() => remember('density', density.value));

  const terms = computed(() => termsOf(query.value));
  const all = computed(() =>
    page.value
      ? (page.value.sounds ?? []).flatMap((id) => library.byId.value.get(id) ?? [])
      : sortSounds(library.sounds.value, sort.value),
  );
  const facets = computed(() => (page.value ? facetsOf(all.value) : library.facets.value));
  const filtered = computed(() => {
    // Who looks at all sounds need not sort them out again for a heart.
    const ids = filter.value?.kind === 'favourites' ? library.favourites.ids.value : none;
    return filterSounds(all.value, filter.value, ids);
  });
  const shown = computed(() =>
    terms.value.length === 0
      ? filtered.value
      : search(filtered.value, query.value, library.vocabulary.value),
  );
  const narrowed = computed(() => terms.value.length > 0 || filter.value !== null);
  return {
    query,
    filter,
    sort,
    density,
    previewing,
    page,
    keys,
    boards,
    all,
    facets,
    terms,
    shown,
    narrowed,
  };
};
